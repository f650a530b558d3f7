"""What a mother's phone holds of referrals: what became of the village's children, the newest of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ccmp.moments import CHINA
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from referrals.models import Referral
from referrals.services.mine import TaskLine, lines_of

NEWEST = 50  # as many as her page lists


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """One sheet for each referral, with what each department was asked and its last word. Three queries."""
    newest = Referral.objects.visible_to(user).select_related("child").newest_first()[:NEWEST]
    for row in lines_of(list(newest), user):
        yield Doc(f"referral:{row.referral.id}", _referral(row.referral, row.tasks))


def _referral(referral: Referral, tasks: list[TaskLine]) -> dict[str, Any]:
    due_on = referral.goal_due_on
    return _filled(
        {
            "child": str(referral.child_id),
            "name": referral.child.name,
            "flag": str(referral.flag_id or ""),
            "goal": referral.goal,
            "due_on": due_on.isoformat() if due_on else "",
            "opened_at": referral.opened_at.astimezone(CHINA).isoformat(timespec="milliseconds"),
            "result": referral.result,
            "words": referral.closing_words,
            "tasks": [_task(line) for line in tasks],
        }
    )


def _task(line: TaskLine) -> dict[str, Any]:
    """`words` are the last that somebody said of it; `by` is the department's officer, if she said them."""
    return _filled(
        {
            "id": str(line.task.id),
            "department": line.task.department.name,
            "title": line.task.title,
            "state": line.task.state,
            "words": line.last.why if line.last else "",
            "by": line.answered_by.full_name if line.answered_by else "",
        }
    )


def _filled(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if value}
