"""Walking every address of the resolver as everybody, to everything, and leaving no trace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ccmp.audit.models import REFUSED, SAW, AuditEntry
from ccmp.people.models import User
from tests.access.bodies import JSON
from tests.access.forms import FORMS
from tests.access.world import Facts
from tests.factories import PEAR_GARDEN
from tests.signing_in import Client

# Addresses are asked for by name; their arguments come from the facts of a place.
ARGUMENTS: dict[str, Callable[[Facts], Any]] = {
    "child_id": lambda facts: facts.child.id,
    "relative_id": lambda facts: facts.child.family[0].relative_id,
    "difference_id": lambda facts: facts.difference.id,
    "transfer_id": lambda facts: facts.transfer.id,
    "session_id": lambda facts: facts.session.id,
    "closure_id": lambda facts: facts.closure.id,
    "visit_id": lambda facts: facts.visit.id,
    "flag_id": lambda facts: facts.flag.id,
    "referral_id": lambda facts: facts.referral.id,
    "task_id": lambda facts: facts.task.id,
    "term_id": lambda facts: facts.term.id,
    "report_id": lambda facts: facts.report_id,
    "user_id": lambda facts: facts.mother.id,
    "person_id": lambda facts: facts.mother.id,
    "posting_id": lambda facts: facts.mother.postings.get().id,
    "department_id": lambda facts: facts.task.department_id,
    "phone_id": lambda facts: facts.phone.id,
    "entry_id": lambda facts: facts.refused.id,
    "file_id": lambda facts: facts.register_file.id,
    "study_id": lambda facts: facts.study.id,
    "hold_id": lambda facts: facts.hold.id,
    "request_id": lambda facts: facts.request.id,
    "opening_id": lambda facts: facts.opening.id,
    "incident_id": lambda facts: facts.incident.id,
    "village_code": lambda facts: facts.village_code,
    "month": lambda facts: "2026-03",
    "language": lambda facts: "en",
    "step": lambda facts: "home",
    "uid": lambda facts: "nobody",
    "token": lambda facts: "nothing",
}
# Pages that show or take something besides by what their query names.
QUERIES: dict[str, Callable[[Facts], dict[str, Any]]] = {
    "visits:flags?flag": lambda facts: {"flag": facts.flag.id},
    "visits:raise-flag?child": lambda facts: {"child": facts.child.id},
    "children:consent-give?purpose": lambda facts: {"purpose": "care"},
    "children:consent-withdraw?purpose": lambda facts: {"purpose": "evaluation"},
    "children:transfer?to": lambda facts: {"to": PEAR_GARDEN},
    "children:register?household": lambda facts: {"household": facts.child.household_id},
}
SEEING = [
    "read",
    "read the trail",
    "read the changes",
    "downloaded",
    SAW,
    REFUSED,
    "signed in",
    "signed out",
    "could not sign in",
]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def patterns(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its full name. One without a name cannot be told of in a table: it is an error."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            assert entry.name, f"{entry.pattern} has no name"
            name = f"{namespace}{entry.name}"
            yield name, entry
            yield from ((query, entry) for query in QUERIES if query.partition("?")[0] == name)


def methods_of(pattern: URLPattern) -> list[str]:
    """The methods that an endpoint takes; a page is asked both for itself and for what it takes."""
    view = getattr(pattern.callback, "cls", None)
    if view is None:
        return ["GET", "POST"]
    return [method for method in METHODS if hasattr(view, method.lower())]


def needs_a_place(pattern: URLPattern, name: str, method: str) -> bool:
    arguments = pattern.pattern.converters or pattern.pattern.regex.groupindex
    return bool(arguments) or name in QUERIES or (name, method) in JSON


def address_of(name: str, pattern: URLPattern, facts: Facts) -> str:
    if name == "api:unknown":
        return "/api/v1/nothing/"
    arguments = pattern.pattern.converters or pattern.pattern.regex.groupindex
    path, _, asked = name.partition("?")
    query = f"?{urlencode(QUERIES[name](facts))}" if asked else ""
    return reverse(path, kwargs={argument: ARGUMENTS[argument](facts) for argument in arguments}) + query


@dataclass(frozen=True)
class Answer:
    """The status, with a ! behind it when something was done; and what stands on the page."""

    cell: str
    text: str


class Walker:
    """One person's requests. Each begins with the same session, and whatever it wrote is taken back."""

    def __init__(self, user: User | None) -> None:
        self.client = Client()
        self.client.lasts = timedelta(hours=1)
        if user is not None:
            self.client.force_login(user, backend="ccmp.people.backends.PostingBackend")
        self.session = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, name: str, pattern: URLPattern, method: str, facts: Facts) -> Answer:
        self.client.cookies.clear()
        for cookie, value in self.session.items():
            self.client.cookies[cookie] = value
        with transaction.atomic():
            before = _acts()
            response = self._send(name, address_of(name, pattern, facts), method, facts)
            has_acted = _acts() > before
            transaction.set_rollback(True)
        text = "" if response.streaming else response.content.decode(errors="replace")
        return Answer(f"{response.status_code}{'!' if has_acted else ''}", text)

    def get_with(self, query: dict[str, str], name: str, pattern: URLPattern, facts: Facts) -> int:
        """The status when the address is asked with this query; 500 when it breaks."""
        self.client.raise_request_exception = False
        with transaction.atomic():
            status: int = self.client.get(address_of(name, pattern, facts), query).status_code
            transaction.set_rollback(True)
        return status

    def _send(self, name: str, address: str, method: str, facts: Facts) -> Any:
        send = getattr(self.client, method.lower())
        if name.startswith("api:") and method != "GET":
            return send(address, JSON.get((name, method), _nothing)(facts), content_type="application/json")
        typed = FORMS.get(name.partition("?")[0], _nothing)(facts) if method == "POST" else None
        return send(address, typed)


def _nothing(facts: Facts) -> dict[str, Any]:
    return {}


def _acts() -> int:
    """How often somebody has done something, by the audit trail; seeing, coming and going is not doing."""
    return AuditEntry.objects.exclude(did__in=SEEING).count()
