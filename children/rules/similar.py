"""How much a child who is to be registered is like one whose file is held already: the same child written twice, perhaps.

Points and reasons; whoever has enough points is shown, with the reasons in words, and a person decides. The end of an ID
number only moves a child up: a phone holds the masked number, and both must ask in the same cases. Masked numbers that differ
tell twins, whose names have a character in common; a name that is the same is asked about all the same. The twin: similar.js.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

ENOUGH = 6  # the same name alone; of a name that sounds so, or is one character off, the birth date must be near too
SAME_NAME, SOUNDS_SO, ONE_SIGN, PART_OF_IT, SAME_LETTERS = 6, 5, 3, 3, 1
SAME_DAY, SWAPPED_DAY, NEAR_DAY, ONE_DIGIT = 4, 3, 3, 2
SAME_PHONE, SAME_TAIL = 4, 3
NEAR = 3  # days
Reason = tuple[int, str]


@dataclass(frozen=True)
class Described:
    """A child by what could tell her twin: readings of the name, marks of telephones and of the ID number's end; it masked."""

    name: str
    pinyin: str
    initials: str
    born_on: date | None
    phones: frozenset[str] = frozenset()
    tail: str = ""
    number: str = ""


@dataclass(frozen=True)
class Likeness:
    """`points` for the order, `is_enough` whether to ask, `said` why."""

    points: int
    is_enough: bool
    said: str


def likeness(one: Described, other: Described) -> Likeness:
    are_two = bool(one.number and other.number and one.number != other.number)
    told = [*_of_name(one, other, are_two=are_two), *_of_birth(one.born_on, other.born_on)]
    if one.phones & other.phones:
        told.append((SAME_PHONE, _("the same telephone")))
    asked = sum(points for points, _reason in told)
    if one.tail and one.tail == other.tail:
        told.append((SAME_TAIL, _("the same last four characters of the ID number")))
    said = pgettext("a list", ", ").join(reason for _points, reason in told)
    return Likeness(sum(points for points, _reason in told), asked >= ENOUGH, said)


def _of_name(one: Described, other: Described, *, are_two: bool) -> Iterator[Reason]:
    a, b = one.name, other.name
    if a == b:
        yield SAME_NAME, _("the same name")
    elif set(one.pinyin.split(",")) & set(other.pinyin.split(",")) - {""}:
        yield SOUNDS_SO, _("a name that sounds the same")
    elif are_two:
        return
    elif len(a) == len(b) > 1 and sum(x != y for x, y in zip(a, b, strict=True)) == 1:
        yield ONE_SIGN, _("a name with one other character")
    elif min(len(a), len(b)) > 1 and (a in b or b in a):
        yield PART_OF_IT, _("a name that is part of the other")
    elif set(one.initials.split(",")) & set(other.initials.split(",")) - {""}:
        yield SAME_LETTERS, _("the same first letters")


def _of_birth(one: date | None, other: date | None) -> Iterator[Reason]:
    if one is None or other is None:
        return
    a, b = one.isoformat().replace("-", ""), other.isoformat().replace("-", "")
    differ = [place for place in range(len(a)) if a[place] != b[place]]
    if not differ:
        yield SAME_DAY, _("born on the same day")
    elif _is_swapped(a, b, differ) or a == b[:4] + b[6:] + b[4:6]:
        yield SWAPPED_DAY, _("birth dates with swapped digits")
    elif abs((one - other).days) <= NEAR:
        days = abs((one - other).days)
        yield NEAR_DAY, ngettext("born %(days)d day apart", "born %(days)d days apart", days) % {"days": days}
    elif len(differ) == 1:
        yield ONE_DIGIT, _("birth dates that differ in one digit")


def _is_swapped(a: str, b: str, differ: list[int]) -> bool:
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and a[differ[0]] == b[differ[1]]
        and a[differ[1]] == b[differ[0]]
    )
