from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.models import User
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.forms.moves import AskForm, HandOverForm, TakeOverForm, TransferForm
from children.models import Child, Household
from children.rules.moves import check_may_move
from children.rules.resident_id import read_resident_id
from children.rules.transfers import check_may_ask
from children.services.transfer_answers import answer_transfer
from children.services.transfer_list import (
    ToldTransfer,
    gone_lately,
    told,
    told_transfer,
    villages_to_choose,
    waiting_or_late,
)
from children.services.transfers import ask_for_child, ask_to_take_over

ROWS = 50


def transfers(request: HttpRequest) -> HttpResponse:
    """Children who come from other villages and who go there, as both sides see it."""
    user, at = signed_in(request), now()
    page = Paginator(waiting_or_late(user, at=at), ROWS).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": told(page.object_list, user, at=at),
        "on": day_of(at),
        "may_ask": _village_of(user) != "",
    }
    shown["gone"] = gone_lately(user, on=day_of(at))
    return TemplateResponse(request, "children/transfers.html", shown)


def transfer(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Hand a child over: first to which village, then since when, and words."""
    user, on = signed_in(request), day_of(now())
    child = get_object_or_404(Child.objects.visible_to(user).select_related("household"), pk=child_id)
    check_may_move(user, child)
    to, words, wide = request.GET.get("to", "")[:12], request.GET.get("q", "")[:60], "wide" in request.GET
    chosen = [one for one in villages_to_choose(child.village_code, to, wide=True, on=on) if one.code == to]
    if chosen:
        return _offer(request, child, {"child": child, "village": chosen[0]})
    villages = villages_to_choose(child.village_code, words, wide=wide, on=on)
    shown = {"child": child, "villages": villages, "words": words, "wide": wide}
    return TemplateResponse(request, "children/transfer_village.html", shown)


def _offer(request: HttpRequest, child: Child, page: dict[str, object]) -> HttpResponse:
    at, status = now(), 200
    form = TransferForm(request.POST or None, initial={"village_id": request.GET["to"]})
    if form.is_valid():
        try:
            entry = form.entry(child.id, made_at=made_at(request, at))
            ask_to_take_over(entry=entry, by=signed_in(request), at=at)
            messages.success(request, _("The other village is asked. You see here what it answers."))
            return redirect("children:transfers")
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/transfer_new.html", page | {"form": form}, status=status)


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the file of a child who came here, by its full ID number: which child and where is not told."""
    user, at, status = signed_in(request), now(), 200
    village_code = _village_of(user)
    check_may_ask(user, village_code)
    homes = Household.objects.visible_to(user).under(village_code).in_order()
    form = AskForm(request.POST or None, homes=list(homes))
    if form.is_valid():
        try:
            read_resident_id(form.cleaned_data["resident_id"], on=day_of(at))
            ask_for_child(entry=form.entry(village_code, made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, _("The village that keeps the file is asked. You see here what it answers."))
            return redirect("children:transfers")
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/transfer_ask.html", {"form": form}, status=status)


def answer(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """One transfer: the handover, and what this side can do about it. That it was read is recorded."""
    user, at = signed_in(request), now()
    found = told_transfer(user, transfer_id)
    if found is None:
        raise Http404
    one = told([found], user, at=at)[0]
    form, template = _answering(request, one, user)
    status = 200
    if request.method == "POST" and (form is None or form.is_valid()):
        if _is_done(request, one, form, by=user, at=at):
            return redirect("children:transfers")
        status = 409
    record(by=user, at=at, did="read", on=found)
    return TemplateResponse(request, template, {"told": one, "form": form, "on": day_of(at)}, status=status)


def _is_done(request: HttpRequest, one: ToldTransfer, form: Form | None, *, by: User, at: datetime) -> bool:
    """Do what was answered. What cannot be done is said on the form, or by the page of refusals."""
    said = form.cleaned_data if form else {"step": request.POST.get("step")}
    home = form.told_home() if isinstance(form, TakeOverForm) else None
    try:
        messages.success(request, answer_transfer(one.transfer, said, home, by=by, at=at))
    except Refusal as refusal:
        if form is None:
            raise
        refuse(form, refusal)
        return False
    return True


def _answering(request: HttpRequest, one: ToldTransfer, user: User) -> tuple[Form | None, str]:
    """The form of the side that answers, and its template."""
    is_withdrawn = request.POST.get("step") == "withdraw"
    if (one.is_waiting and is_withdrawn) or not one.may_answer:
        return None, "children/transfer.html"
    if not one.is_offered:
        return HandOverForm(request.POST or None), "children/transfer_hand.html"
    homes = Household.objects.visible_to(user).under(one.transfer.to_village_code).in_order()
    return TakeOverForm(request.POST or None, homes=list(homes)), "children/transfer_take.html"


def _village_of(user: User) -> str:
    """The village that this reader serves; a county asks for nobody."""
    code = user.post.place_code if user.post else ""
    return code if not code.endswith("000") else ""
