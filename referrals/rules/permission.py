"""Who may open, send, answer, confirm and close."""

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import Department, User
from ccmp.people.reach import may
from ccmp.places.models import county_code_of
from ccmp.refusals import NotAllowed, Refusal
from referrals.models import Task


class BadReferral(Refusal):
    """A referral or task that cannot be sent as it is."""


def not_your_county() -> NotAllowed:
    return NotAllowed(_("Only the county that the village belongs to opens referrals for its children."))


def check_may_refer(by: User, village_code: str) -> None:
    if not may(by, "referrals.add_referral", at_place=village_code):
        raise not_your_county()


def check_may_close(by: User, village_code: str) -> None:
    if not may(by, "referrals.close_referral", at_place=village_code):
        raise NotAllowed(_("Only the county that the village belongs to closes this referral."))


def check_may_answer(by: User, task: Task) -> None:
    if not Task.objects.granted_to(by).filter(pk=task.pk).exists():
        raise NotAllowed(_("This task was not sent to your department."))


def check_may_confirm(by: User, task: Task) -> None:
    if not may(by, "referrals.confirm_task", at_place=task.village_code):
        raise NotAllowed(_("Only the village's companion mother confirms what the child got."))


def check_department(department: Department, village_code: str) -> None:
    if department.county_code != county_code_of(village_code) or department.is_closed:
        raise BadReferral(
            _("This department does not work in the child's county. Choose one of the county's departments."),
            field="department",
        )
