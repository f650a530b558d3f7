"""Who may correct a file, who decides between two values, and what a corrected field must satisfy."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed
from children.enums import FileField
from children.models import OF_AGE, Child, Difference, years_before
from children.rules.file_fields import value_of
from children.rules.registration import BadRegistration

CANNOT_BE_EMPTY = {
    FileField.NAME: _("Write the child's name."),
    FileField.HEAD_NAME: _("Write whose home it is: the name of the head of the household."),
    FileField.NO_ID_REASON: _("Write the ID number, or choose why there is none yet."),
}


def check_may_change(by: User, child: Child) -> None:
    if not may(by, "children.change_child", at_place=child.village_code):
        raise NotAllowed(_("You can change the files of your own village only."))


def check_may_decide(by: User, difference: Difference) -> None:
    if not may(by, "children.decide_difference", at_place=difference.village_code):
        raise NotAllowed(_("Which value holds is decided in the village or in its county's office."))


def check_corrected(child: Child, changed: Mapping[str, str]) -> None:
    """Raises the refusal that names the first field which cannot be true. `changed` maps names of FileField to texts."""
    for field, sentence in CANNOT_BE_EMPTY.items():
        if changed.get(field) == "":
            raise BadRegistration(sentence, field=field)
    if FileField.BORN_ON not in changed:
        return
    born_on = value_of(FileField.BORN_ON, changed[FileField.BORN_ON])
    if born_on > child.registered_on:
        raise BadRegistration(
            _("By this birth date the child was registered before it was born. Please check the year."), field="born_on"
        )
    if born_on <= years_before(child.registered_on, OF_AGE):
        raise BadRegistration(
            _("The register is for children under 18. By this birth date the child is 18 or older."), field="born_on"
        )
