"""The second step: setting the app up, typing its code, new recovery codes, and what was carried over the door."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import now
from ccmp.people.carrying import carried
from ccmp.people.door import opened, prove
from ccmp.people.forms.door import CodeForm
from ccmp.people.reach import posts_held
from ccmp.people.rules.door import needs_second_step
from ccmp.people.services.second_step import (
    address_of,
    has_second_factor,
    make_second_step,
    new_secret,
    renew_recovery_codes,
    set_up_second_factor,
)
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import back, proved_lately
from ccmp.refusals import NotAllowed, Refusal
from ccmp.sealed import seal, unseal
from ccmp.web.forms import refuse

PENDING = "second_step_secret"


def second_step(request: HttpRequest) -> HttpResponse:
    """The code: after the password, and again before names leave the house."""
    user = signed_in(request)
    if not has_second_factor(user):
        return redirect("people:second-step-set-up")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            make_second_step(user=user, code=form.cleaned_data["code"], at=now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            prove(request.session, at=now())
            return redirect(back(request))
    context = {"form": form, "next": back(request), "is_again": _is_proved(request)}
    return render(request, "people/second_step.html", context, status=409 if form.errors else 200)


def _is_proved(request: HttpRequest) -> bool:
    session = opened(request.session)
    return session is not None and session.proved is not None


def set_up(request: HttpRequest) -> HttpResponseBase:
    """The picture for the app, and the first code that it shows. Another app takes the place of this one."""
    user, form = signed_in(request), CodeForm(request.POST or None)
    if not needs_second_step(posts_held(user)):
        raise NotAllowed(_("Your post needs no second step."))
    if has_second_factor(user):
        return replace(request)
    if form.is_valid() and (codes := _set_up(request, form)):
        return render(request, "people/recovery_codes.html", {"codes": codes, "next": back(request)})
    return _picture(request, form)


@proved_lately
def replace(request: HttpRequest) -> HttpResponse:
    """Another phone, while the old one still shows codes."""
    form = CodeForm(request.POST or None)
    if form.is_valid() and (codes := _set_up(request, form)):
        return render(request, "people/recovery_codes.html", {"codes": codes, "next": back(request)})
    return _picture(request, form)


def _set_up(request: HttpRequest, form: CodeForm) -> list[str]:
    """The recovery codes; none when the code was not right, and then the form says so."""
    sealed = request.session.get(PENDING, "")
    try:
        secret = unseal(sealed) if sealed else new_secret()
        code = "".join(form.cleaned_data["code"].split())
        codes = set_up_second_factor(user=signed_in(request), secret=secret, code=code, at=now())
    except Refusal as refusal:
        refuse(form, refusal)
        return []
    del request.session[PENDING]
    prove(request.session, at=now())
    return codes


def _picture(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """It stays the same until its first code was right, however often the page is opened."""
    secret = unseal(request.session[PENDING]) if PENDING in request.session else new_secret()
    if PENDING not in request.session:
        request.session[PENDING] = seal(secret)
    picture = segno.make(address_of(secret, signed_in(request)), error="m")
    context = {
        "form": form,
        "next": back(request),
        "picture": mark_safe(picture.svg_inline(scale=5, light="#fff", svgclass="qr", lineclass=None)),  # noqa: S308  # nosec B308 B703 – drawn here
        "blocks": [secret[place : place + 4] for place in range(0, len(secret), 4)],
    }
    return render(request, "people/second_step_set_up.html", context, status=409 if form.errors else 200)


@require_POST
@proved_lately
def new_codes(request: HttpRequest) -> HttpResponse:
    if not has_second_factor(signed_in(request)):
        raise NotAllowed(_("Your post needs no second step."))
    codes = renew_recovery_codes(user=signed_in(request), at=now())
    return render(request, "people/recovery_codes.html", {"codes": codes, "next": back(request)})


def repeat(request: HttpRequest) -> HttpResponse:
    """What was typed when the door closed: explained, and sent once more by her own hand."""
    told = carried(request)
    if told is None:
        messages.info(request, _("Nothing waits to be sent."))
        return redirect("places:home")
    return render(request, "people/repeat.html", {"action": told["to"], "typed": told["typed"]})
