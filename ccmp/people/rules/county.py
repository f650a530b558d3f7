"""Who sees the villages of the programme, and who keeps a county's terms and departments."""

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.refusals import NotAllowed


def check_may_see_villages(by: User) -> None:
    if not (reach_of(by, "places.enrol_village") or reach_of(by, "places.keep_terms")):
        raise NotAllowed(_("Your post does not include the list of villages."))


def check_may_keep_county(by: User) -> None:
    if not reach_of(by, "places.keep_terms"):
        raise NotAllowed(_("The county keeps its own school terms and departments."))
