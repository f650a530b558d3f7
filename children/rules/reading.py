"""Who reads the register as a list."""

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.refusals import NotAllowed


def check_may_read_register(by: User) -> None:
    if not reach_of(by, "children.view_child"):
        raise NotAllowed(_("The register of the children is read in villages, townships and the county's office."))
