"""The resident ID number: 17 digits and a check character (GB 11643, ISO 7064 MOD 11-2)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from ccmp.moments import CHINA
from ccmp.people.enums import Sex
from ccmp.refusals import Refusal

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
LENGTH = 18


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


def check_character(seventeen: str) -> str:
    """The eighteenth character for seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def read_resident_id(text: str, *, on: date) -> ResidentId:
    """Read a number. Raises BadResidentId for length, check character, impossible or future birth date; area codes pass."""
    number = "".join(text.split()).upper()
    if len(number) != LENGTH:
        raise BadResidentId(_("An ID number has 18 characters; this one has %(count)d.") % {"count": len(number)})
    if not (number[:17].isascii() and number[:17].isdigit()) or number[17] not in "0123456789X":
        raise BadResidentId(
            _("An ID number is 17 digits and a last digit or X. Please compare it with the hukou book.")
        )
    if number[17] != check_character(number[:17]):
        raise BadResidentId(
            _(
                "The last character does not fit the others: one digit is mistyped. Please compare it with the hukou book."
            )
        )
    return ResidentId(number, number[:6], _birth_date(number, on=on), Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def _birth_date(number: str, *, on: date) -> date:
    try:
        born_on = datetime.strptime(number[6:14], "%Y%m%d").replace(tzinfo=CHINA).date()
    except ValueError:
        raise BadResidentId(_("Digits 7 to 14 of an ID number are the birth date; these are no date.")) from None
    if born_on > on:
        raise BadResidentId(_("The birth date in this ID number lies in the future."))
    return born_on


def masked(number: str) -> str:
    """The number as it stands on a screen: the first six and the last two characters."""
    return f"{number[:6]}**********{number[-2:]}" if number else ""
