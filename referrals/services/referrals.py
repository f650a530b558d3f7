"""The county turns a flag into a referral, sends tasks, and closes when the child has what it needed."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages
from ccmp.people.models import Department, User
from ccmp.places.rules.standards import value
from ccmp.places.services.calendar import working_days_after
from children.models import Child
from referrals.entries import ReferralEntry, TaskEntry
from referrals.enums import ReferralState, Result, TaskClockKind, TaskState
from referrals.models import Referral, Task, TaskClock, TaskGroupObjectPermission, TaskMove
from referrals.models.referral import ReferralHasMovedOn
from referrals.rules.again import check_is_the_same_referral, check_is_the_same_task, disclosed_by
from referrals.rules.consent import reason_without_consent
from referrals.rules.permission import (
    BadReferral,
    check_department,
    check_may_close,
    check_may_refer,
    not_your_county,
)
from visits.models import Flag
from visits.services.flags import mark_referred, mark_settled


@transaction.atomic
def open_referral(*, entry: ReferralEntry, by: User, at: datetime) -> Referral:
    """Open a referral, from a flag or for a child, and send its tasks. Sent again, the one that is held comes back."""
    flag = _flag_of(entry)
    child = _child_of(entry, flag)
    check_may_refer(by, child.village_code)
    lock_villages([child.village_code])
    held = Referral.objects.filter(pk=entry.id).first()
    if held is not None:
        check_is_the_same_referral(held, entry)
        return held
    _check_says_what_for(entry)
    why = reason_without_consent(entry, child, flag, on=day_of(at))
    referral = _referral(entry, child, flag, why=why, by=by, at=at)
    if flag is not None:
        mark_referred(flag=flag, by=by, at=at, answer=entry.answer or entry.goal)
    record(by=by, at=at, did="opened", on=referral, without_consent=bool(why))
    for task in entry.tasks:
        send_task(referral_id=referral.id, entry=task, by=by, at=at)
    return referral


def _referral(entry: ReferralEntry, child: Child, flag: Flag | None, *, why: str, by: User, at: datetime) -> Referral:
    return Referral.objects.create(
        id=entry.id,
        village_code=child.village_code,
        child=child,
        flag=flag,
        goal=entry.goal.strip(),
        goal_due_on=entry.goal_due_on,
        without_consent_because=why,
        opened_at=at,
        opened_by=by,
    )


def _check_says_what_for(entry: ReferralEntry) -> None:
    if not entry.goal.strip():
        raise BadReferral(_("Write the goal: what the child is to have in the end."), field="goal")
    if not entry.tasks:
        raise BadReferral(_("Send a task to at least one department."), field="tasks")


def _flag_of(entry: ReferralEntry) -> Flag | None:
    if entry.flag is None:
        return None
    flag = Flag.objects.select_for_update(of=("self",)).filter(pk=entry.flag).first()
    if flag is None:
        raise not_your_county()  # the same words as for another county's flag
    return flag


def _child_of(entry: ReferralEntry, flag: Flag | None) -> Child:
    if flag is None and entry.child is not None:
        child = Child.objects.filter(pk=entry.child).first()
        if child is None:
            raise not_your_county()
        return child
    if flag is None or flag.child is None:
        raise BadReferral(_("Register the child first; a referral needs to know for whom it is."), field="child")
    return flag.child


@transaction.atomic
def send_task(*, referral_id: UUID, entry: TaskEntry, by: User, at: datetime) -> Task:
    """Send a task to one more department: its officers may see the fields that it discloses, and its clock starts."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)
    check_may_refer(by, referral.village_code)
    held = Task.objects.filter(pk=entry.id).first()
    if held is not None:
        check_is_the_same_task(held, entry, referral)
        return held
    if referral.state != ReferralState.OPEN:
        raise ReferralHasMovedOn()
    task = _task(entry, referral, by=by, at=at)
    TaskMove.objects.create(task=task, went_to=TaskState.SENT, by=by, at=at)
    grant_to_department(task)
    start_accept_clock(task, at=at)
    record(by=by, at=at, did="sent", on=task, disclosed=task.disclosed)
    return task


def _task(entry: TaskEntry, referral: Referral, *, by: User, at: datetime) -> Task:
    return Task.objects.create(
        id=entry.id,
        village_code=referral.village_code,
        referral=referral,
        department=_department(entry, referral),
        title=entry.title.strip(),
        asked=entry.asked.strip(),
        done_when=entry.done_when.strip(),
        disclosed=disclosed_by(entry.disclosed),
        sent_at=at,
        sent_by=by,
    )


def _department(entry: TaskEntry, referral: Referral) -> Department:
    department = Department.objects.filter(pk=entry.department).first()
    if department is None:
        raise BadReferral(_("Choose the department."), field="department")
    check_department(department, referral.village_code)
    if not entry.title.strip() or not entry.asked.strip():
        raise BadReferral(_("Write what %(department)s is asked to do.") % {"department": department}, field="asked")
    return department


def grant_to_department(task: Task) -> None:
    """The department's group may answer this task, and thereby see what it discloses."""
    answer = Permission.objects.get(content_type__app_label="referrals", codename="answer_task")
    TaskGroupObjectPermission.objects.get_or_create(group=task.department.group, permission=answer, content_object=task)


def start_accept_clock(task: Task, *, at: datetime) -> None:
    rule = "tasks.accept_working_days"
    due_at = working_days_after(at, value(rule, on=day_of(at)))
    TaskClock.objects.create(
        task=task, village_code=task.village_code, kind=TaskClockKind.ACCEPT, started_at=at, due_at=due_at, rule=rule
    )


@transaction.atomic
def close_referral(*, referral_id: UUID, result: str, words: str, by: User, at: datetime) -> Referral:
    """Close a referral: what became of it, in words that the companion mother reads. No task may be left running."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral_id)
    check_may_close(by, referral.village_code)
    if result not in Result.values:
        raise BadReferral(_("Choose what became of it."), field="result")
    if not words.strip():
        raise BadReferral(_("Write what became of it; the companion mother reads it."), field="words")
    left = referral.tasks.in_state(TaskState.SENT, TaskState.ACCEPTED, TaskState.RETURNED)
    if left.exists():
        names = "、".join(str(task.department) for task in left.select_related("department").order_by("sent_at", "id"))
        raise BadReferral(
            _("Still with %(departments)s. Wait for the answer, send it again, or withdraw the task first.")
            % {"departments": names}
        )
    referral.move_to(ReferralState.CLOSED, by=by, at=at, why=words.strip())
    referral.result, referral.closing_words = result, words.strip()
    referral.save(update_fields=["state", "result", "closing_words"])
    if referral.flag is not None:
        mark_settled(flag=referral.flag, by=by, at=at, answer=words)
    record(by=by, at=at, did="closed", on=referral)
    return referral
