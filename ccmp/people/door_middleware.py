"""The door stands before everything: whoever is signed in, but not all the way in, reaches nothing but the next step."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from ccmp.moments import now
from ccmp.people.carrying import CARRIED, packed
from ccmp.people.door import POST_ENDED, SEEN_EVERY, begin, opened, take_up, why_over
from ccmp.people.models import User
from ccmp.people.reach import posts_held
from ccmp.people.services.door import shut_everything
from ccmp.people.steps import SAFE, sent_to, step_before
from ccmp.web.device_words import device_words

ALWAYS = ("people:sign-out", "people:language")
NEVER_CARRIED = ("people:sign-in", *ALWAYS)
WHY = "why_signed_out"


class GateMiddleware:
    """Ends sessions that are over, and sends who lacks a step to make it. Nothing else is open to her: default deny."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            _look_at(request, request.user)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        step = step_before(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_endpoint = hasattr(view, "cls")
        is_public = not getattr(view, "login_required", True) and not is_endpoint
        if step is None or is_public or name in (step, *ALWAYS):
            return None
        if is_endpoint:  # to the API she is not signed in yet; a token of its own it reads by itself
            request.user = AnonymousUser()
            return None
        return sent_to(step, request)


def _look_at(request: HttpRequest, user: User) -> None:
    at, posts, session = now(), posts_held(user), opened(request.session)
    if session is None:
        words = device_words(request.headers.get("User-Agent", ""))
        session = begin(request.session, posts=posts, device=words, at=at)
    if why := why_over(session, posts, at=at):
        _end(request, user, why)
        return
    take_up(request.session, posts)
    if at - session.seen >= SEEN_EVERY:
        request.session.note_seen(at)  # type: ignore[attr-defined]


def _end(request: HttpRequest, user: User, why: str) -> None:
    """The session is over. What she had typed waits until she is back; after a post nothing does."""
    is_work = request.method not in SAFE and request.path not in map(reverse, NEVER_CARRIED)
    typed = packed(request) if is_work and why != POST_ENDED and request.POST else ""
    if why == POST_ENDED:
        shut_everything(user)
    logout(request)
    request.session[WHY] = why
    if typed:
        request.session[CARRIED] = typed
