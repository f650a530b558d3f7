"""The resident ID number: 17 digits and a check character (GB 11643, ISO 7064 MOD 11-2).

Refused is only what cannot be a number: by its length, its check character, an impossible or future birth date. What is
merely odd is a warning: a person looks, and says with one tick that it is right as it stands.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ccmp.people.enums import Sex
from ccmp.refusals import Refusal
from children.models import Child
from children.rules.id_areas import Areas
from children.rules.id_slips import LENGTH, birth_date, check_character, likeliest, sex_of

__all__ = [
    "BadResidentId",
    "ResidentId",
    "check_character",
    "check_number",
    "clean_number",
    "masked",
    "read_resident_id",
]

NUMBER_IS_RIGHT = gettext_lazy("I compared it: the number is right as it stands")
OLD_LENGTH = 15
TRAVEL_PERMIT = re.compile(r"[HM]\d{8}(?:\d{2})?", re.ASCII)
LEFT_OUT = frozenset(
    "-_·.,:/'\"()、，。\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
WRITTEN_FOR = str.maketrans(
    {
        "O": "0",
        "○": "0",
        "〇": "0",
        "I": "1",
        "L": "1",
        "|": "1",
        "×": "X",
        "\u2715": "X",
        "\u2573": "X",
        "\u0425": "X",
        "\u03a7": "X",
    }
)  # the last two are a Cyrillic and a Greek letter
LOOKS_LIKE = {"Z": "2", "S": "5", "B": "8", "G": "6", "Q": "0", "D": "0"}


class BadResidentId(Refusal):
    """A number that cannot be a resident ID number."""

    field = "resident_id"


@dataclass(frozen=True)
class ResidentId:
    """What a valid number says: its area code, birth date and sex."""

    number: str
    area: str
    born_on: date
    sex: Sex


@dataclass(frozen=True)
class NumberWarning:
    """What is odd about a number: `of` is born_on, sex or area; the sentence is in the reader's language."""

    of: str
    sentence: str


@dataclass(frozen=True)
class CheckedNumber:
    """A number that can be one, as it is kept, and what a person should look at."""

    number: str
    warnings: tuple[NumberWarning, ...] = ()


def check_number(text: str, *, born_on: date | None, sex: str, on: date, areas: Areas | None = None) -> CheckedNumber:
    """A number beside the birth date and the sex that are written of the child. Raises BadResidentId.

    `areas`: for many numbers, `Areas.known()` once; else the number's own area is asked of the places.
    """
    number = clean_number(text)
    known = areas or Areas.of(number)
    read = read_resident_id(number, on=on, born_on=born_on, sex=sex, areas=known.codes)
    warnings = (_on_birth(read, born_on), _on_sex(read, sex), _on_area(read, known))
    return CheckedNumber(number, tuple(one for one in warnings if one))


def clean_number(text: str) -> str:
    """A number as it is kept: signs of every width, letters written for digits, without spaces and dashes, in capitals."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(one for one in plain if not one.isspace() and one not in LEFT_OUT).translate(WRITTEN_FOR)


def read_resident_id(
    text: str, *, on: date, born_on: date | None = None, sex: str = "", areas: Collection[str] = ()
) -> ResidentId:
    """Read a number. Raises BadResidentId for length, check character, impossible or future birth date; area codes pass.

    What is known of the child beside it makes the guess better, which character is mistyped.
    """
    number = clean_number(text)
    _check_length(number)
    _check_signs(number)
    if number[17] != check_character(number[:17]):
        raise BadResidentId(_mistyped(number, on=on, born_on=born_on, sex=sex, areas=areas))
    day = birth_date(number)
    if day is None:
        raise BadResidentId(_("Digits 7 to 14 of an ID number are the birth date; these are no date."))
    if day > on:
        raise BadResidentId(_("The birth date in this ID number lies in the future."))
    return ResidentId(number, number[:6], day, sex_of(number))


def _check_length(number: str) -> None:
    if len(number) == LENGTH:
        return
    if len(number) == OLD_LENGTH and _is_digits(number):
        whole = f"{number[:6]}19{number[6:]}"
        raise BadResidentId(
            _(
                "This is an old number of 15 digits, which no longer counts. Copy the one of 18 from the hukou book: it has "
                "19 before the year of birth, and should end in %(last)s."
            )
            % {"last": check_character(whole)}
        )
    if len(number) == LENGTH - 1 and _is_digits(number) and birth_date(number):
        raise BadResidentId(
            _("An ID number has 18 characters; this one has 17. If only the last is missing, it is %(last)s.")
            % {"last": check_character(number)}
        )
    if TRAVEL_PERMIT.fullmatch(number):
        raise BadResidentId(
            _(
                "This looks like a travel permit of Hong Kong or Macau. Write the 18 characters of the residence permit; "
                "if the child has none, leave this empty and choose why."
            )
        )
    raise BadResidentId(_("An ID number has 18 characters; this one has %(count)d.") % {"count": len(number)})


def _check_signs(number: str) -> None:
    for place, sign in enumerate(number, start=1):
        if _is_digits(sign) or (sign == "X" and place == LENGTH):
            continue
        values = {"place": place, "sign": sign, "digit": LOOKS_LIKE.get(sign, "")}
        if sign == "X":
            raise BadResidentId(
                _("Character %(place)d is an X, which stands only at the end of an ID number.") % values
            )
        if sign in LOOKS_LIKE:
            raise BadResidentId(
                _(
                    "Character %(place)d is the letter “%(sign)s”. Is it the digit %(digit)s? Please compare it with the hukou book."
                )
                % values
            )
        raise BadResidentId(
            _("Character %(place)d, “%(sign)s”, is no digit. An ID number is 17 digits and a last digit or X.") % values
        )


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _mistyped(number: str, *, on: date, born_on: date | None, sex: str, areas: Collection[str]) -> str:
    found = likeliest(number, on=on, born_on=born_on, sex=sex, areas=areas)
    if not found:
        return _(
            "The last character does not fit the others: several digits are mistyped. Please copy it anew from the hukou book."
        )
    said = _(", or ").join(one.said for one in found)
    return _(
        "The last character does not fit the others. Perhaps %(guesses)s. Please compare it with the hukou book."
    ) % {"guesses": said}


def number_doubts(child: Child) -> tuple[NumberWarning, ...]:
    """What is odd about a file's number, while nobody said that it is right as it stands. One query, or none."""
    if not child.resident_id or child.resident_id_as_said:
        return ()
    return check_number(child.resident_id, born_on=child.born_on, sex=child.sex, on=date.max).warnings


def _on_birth(read: ResidentId, born_on: date | None) -> NumberWarning | None:
    if born_on is None or read.born_on == born_on:
        return None
    pairs = zip(f"{read.born_on:%Y%m%d}".zfill(8), f"{born_on:%Y%m%d}".zfill(8), strict=True)
    differ = [str(place) for place, (one, other) in enumerate(pairs, start=7) if one != other]
    return NumberWarning(
        "born_on",
        _(
            "In the ID number the birth date is %(number)s, you wrote %(written)s: digits %(places)s of the number differ."
        )
        % {
            "number": read.born_on.isoformat(),
            "written": born_on.isoformat(),
            "places": pgettext("a list", ", ").join(differ),
        },
    )


def _on_sex(read: ResidentId, sex: str) -> NumberWarning | None:
    if sex not in (Sex.MALE, Sex.FEMALE) or read.sex == sex:
        return None
    if read.sex == Sex.MALE:
        return NumberWarning("sex", _("The 17th digit of the ID number is odd, as boys have it; you wrote a girl."))
    return NumberWarning("sex", _("The 17th digit of the ID number is even, as girls have it; you wrote a boy."))


def _on_area(read: ResidentId, areas: Areas) -> NumberWarning | None:
    if areas.knows(read.area, on=read.born_on):
        return None
    return NumberWarning(
        "area",
        _("No county is known that has or had the first six digits, %(area)s, since the child's birth.")
        % {"area": read.area},
    )


def masked(number: str) -> str:
    """The number as it stands on a screen: the first six and the last two characters."""
    return f"{number[:6]}**********{number[-2:]}" if number else ""
