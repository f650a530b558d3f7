"""The same id with the same content is what is already held; with other content it is refused."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from ccmp.refusals import SameIdOtherContent
from referrals.entries import ReferralEntry, TaskEntry
from referrals.enums import ALWAYS_DISCLOSED, Disclosed
from referrals.models import Referral, Task
from visits.enums import FlagState


def disclosed_by(asked: Iterable[str]) -> list[str]:
    """The fields that a task discloses, in the order of the paper: those asked for, and those that every task needs."""
    wanted = {*asked, *ALWAYS_DISCLOSED}
    return [field.value for field in Disclosed if field in wanted]


def check_is_the_same_referral(held: Referral, entry: ReferralEntry) -> None:
    """Raises SameIdOtherContent unless the entry is the one that opened this referral."""
    is_same = (held.goal, held.goal_due_on, held.flag_id) == (entry.goal.strip(), entry.goal_due_on, entry.flag)
    is_same = is_same and held.without_consent_because in ("", entry.without_consent_because.strip())
    if not is_same or (entry.flag is None and held.child_id != entry.child) or not _is_same_answer(held, entry):
        raise _other_content()
    tasks = {task.id: task for task in held.tasks.all()}
    for task in entry.tasks:
        if task.id not in tasks:
            raise _other_content()
        check_is_the_same_task(tasks[task.id], task, held)


def check_is_the_same_task(held: Task, entry: TaskEntry, referral: Referral) -> None:
    """Raises SameIdOtherContent unless the entry is the one that sent this task."""
    said = (entry.department, entry.title.strip(), entry.asked.strip(), entry.done_when.strip())
    if (held.department_id, held.title, held.asked, held.done_when) != said or held.referral_id != referral.id:
        raise _other_content()
    if held.disclosed != disclosed_by(entry.disclosed):
        raise _other_content()


def _is_same_answer(held: Referral, entry: ReferralEntry) -> bool:
    if held.flag is None:
        return True
    return held.flag.moves.filter(went_to=FlagState.REFERRED, why=entry.answer or entry.goal).exists()


def _other_content() -> SameIdOtherContent:
    return SameIdOtherContent(
        _("Something else was already recorded under this number. Nothing was changed. Open the page again.")
    )
