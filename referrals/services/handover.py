"""What One Bond hands over with a child that moves to another village: the needs that departments are working on."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from ccmp.moments import day_of
from children.models import Child
from children.services.handover import HandoverPart
from referrals.enums import TaskState
from referrals.models import Referral


def parts_of_handover(child: Child, *, on: date) -> Iterator[HandoverPart]:
    """Open referrals: the goal, and which departments are asked. They stay with the county that opened them. Two queries."""
    referrals = Referral.objects.filter(child=child).open().prefetch_related("tasks__department").newest_first()
    yield HandoverPart(_("Open referrals"), tuple(map(_said, referrals)))


def _said(referral: Referral) -> str:
    asked = [task for task in referral.tasks.all() if task.state != TaskState.WITHDRAWN]
    departments = "、".join(dict.fromkeys(task.department.name for task in asked))
    return f"{day_of(referral.opened_at).isoformat()} {referral.goal}（{departments}）"
