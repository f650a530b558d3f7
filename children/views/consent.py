from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.models import User
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal, permits
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.consent_texts import all_texts, text_on
from children.enums import ConsentPurpose
from children.forms.consent import ConsentForm, WithdrawForm
from children.models import Child
from children.rules.consent import check_may_note_consent, is_asked_herself
from children.services.consent import give_consent, withdraw_consent
from children.services.consents_shown import consents_of
from children.services.file import file_of


def consent(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What was agreed to for a child: each purpose, how it stands, what was before. That it was read is recorded."""
    user, at = signed_in(request), now()
    child, on = _child(user, child_id), day_of(at)
    record(by=user, at=at, did="read", on=child, part="consent")
    page = {"child": child, "shown": consents_of(child, on=on), "on": on}
    may_note = permits(check_may_note_consent, user, child)
    return TemplateResponse(request, "children/consent.html", page | {"may_note": may_note})


def give(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The text is read out, and a grown-up of the file agrees."""
    user, at = signed_in(request), now()
    child, purpose = _child(user, child_id), _purpose(request)
    check_may_note_consent(user, child)
    form = ConsentForm(request.POST or None, child=child, on=day_of(at))

    def note() -> None:
        give_consent(entry=form.entry(purpose, made_at=made_at(request, at)), by=user, at=at)
        messages.success(request, _("Agreed, and noted."))

    page = {"version": text_on(purpose, on=day_of(at)).version, "texts": all_texts()}
    page |= {"is_asked_herself": is_asked_herself(child, on=day_of(at))}
    return _ask(request, "children/consent_give.html", child, form, note, page | _about(child, purpose, on=day_of(at)))


def withdraw(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Somebody takes a consent back: what that changes is said first."""
    user, at = signed_in(request), now()
    child, purpose = _child(user, child_id), _purpose(request)
    check_may_note_consent(user, child)
    form = WithdrawForm(request.POST or None, child=child, on=day_of(at))

    def note() -> None:
        given = {"on": form.cleaned_data["on"], "withdrawn_by": form.withdrawn_by}
        withdraw_consent(child=child, purpose=purpose, **given, by=user, at=at)
        messages.success(request, _("It is taken back, from that day on."))

    page = {"version": text_on(purpose, on=day_of(at)).version, "texts": all_texts()}
    return _ask(
        request, "children/consent_withdraw.html", child, form, note, page | _about(child, purpose, on=day_of(at))
    )


def paper(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """All four texts on paper, to be read and signed."""
    on = day_of(now())
    child = _child(signed_in(request), child_id)
    texts = [text_on(purpose, on=on) for purpose in ConsentPurpose]
    page = {"child": child, "texts": texts, "on": on, "is_asked_herself": is_asked_herself(child, on=on)}
    return TemplateResponse(request, "children/consent_paper.html", page)


def _ask(
    request: HttpRequest,
    template: str,
    child: Child,
    form: ConsentForm | WithdrawForm,
    note: Callable[[], None],
    page: dict[str, object],
) -> HttpResponse:
    status = 200
    if form.is_valid():
        try:
            note()
            return redirect("children:consent", child.id)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, template, page | {"form": form}, status=status)


def _about(child: Child, purpose: ConsentPurpose, *, on: date) -> dict[str, object]:
    return {"file": file_of(child, on=on), "purpose": purpose.value, "on": on}


def _child(user: User, child_id: UUID) -> Child:
    files = Child.objects.visible_to(user).select_related("household", "village")
    child: Child = get_object_or_404(files, pk=child_id)
    return child


def _purpose(request: HttpRequest) -> ConsentPurpose:
    asked = request.GET.get("purpose", "")
    if asked not in ConsentPurpose.values:
        raise Http404
    return ConsentPurpose(asked)
