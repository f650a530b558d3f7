"""Who may be shown whole numbers, hold back a deletion, answer a guardian, open a file in an emergency, keep incidents."""

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import may, reach_of
from ccmp.privacy.models import GuardianRequest, Incident, Opening
from ccmp.refusals import NotAllowed
from children.models import Child


def check_may_unmask(by: User, child: Child) -> None:
    if not may(by, "privacy.add_unmasking", at_place=child.village_code):
        raise NotAllowed(_("Whole numbers are shown to the child's village and its county's office only."))


def check_may_hold(by: User, child: Child) -> None:
    if not may(by, "privacy.add_legalhold", at_place=child.village_code):
        raise NotAllowed(_("The county's office says what must not be deleted."))


def check_may_register_request(by: User, child: Child) -> None:
    if not may(by, "privacy.add_guardianrequest", at_place=child.village_code):
        raise NotAllowed(_("A guardian's request is written down in the township's or the county's office."))


def check_may_answer_request(by: User, request: GuardianRequest) -> None:
    if not may(by, "privacy.change_guardianrequest", at_place=request.child.village_code):
        raise NotAllowed(_("The county's office answers a guardian's request."))


def check_may_see_requests(by: User) -> None:
    if not reach_of(by, "privacy.view_guardianrequest"):
        raise NotAllowed(_("Guardians' requests are kept in the offices of township and county."))


def check_may_open(by: User) -> None:
    if not reach_of(by, "privacy.add_opening"):
        raise NotAllowed(_("A file outside one's own reach is opened by an office only."))


def check_may_judge(by: User, opening: Opening) -> None:
    if not may(by, "privacy.change_opening", at_place=opening.child.village_code):
        raise NotAllowed(_("The office of the child's own county judges it."))
    if opening.by_id == by.id:
        raise NotAllowed(_("Somebody else judges what you opened."))


def check_may_report_incident(by: User) -> None:
    if not reach_of(by, "privacy.add_incident"):
        raise NotAllowed(_("Tell your county's office at once: it writes the incident down."))


def check_may_see_incidents(by: User) -> None:
    if not reach_of(by, "privacy.view_incident"):
        raise NotAllowed(_("The register of incidents is kept in the offices."))


def check_may_move_incident(by: User, incident: Incident) -> None:
    if not may(by, "privacy.change_incident", at_place=incident.place_code):
        raise NotAllowed(_("The office where the incident is kept takes the next step."))


def check_may_see_schedule(by: User) -> None:
    if not reach_of(by, "privacy.view_retentionrun"):
        raise NotAllowed(_("The offices and the auditor read how long what is kept."))


def check_may_see_studies(by: User) -> None:
    if not reach_of(by, "privacy.view_study"):
        raise NotAllowed(_("Studies are seen by researchers and the foundation."))


def check_may_read_evidence(by: User) -> None:
    if not reach_of(by, "privacy.read_evidence"):
        raise NotAllowed(_("The evidence of a year is read by the auditor and the administrator."))
