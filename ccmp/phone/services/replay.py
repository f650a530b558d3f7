"""A form that was filled in on the phone goes to its own page, as if it were posted now."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.forms import BaseForm
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseRedirectBase
from django.template.response import TemplateResponse
from django.urls import ResolverMatch, resolve
from django.utils.translation import get_language

from ccmp.people.models import User
from ccmp.phone.entries import SentEntry
from ccmp.phone.rules.sent import FormRefused, NotInReach, NotReadable, NotTaken, UnknownKind
from ccmp.phone.services.pack import pages_that_post
from ccmp.refusals import NotAllowed
from ccmp.web.sent import Sent, SentRequest

MOST_FIELDS, LONGEST_ADDRESS = 500, 2000


class Said:
    """Stands where a page leaves its messages: what went well is told to nobody, what did not is a refusal."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def add(self, level: int, message: Any, extra_tags: str = "") -> None:
        if level >= messages.ERROR:
            self.errors.append(str(message))

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def replay(entry: SentEntry, sent: Sent, by: User) -> None:
    """Post an entry to its page. Returns when the page has taken it, else raises a Refusal."""
    path, query, fields = _posted(entry.body)
    match = _match(path, entry.kind)
    request = _request(match, path, query, fields, sent, by)
    try:
        answer = match.func(request, *match.args, **match.kwargs)
    except Http404:
        raise NotInReach() from None
    except PermissionDenied as error:
        raise NotAllowed(str(error) or NotInReach.sentence) from None
    said: Said = request._messages  # type: ignore[attr-defined]
    if said.errors:
        raise NotTaken(said.errors[0])
    _check_taken(answer)


def _posted(body: Any) -> tuple[str, str, dict[str, list[str]]]:
    """Path, query and fields of a page's entry. Raises NotReadable."""
    if not isinstance(body, Mapping):
        raise NotReadable()
    path, query, fields = body.get("path"), body.get("query", ""), body.get("fields")
    if not isinstance(path, str) or not isinstance(query, str) or not isinstance(fields, Mapping):
        raise NotReadable()
    if len(path) > LONGEST_ADDRESS or len(query) > LONGEST_ADDRESS or len(fields) > MOST_FIELDS:
        raise NotReadable()
    listed = {name: [values] if isinstance(values, str) else values for name, values in fields.items()}
    if not all(isinstance(one, list) and all(isinstance(value, str) for value in one) for one in listed.values()):
        raise NotReadable()
    return path, query.removeprefix("?"), listed


def _match(path: str, kind: str) -> ResolverMatch:
    """The page that the path leads to: the one that the entry names, and one that takes entries of an outbox."""
    if kind not in pages_that_post():
        raise UnknownKind()
    try:
        match = resolve(path)
    except Http404:
        raise NotReadable() from None
    if match.view_name != kind:
        raise NotReadable()
    return match


def _request(
    match: ResolverMatch, path: str, query: str, fields: Mapping[str, list[str]], sent: Sent, by: User
) -> SentRequest:
    request: Any = SentRequest()
    request.method, request.path, request.path_info = "POST", path, path
    request.META = {"REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost"}
    try:
        request.GET, request.POST = QueryDict(query), QueryDict(mutable=True)
    except SuspiciousOperation:
        raise NotReadable() from None
    for name, values in fields.items():
        request.POST.setlist(name, values)
    request.POST._mutable = False
    request.user, request.sent, request.resolver_match = by, sent, match
    request.session, request._messages, request.htmx, request.LANGUAGE_CODE = {}, Said(), False, get_language()
    return cast(SentRequest, request)


def _check_taken(answer: HttpResponse) -> None:
    """A page that has taken a form leads on to another one; a page that has not shows the form again."""
    if isinstance(answer, HttpResponseRedirectBase):
        return
    shown = (answer.context_data or {}) if isinstance(answer, TemplateResponse) else {}
    for form in shown.values():
        if isinstance(form, BaseForm) and form.is_bound and form.errors:
            said = {name: [str(one) for one in errors] for name, errors in form.errors.items()}
            raise FormRefused(said) from getattr(form, "refusal", None)
    raise NotTaken()
