"""A department's officer: the tasks that were sent to her department, the disclosed fields, and nothing else."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from referrals.enums import TaskState
from referrals.forms.answering import CompleteForm, ReturnForm
from referrals.models import Task
from referrals.models.task import TaskQuerySet
from referrals.rules.disclosure import disclosed_facts, not_disclosed
from referrals.services.disclosing import disclosing
from referrals.services.lanes import lanes
from referrals.services.tasks import accept_task, complete_task, return_task

ROWS = 60
TABS = {
    "sent": (TaskState.SENT,),
    "accepted": (TaskState.ACCEPTED,),
    "returned": (TaskState.RETURNED, TaskState.WITHDRAWN),
    "done": (TaskState.COMPLETED, TaskState.CONFIRMED),
}


def tasks(request: HttpRequest) -> HttpResponse:
    """What waits to be accepted, is being done, was returned, is done."""
    user, at = signed_in(request), now()
    seen = Task.objects.granted_to(user)
    tab = request.GET.get("tab", "sent")
    states = TABS.get(tab, TABS["sent"])
    page = _page(request, seen.in_state(*states).for_ledger())
    counts = seen.counts_by(TABS)
    return render(
        request,
        "referrals/tasks.html",
        {
            "lanes": lanes(list(page), at=at),
            "page": page,
            "tab": tab if tab in TABS else "sent",
            "counts": counts,
            "now": at,
        },
    )


def _page(request: HttpRequest, rows: TaskQuerySet) -> "Page[Task]":
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    with disclosing(signed_in(request)):
        page.object_list = list(page.object_list)
    return page


def task(
    request: HttpRequest, task_id: UUID, *, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """One task: three clocks, what is asked, what is disclosed. Opening it is noted."""
    user, at = signed_in(request), now()
    with disclosing(user):
        found = get_object_or_404(Task.objects.granted_to(user).for_page(), pk=task_id)
        facts = disclosed_facts(found, on=day_of(at))
    record(by=user, at=at, did="read", on=found, disclosed=found.disclosed)
    context = {
        "task": found,
        "lane": lanes([found], at=at)[0],
        "facts": facts,
        "hidden": not_disclosed(found),
        "said": found.moves.exclude(why="").select_related("by").order_by("-at", "-id"),
        "acts": {"return": ReturnForm(), "complete": CompleteForm()} | (bound or {}),
        "now": at,
    }
    return render(request, "referrals/task.html", context, status=status)


@require_POST
def accept(request: HttpRequest, task_id: UUID) -> HttpResponse:
    get_object_or_404(Task.objects.granted_to(signed_in(request)), pk=task_id)
    accept_task(task_id=task_id, by=signed_in(request), at=now())
    messages.success(request, _("Accepted. The time for doing it runs from now."))
    return redirect("referrals:task", task_id)


@require_POST
def give_back(request: HttpRequest, task_id: UUID) -> HttpResponse:
    form = ReturnForm(request.POST)
    return _act(
        request, task_id, "return", form,
        lambda: return_task(
            task_id=task_id,
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            by=signed_in(request),
            at=now(),
        ),
        _("Returned to the county, with your reason."),
    )  # fmt: skip


@require_POST
def complete(request: HttpRequest, task_id: UUID) -> HttpResponse:
    form = CompleteForm(request.POST)
    return _act(
        request, task_id, "complete", form,
        lambda: complete_task(task_id=task_id, words=form.cleaned_data["words"], by=signed_in(request), at=now()),
        _("Noted. The companion mother now goes to see that the child has it."),
    )  # fmt: skip


def _act(
    request: HttpRequest, task_id: UUID, name: str, form: forms.Form, do: Callable[[], Task], said: str
) -> HttpResponse:
    get_object_or_404(Task.objects.granted_to(signed_in(request)), pk=task_id)
    if form.is_valid():
        try:
            do()
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, said)
            return redirect("referrals:task", task_id)
    return task(request, task_id, bound={name: form}, status=409)
