"""Referrals and tasks as a county sends them, and a department's answers."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from ccmp.places.api.subtree import Subtree
from ccmp.web.rest.bodies import Body, PageQuery
from ccmp.web.rest.fields import A_TEXT, Choice, Id, ProgrammeDay, Words
from referrals.entries import ReferralEntry, TaskEntry
from referrals.enums import Disclosed, ReferralState, Result, ReturnReason, TaskState

MOST_TASKS = 20


class TaskBody(Body):
    """What one department is asked, and which fields of the child it may see for it."""

    id = Id()
    department = Id()
    title = Words(max_length=120)
    asked = Words(max_length=A_TEXT)
    disclosed = serializers.ListField(child=Choice(Disclosed.choices), default=list, max_length=len(Disclosed))
    done_when = Words(max_length=300, default="")


class ReferralBody(Body):
    """A referral with the tasks that go out at once: from a flag, or for a child without one."""

    id = Id()
    goal = Words()
    tasks = serializers.ListField(child=TaskBody(), min_length=1, max_length=MOST_TASKS)
    flag = Id(default=None, allow_null=True)
    child = Id(default=None, allow_null=True)
    goal_due_on = ProgrammeDay(default=None, allow_null=True)
    answer = Words(max_length=A_TEXT, default="", help_text="What the flag's reporter is told; the goal, if empty.")
    without_consent_because = Words(
        default="",
        max_length=300,
        help_text="Where no guardian agreed that departments are told: why it cannot wait. Kept with the referral.",
    )


class CloseReferralBody(Body):
    result = Choice(Result.choices)
    words = Words(max_length=A_TEXT, help_text="What became of it; the companion mother reads it.")


class ReturnBody(Body):
    reason = Choice(ReturnReason.choices)
    words = Words(max_length=A_TEXT, help_text="What is missing, by which rule, and how to send it again.")


class WordsBody(Body):
    """A move that says something."""

    words = Words(max_length=A_TEXT)


class ReferralsQuery(PageQuery):
    under = Subtree()
    state = Choice(ReferralState.choices, required=False)


class TasksQuery(PageQuery):
    state = Choice(TaskState.choices, required=False)


def task_entry(values: dict[str, Any]) -> TaskEntry:
    return TaskEntry(disclosed=frozenset(values.pop("disclosed")), **values)


def referral_entry(values: dict[str, Any]) -> ReferralEntry:
    """The values of a ReferralBody as the service takes them."""
    why = values.pop("without_consent_because") or gettext("sent by another program, which gave no reason")
    tasks = tuple(task_entry(task) for task in values.pop("tasks"))
    return ReferralEntry(tasks=tasks, without_consent_because=why, **values)
