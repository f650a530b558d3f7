"""Who may see who looked at a child's file, and what a guardian is told of it."""

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed
from children.models import Child

# Of a report and of what was done about it the family is told by the county, and by no paper: it may be about the family
# (PIPL art. 18 and 35; Law on the Protection of Minors, art. 11 and 20).
KEPT_BACK_KINDS = ("visits.flag", "referrals.")
KEPT_BACK_PAGES = ("visits:flag", "visits:raise-flag", "visits:police", "visits:tell", "visits:triage", "referrals:")
KEPT_BACK_ENDPOINTS = ("api:flag", "api:referral", "api:task")
# An infection and its allowance leave no trace in any list: lines of all grounds and applications stay with the file itself.
SEALED_KINDS = ("children.childground", "children.application")


def check_may_see_looks(by: User, child: Child) -> None:
    if not may(by, "audit.view_looks", at_place=child.village_code):
        raise NotAllowed(_("Who looked at a file is seen in the county's office."))
