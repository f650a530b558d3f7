"""What the departments answered, told to the village: read by the first page of the phone (settings.NEWS_FROM_THE_COUNTY)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ccmp.people.models import User
from ccmp.people.reach import may
from referrals.enums import TaskState
from referrals.models import Task, TaskMove
from visits.services.news import News

TOLD = {TaskState.ACCEPTED: "", TaskState.COMPLETED: "met", TaskState.RETURNED: "short", TaskState.WITHDRAWN: "exempt"}


def news_of_tasks(user: User, *, since: datetime) -> list[News]:
    """The last word of each department that answered since a moment. One query."""
    tasks = Task.objects.visible_to(user).in_state(*TOLD)
    moves = TaskMove.objects.filter(task__in=tasks, at__gte=since, went_to__in=TOLD)
    newest = moves.select_related("task__department", "task__referral__child", "by")
    return [_said(move, user) for move in newest.order_by("task", "-at", "-id").distinct("task")]


def _said(move: TaskMove, user: User) -> News:
    task, state = move.task, TaskState(move.task.state)
    waits = state == TaskState.COMPLETED and may(user, "referrals.confirm_task", at_place=task.village_code)
    text = _("%(task)s: %(words)s") % {"task": task.title, "words": move.why} if move.why else task.title
    return News(
        who=f"{task.department.name}·{move.by.full_name}",
        about=task.referral.child.name,
        word=str(_("done, please look and answer")) if waits else task.get_state_display(),
        state=TOLD[state],
        text=text,
        url=f"{reverse('referrals:mine')}#task-{task.id}",
        at=move.at,
        waits_for_reader=waits,
    )
