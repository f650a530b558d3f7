"""The steps at the door: which is the next, how one is sent there, and back to where she was."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from ccmp.moments import now
from ccmp.people.carrying import carry, is_carried
from ccmp.people.door import lacks_second_step, opened
from ccmp.people.models import User
from ccmp.people.reach import posts_held
from ccmp.people.rules.door import needs_second_step
from ccmp.people.services.second_step import has_second_factor

SECOND_STEP, SET_UP, CHOOSE_ANEW = "people:second-step", "people:second-step-set-up", "people:password"
SAFE = ("GET", "HEAD")


def step_before(request: HttpRequest) -> str | None:
    """The step that whoever is signed in has still to make before anything opens; none when she is all the way in."""
    user = request.user
    session = opened(request.session) if isinstance(user, User) else None
    if not isinstance(user, User) or session is None:
        return None
    if not lacks_second_step(session, posts_held(user)):
        return CHOOSE_ANEW if user.must_change_password else None
    if has_second_factor(user):
        return SECOND_STEP
    return CHOOSE_ANEW if user.must_change_password else SET_UP


def sent_to(step: str, request: HttpRequest) -> HttpResponseBase:
    """To the step, and from there back: what was typed is carried along."""
    if request.method not in SAFE:
        carry(request)
    address = f"{reverse(step)}?{urlencode({'next': _where(request)})}"
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)


def _where(request: HttpRequest) -> str:
    """The page itself; what was sent is shown once more first; a part of a page leads to the page round it."""
    if request.method not in SAFE:
        return reverse("people:repeat")
    current = request.headers.get("HX-Current-URL", "") if request.headers.get("HX-Request") else ""
    return current if current and is_ours(current, request) else request.get_full_path()


def back(request: HttpRequest) -> str:
    """Where she was going when a step was asked for: an address of ours, or the front door."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if is_carried(request):
        return reverse("people:repeat")
    return asked if asked and is_ours(asked, request) else reverse("places:home")


def is_ours(address: str, request: HttpRequest) -> bool:
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def proved_lately(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For what carries names out of the house: an official types a code once more if the last one was a while ago."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = opened(request.session)
        is_asked = isinstance(request.user, User) and needs_second_step(posts_held(request.user))
        if is_asked and (session is None or not session.is_proved_lately(at=now())):
            return sent_to(SECOND_STEP, request)
        return view(request, *args, **kwargs)

    return asked
