"""Who may correct a file, who decides between two values, and what a corrected field must satisfy."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed
from children.enums import FileField
from children.models import OF_AGE, Child, Difference, years_before
from children.rules.belonging import not_here
from children.rules.file_fields import value_of
from children.rules.registration import BadRegistration
from children.rules.resident_id import read_resident_id

COUNTY_DIGITS = 6

CANNOT_BE_EMPTY = {
    FileField.NAME: _("Write the child's name."),
    FileField.HEAD_NAME: _("Write whose home it is: the name of the head of the household."),
    FileField.NO_ID_REASON: _("Write the ID number, or choose why there is none yet."),
}


def check_may_change(by: User, child: Child) -> None:
    if not may(by, "children.change_child", at_place=child.village_code):
        raise not_here(by, child, _("You can change the files of your own village only."))


def check_may_decide(by: User, difference: Difference) -> None:
    if not may(by, "children.decide_difference", at_place=difference.village_code):
        raise NotAllowed(_("Which value holds is decided in the village or in its county's office."))


def check_corrected(child: Child, changed: Mapping[str, str], *, on: date, changed_on: date | None = None) -> None:
    """Raises the refusal that names the first field which cannot be true. `changed` maps names of FileField to texts."""
    for field, sentence in CANNOT_BE_EMPTY.items():
        if changed.get(field) == "":
            raise BadRegistration(sentence, field=field)
    if FileField.BORN_ON in changed:
        _check_birth(child, value_of(FileField.BORN_ON, changed[FileField.BORN_ON]))
    if changed.get(FileField.RESIDENT_ID):
        read_resident_id(changed[FileField.RESIDENT_ID], on=on)
    county = changed.get(FileField.HUKOU_COUNTY, "")
    if county and not (len(county) == COUNTY_DIGITS and county.isascii() and county.isdigit()):
        raise BadRegistration(
            _("A county's code has six digits: those that its ID numbers begin with."), field="county_code"
        )
    if changed.get(FileField.NO_ID_REASON) and child.resident_id:
        raise BadRegistration(
            _("There is an ID number in the file: no reason is needed why not."), field="no_id_reason"
        )
    here_since = value_of(FileField.LIVES_HERE_SINCE, changed.get(FileField.LIVES_HERE_SINCE, ""))
    _check_day(child, here_since, "lives_here_since", on=on)
    _check_day(child, changed_on, "changed_on", on=on)


def _check_birth(child: Child, born_on: date) -> None:
    if born_on > child.registered_on:
        raise BadRegistration(
            _("By this birth date the child was registered before it was born. Please check the year."), field="born_on"
        )
    if born_on <= years_before(child.registered_on, OF_AGE):
        raise BadRegistration(
            _("The register is for children under 18. By this birth date the child is 18 or older."), field="born_on"
        )


def _check_day(child: Child, day: date | None, field: str, *, on: date) -> None:
    if day and day > on:
        raise BadRegistration(_("The day lies in the future. Note it once it has come."), field=field)
    if day and day < child.born_on:
        raise BadRegistration(_("The day lies before the child was born. Please check it."), field=field)
