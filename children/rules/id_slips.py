"""What was probably mistyped in a resident ID number whose check character does not fit: one digit, or two neighbours swapped.

For each of the first seventeen places at most one digit makes the check character fit, and for the last exactly one: the true
number is among the guesses whenever one character was mistyped, or two neighbours changed places.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ccmp.people.enums import Sex

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
LENGTH = 18
OLDEST_YEAR = 1900
LOOK_ALIKE = frozenset({"17", "06", "08", "38", "35", "56", "68", "69", "49", "27"})
TOLD = 3  # so many guesses are told; who has more to compare compares the whole


@dataclass(frozen=True)
class Guess:
    """A correction: the number as it would be, the place (from 1) of the digit, or of the first of two that are swapped."""

    number: str
    place: int
    wrong: str
    right: str

    @property
    def is_swap(self) -> bool:
        return len(self.right) > 1

    @property
    def said(self) -> str:
        values = {"place": self.place, "next": self.place + 1, "wrong": self.wrong, "right": self.right}
        if self.is_swap:
            return _("digits %(place)d and %(next)d are swapped: “%(right)s”, not “%(wrong)s”") % values
        return _("digit %(place)d is %(right)s, not %(wrong)s") % values


def check_character(seventeen: str) -> str:
    """The eighteenth character for seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def birth_date(number: str) -> date | None:
    """Digits 7 to 14 as a day, if they are one on which somebody who lives was born."""
    if int(number[6:10]) < OLDEST_YEAR:
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> Sex:
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def guesses(
    number: str, *, on: date, born_on: date | None = None, sex: str = "", areas: Collection[str] = ()
) -> list[Guess]:
    """Every number that one mistyped character or two swapped neighbours away is right, the likeliest first.

    Likelier is what agrees with the birth date and the sex that are written, then what begins with one of `areas`, then
    swapped neighbours and digits that look alike.
    """
    found = [one for one in (*_of_one_digit(number), *_of_two_swapped(number)) if _could_be(one.number, on=on)]
    return sorted(found, key=lambda one: (*_misfit(one, born_on, sex, areas), _oddity(one), one.place))


def likeliest(number: str, *, on: date, born_on: date | None, sex: str, areas: Collection[str]) -> list[Guess]:
    """The guesses worth telling: those that agree best, of these a few."""
    found = guesses(number, on=on, born_on=born_on, sex=sex, areas=areas)
    return [one for one in found if _misfit(one, born_on, sex, areas) == _misfit(found[0], born_on, sex, areas)][:TOLD]


def _of_one_digit(number: str) -> Iterator[Guess]:
    for place, wrong in enumerate(number):
        for right in "0123456789X" if place == LENGTH - 1 else "0123456789":
            other = f"{number[:place]}{right}{number[place + 1 :]}"
            if right != wrong and _fits(other):
                yield Guess(other, place + 1, wrong, right)


def _of_two_swapped(number: str) -> Iterator[Guess]:
    for place in range(LENGTH - 1):
        wrong = number[place : place + 2]
        other = f"{number[:place]}{wrong[::-1]}{number[place + 2 :]}"
        if wrong[0] != wrong[1] and other[:17].isdigit() and _fits(other):
            yield Guess(other, place + 1, wrong, wrong[::-1])


def _fits(number: str) -> bool:
    return number[17] == check_character(number[:17])


def _could_be(number: str, *, on: date) -> bool:
    day = birth_date(number)
    return day is not None and day <= on


def _misfit(guess: Guess, born_on: date | None, sex: str, areas: Collection[str]) -> tuple[int, int]:
    disagrees = int(bool(born_on) and birth_date(guess.number) != born_on) + int(
        bool(sex) and sex_of(guess.number) != sex
    )
    return disagrees, int(bool(areas) and guess.number[:6] not in areas)


def _oddity(guess: Guess) -> int:
    if guess.is_swap:
        return 0
    return 1 if "".join(sorted((guess.wrong, guess.right))) in LOOK_ALIKE else 2
