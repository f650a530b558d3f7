"""The county's referrals: opened from a flag, chased, closed."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.places.models import county_code_of
from ccmp.refusals import Refusal, permits
from ccmp.web.forms import refuse
from referrals.enums import ReferralState
from referrals.forms.sending import CloseForm, ReferralForm, TaskForm, WordsForm
from referrals.models import Referral, Task, TaskClock
from referrals.rules.consent import needs_a_reason
from referrals.rules.permission import check_may_close, check_may_refer
from referrals.services.lanes import lanes_of
from referrals.services.referrals import close_referral, open_referral, send_task
from referrals.services.standing import standing_of
from referrals.services.story import story_of
from referrals.services.tasks import send_again, withdraw_task
from visits.models import Flag

ROWS = 60
DEPARTMENTS_AT_ONCE = 4


def referrals(request: HttpRequest) -> HttpResponse:
    """All referrals within reach: the open ones first, or the closed ones with `?tab=closed`."""
    seen, at = Referral.objects.visible_to(signed_in(request)), now()
    is_closed = request.GET.get("tab") == "closed"
    rows = seen.filter(state=ReferralState.CLOSED) if is_closed else seen.open()
    page = Paginator(rows.for_ledger(at=at).about(request.GET.get("q", "")), ROWS).get_page(request.GET.get("page"))
    counts = seen.aggregate(
        open=Count("pk", filter=Q(state=ReferralState.OPEN)), closed=Count("pk", filter=Q(state=ReferralState.CLOSED))
    )
    late = TaskClock.objects.visible_to(signed_in(request)).overdue(at=at).count()
    return render(
        request,
        "referrals/list.html",
        {"page": page, "counts": counts, "is_closed": is_closed, "late": late, "now": at},
    )


def open_one(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """Turn a flag into a referral, with the tasks that go out at once."""
    flag = get_object_or_404(Flag.objects.visible_to(signed_in(request)).with_child(), pk=flag_id)
    check_may_refer(signed_in(request), flag.village_code)
    asks_why = needs_a_reason(flag.child, flag, on=day_of(now()))
    form = ReferralForm(request.POST or None, asks_why=asks_why)
    tasks = _task_forms(request, county_code_of(flag.village_code))
    is_valid = [part.is_valid() for part in (form, *tasks)]
    if request.method == "POST" and all(is_valid):
        entries = tuple(task.entry() for task in tasks if not task.is_left_empty)
        try:
            referral = open_referral(entry=form.entry(flag.id, entries), by=signed_in(request), at=now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Sent. Each department sees its own task and nothing else."))
            return redirect("referrals:referral", referral.id)
    status = 409 if request.method == "POST" else 200
    return render(request, "referrals/open.html", {"flag": flag, "form": form, "tasks": tasks}, status=status)


def _task_forms(request: HttpRequest, county_code: str) -> list[TaskForm]:
    return [
        TaskForm(request.POST or None, prefix=f"task{number}", county_code=county_code, empty_permitted=True)
        for number in range(DEPARTMENTS_AT_ONCE)
    ]


def referral(
    request: HttpRequest, referral_id: UUID, *, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """One referral: who was asked, how far each has come, and whether the child has it. Opening it is noted."""
    user, at = signed_in(request), now()
    found = get_object_or_404(Referral.objects.visible_to(user).with_child(), pk=referral_id)
    record(by=user, at=at, did="read", on=found)
    acts = {
        "send": TaskForm(prefix="send", county_code=county_code_of(found.village_code)),
        "close": CloseForm(),
        "words": WordsForm(),
    }
    lanes = lanes_of(found, at=at)
    context = {
        "referral": found,
        "lanes": lanes,
        "standing": standing_of(lanes),
        "story": story_of(found, on=day_of(at)),
        "acts": acts | (bound or {}),
        "may_refer": permits(check_may_refer, user, found.village_code),
        "may_close": permits(check_may_close, user, found.village_code),
        "now": at,
    }
    template = "referrals/referral_phone.html" if user.post and user.post.role in VILLAGE else "referrals/referral.html"
    return render(request, template, context, status=status)


VILLAGE = ("companion_mother", "child_director")


@require_POST
def send(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Ask one more department."""
    found = get_object_or_404(Referral.objects.visible_to(signed_in(request)), pk=referral_id)
    form = TaskForm(request.POST, prefix="send", county_code=county_code_of(found.village_code))
    return _act(
        request, found.id, "send", form,
        lambda: send_task(referral_id=found.id, entry=form.entry(), by=signed_in(request), at=now()), _("Sent."),
    )  # fmt: skip


@require_POST
def close(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    get_object_or_404(Referral.objects.visible_to(signed_in(request)), pk=referral_id)
    form = CloseForm(request.POST)
    return _act(
        request, referral_id, "close", form,
        lambda: close_referral(
            referral_id=referral_id,
            result=form.cleaned_data["result"],
            words=form.cleaned_data["words"],
            by=signed_in(request),
            at=now(),
        ),
        _("Closed. The companion mother reads what became of it."),
    )  # fmt: skip


@require_POST
def again(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Send a returned task again, with what was missing."""
    return _on_task(request, task_id, send_again, _("Sent again."))


@require_POST
def withdraw(request: HttpRequest, task_id: UUID) -> HttpResponse:
    return _on_task(request, task_id, withdraw_task, _("Withdrawn. The department no longer sees the child."))


def _on_task(request: HttpRequest, task_id: UUID, do: Callable[..., Task], said: str) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(signed_in(request)), pk=task_id)
    form = WordsForm(request.POST)
    return _act(
        request, task.referral_id, "words", form,
        lambda: do(task_id=task_id, words=form.cleaned_data["words"], by=signed_in(request), at=now()), said,
    )  # fmt: skip


def _act(
    request: HttpRequest, referral_id: UUID, name: str, form: forms.Form, do: Callable[[], object], said: str
) -> HttpResponse:
    """Do it, or show the referral again with what was typed and why not."""
    if form.is_valid():
        try:
            do()
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, said)
            return redirect("referrals:referral", referral_id)
    return referral(request, referral_id, bound={name: form}, status=409)
