"""The criteria of One Person, each told by name: what a companion mother's file says, and whether it is enough."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ccmp.people.enums import SENIOR_OR_EQUIVALENT, Sex
from ccmp.people.models import CompanionFile
from ccmp.places.models import Place
from ccmp.places.rules.standards import value


@dataclass(frozen=True)
class Criterion:
    """One criterion on a day. `refusal` is the sentence with which a posting is refused while it is not met."""

    name: str | Promise
    is_met: bool
    refusal: str | Promise


def criteria_of(file: CompanionFile, *, on: date, place: Place | None = None) -> list[Criterion]:
    """Sex, age, full time, schooling; for a post at a place also whether she lives in its township."""
    youngest, oldest = value("people.youngest_mother", on=on), value("people.oldest_mother", on=on)
    age = on.year - file.born_on.year - ((on.month, on.day) < (file.born_on.month, file.born_on.day))
    ages = {"youngest": youngest, "oldest": oldest, "age": age}
    return [
        Criterion(
            _("A woman"),
            file.sex == Sex.FEMALE,
            _("A companion mother is a woman. A man can serve as a child director."),
        ),
        Criterion(
            _("%(youngest)d to %(oldest)d years old") % ages,
            youngest <= age <= oldest,
            _("A companion mother is %(youngest)d to %(oldest)d years old; by her file she is %(age)d.") % ages,
        ),
        Criterion(
            _("Full time"),
            file.is_full_time,
            _("A companion mother works full time; her file says part time."),
        ),
        *([_lives_there(file, place)] if place else []),
        Criterion(
            _("Senior high school or the like"),
            file.schooling in SENIOR_OR_EQUIVALENT,
            _("A companion mother has finished senior high school or the like; her file says less."),
        ),
    ]


def _lives_there(file: CompanionFile, place: Place) -> Criterion:
    return Criterion(
        _("Lives where she serves"),
        file.home_code[:9] == place.code[:9],
        _("A companion mother lives where she serves; by her file she lives in another township."),
    )
