"""Who may make a month's reports, where."""

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import Somebody, may
from ccmp.refusals import NotAllowed


def check_may_make_reports(user: User, place_code: str) -> None:
    """County and foundation officers make reports of places within their reach."""
    if not may(user, "reports.add_report", at_place=place_code):
        raise NotAllowed(_("You cannot make reports of this place. Ask the county's officer or the foundation."))


def may_make_reports(user: Somebody, place_code: str) -> bool:
    """The same question, for a page that decides which buttons to show."""
    return may(user, "reports.add_report", at_place=place_code)
