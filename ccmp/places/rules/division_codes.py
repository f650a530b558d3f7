"""Reading a 12-digit division code (GB/T 2260 and the statistics bureau's township and village digits)."""

from django.utils.translation import gettext_lazy as _

from ccmp.places.enums import Level
from ccmp.places.models import PREFIX_DIGITS, PROGRAMME_CODE
from ccmp.refusals import Refusal

CODE_DIGITS = 12
_FINEST_FIRST = (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY, Level.PREFECTURE, Level.PROVINCE)
_ABOVE = {
    Level.PROVINCE: Level.PROGRAMME,
    Level.PREFECTURE: Level.PROVINCE,
    Level.COUNTY: Level.PREFECTURE,
    Level.TOWNSHIP: Level.COUNTY,
    Level.VILLAGE: Level.TOWNSHIP,
}


class BadDivisionCode(Refusal):
    """A code that names no division."""

    field = "code"


def level_of(code: str) -> Level:
    """The level that a code's zeros tell. Raises BadDivisionCode."""
    _check_digits(code)
    if code == PROGRAMME_CODE:
        return Level.PROGRAMME
    if code.startswith("00"):
        raise BadDivisionCode(_("%(code)s has no province: the first two digits name one.") % {"code": code})
    level = next(level for level in _FINEST_FIRST if int(code[PREFIX_DIGITS[_ABOVE[level]] : PREFIX_DIGITS[level]]))
    if level == Level.VILLAGE and code[6:9] == "000":
        raise BadDivisionCode(_("%(code)s is a village without a township: digits 7 to 9 name one.") % {"code": code})
    return level


def prefix_of(code: str) -> str:
    """The leading digits that every place under this one shares; none for the programme. Raises BadDivisionCode."""
    return code[: PREFIX_DIGITS[level_of(code)]]


def ancestor_at(code: str, level: Level) -> str:
    """The code of the division of that level in which a place lies, itself included. Raises BadDivisionCode."""
    _check_digits(code)
    return code[: PREFIX_DIGITS[level]].ljust(CODE_DIGITS, "0")


def parent_of(code: str) -> str | None:
    """The code of the division right above; none above the programme. Raises BadDivisionCode.

    A city without counties (东莞 441900) is its townships' parent: its county digits are zeros.
    """
    level = level_of(code)
    return None if level == Level.PROGRAMME else ancestor_at(code, _ABOVE[level])


def check_level(code: str, name: str) -> Level:
    """The level by that name, if it is the one that the code tells. Raises BadDivisionCode."""
    if name not in Level.values:
        raise BadDivisionCode(
            _("“%(name)s” is no level. Write one of: %(levels)s.") % {"name": name, "levels": ", ".join(Level.values)},
            field="level",
        )
    if name != level_of(code):
        raise BadDivisionCode(
            _("%(code)s is the code of a %(level)s, not of a %(name)s.")
            % {"code": code, "level": level_of(code).value, "name": name},
            field="level",
        )
    return Level(name)


def _check_digits(code: str) -> None:
    if not (code.isascii() and code.isdigit()):
        raise BadDivisionCode(_("“%(code)s” is no code: a code has digits only.") % {"code": code})
    if len(code) != CODE_DIGITS:
        raise BadDivisionCode(
            _("%(code)s has %(length)s digits: a code has 12, filled up with zeros at the end.")
            % {"code": code, "length": len(code)}
        )
