"""The county's flags: what presses most first, one of them open beside the list."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.places.enums import Level
from ccmp.places.models import Place
from ccmp.refusals import Refusal, permits
from ccmp.web.forms import refuse
from visits.forms.triage import AcknowledgeForm, DismissForm, FlagFilter, SettleForm
from visits.models import Flag
from visits.rules.visits import check_may_triage
from visits.services.dossier import dossier_of
from visits.services.flags import acknowledge_flag, close_flag, dismiss_flag

ROWS = 60
ActForms = dict[str, forms.Form]


def flags(request: HttpRequest, *, bound: ActForms | None = None, status: int = 200) -> HttpResponse:
    """The ledger; `?flag=` opens one beside it, and the opening is noted."""
    user, at = signed_in(request), now()
    seen = Flag.objects.visible_to(user)
    places = reach_of(user, "visits.view_flag").rows(Place.objects.at_level(Level.TOWNSHIP), column="code")
    form = FlagFilter(request.GET, townships=list(places.standing(on=day_of(at)).in_order()))
    narrowed = form.narrow(seen)
    page = Paginator(form.of_tab(narrowed).with_child(), ROWS).get_page(request.GET.get("page"))
    waiting, overdue = narrowed.awaiting_county().how_many(at=at)
    counts = {"waiting": waiting, "in_work": narrowed.in_work().count()}
    context = {
        "filter": form,
        "page": page,
        "counts": counts,
        "overdue": overdue,
        "now": at,
        "waiting": counts["waiting"],
    }
    return render(request, "visits/triage.html", context | _opened(request, bound), status=status)


def _opened(request: HttpRequest, bound: ActForms | None) -> dict[str, object]:
    user, at, asked = signed_in(request), now(), request.GET.get("flag", "")
    if not asked:
        return {}
    try:
        flag = get_object_or_404(Flag.objects.visible_to(user).with_acknowledge_due().with_child(), pk=UUID(asked))
    except ValueError:
        return {}
    record(by=user, at=at, did="read", on=flag)
    dossier = dossier_of(flag, on=day_of(at))
    return {
        "flag": flag,
        "dossier": dossier,
        "may_triage": permits(check_may_triage, user, flag.village_code),
        "is_proposer": dossier.awaits_another_than(user),
        "acts": {"acknowledge": AcknowledgeForm(), "settle": SettleForm(), "dismiss": DismissForm()} | (bound or {}),
    }


@require_POST
def acknowledge(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    form = AcknowledgeForm(request.POST)
    return _act(
        request, flag_id, "acknowledge", form,
        lambda: acknowledge_flag(flag_id=flag_id, by=signed_in(request), at=now(), answer=form.cleaned_data["answer"]),
        _("Taken up. The reporter sees it."),
    )  # fmt: skip


@require_POST
def close(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    form = SettleForm(request.POST)
    return _act(
        request, flag_id, "settle", form,
        lambda: close_flag(flag_id=flag_id, by=signed_in(request), at=now(), answer=form.cleaned_data["settled"]),
        _("Settled. The reporter has the answer."),
    )  # fmt: skip


@require_POST
def dismiss(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    form = DismissForm(request.POST)
    return _act(
        request, flag_id, "dismiss", form,
        lambda: dismiss_flag(flag_id=flag_id, by=signed_in(request), at=now(), reason=form.cleaned_data["reason"]),
        _("Noted. A mandatory report is dismissed once a second officer has confirmed it."),
    )  # fmt: skip


def _act(
    request: HttpRequest, flag_id: UUID, name: str, form: forms.Form, do: Callable[[], Flag], said: str
) -> HttpResponse:
    """Do it, or show the flag again with what was typed and why not."""
    get_object_or_404(Flag.objects.visible_to(signed_in(request)), pk=flag_id)
    request.GET = request.GET.copy()  # type: ignore[assignment]
    request.GET["flag"] = str(flag_id)  # type: ignore[misc]
    if form.is_valid():
        try:
            flag = do()
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            is_proposal = flag.state == "dismissal_proposed" or name != "dismiss"
            messages.success(request, said if is_proposal else _("Dismissed. The reporter has the reason."))
            return redirect(f"{reverse('visits:flags')}?flag={flag_id}")
    return flags(request, bound={name: form}, status=409)
