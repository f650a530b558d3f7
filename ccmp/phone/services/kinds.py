"""Entries whose body is that of an address of the API: what `children/`, `visits/` and the others take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rest_framework.exceptions import ValidationError

from ccmp.people.models import User
from ccmp.phone.entries import SentEntry
from ccmp.phone.rules.sent import FormRefused, NotInReach, NotReadable
from ccmp.web.rest.bodies import Body
from ccmp.web.rest.fields import Id, Moment, Words
from ccmp.web.rest.problems import messages_of
from children.api.bodies import RegistrationBody, entry_of
from children.services.register import register_child
from clubs.api.bodies import ClosureBody, SessionBody, closure_entry, session_entry
from clubs.models import ClubSession
from clubs.services.clubs import ask_for_closure
from clubs.services.sessions import close_club, enter_session, open_club
from referrals.models import Task
from referrals.services.tasks import confirm_task
from visits.api.bodies import FlagBody, VisitBody, flag_entry, visit_entry
from visits.services.flags import raise_flag
from visits.services.visits import record_visit

Values = dict[str, Any]


class ShutBody(Body):
    """The door of a session was shut."""

    session = Id()
    closed_at = Moment()


class ConfirmBody(Body):
    """What she saw of a department's task."""

    task = Id()
    made_at = Moment()
    words = Words(max_length=1000)


@dataclass(frozen=True)
class Kind:
    """What is sent and what is done with it: called as take(values, by=, at=)."""

    body: type[Body]
    take: Callable[..., object]


def _child(values: Values, *, by: User, at: datetime) -> object:
    return register_child(entry=entry_of(values), by=by, at=at)


def _session(values: Values, *, by: User, at: datetime) -> object:
    entry = session_entry(values)
    keep = open_club if entry.closed_at is None else enter_session
    return keep(entry=entry, by=by, at=at)


def _shut(values: Values, *, by: User, at: datetime) -> object:
    session = ClubSession.objects.visible_to(by).filter(pk=values["session"]).first()
    if session is None:
        raise NotInReach(field="session")
    return close_club(session_id=session.id, closed_at=values["closed_at"], by=by, at=at)


def _closure(values: Values, *, by: User, at: datetime) -> object:
    return ask_for_closure(entry=closure_entry(values), by=by, at=at)


def _visit(values: Values, *, by: User, at: datetime) -> object:
    return record_visit(entry=visit_entry(values), by=by, at=at)


def _flag(values: Values, *, by: User, at: datetime) -> object:
    return raise_flag(entry=flag_entry(values), by=by, at=at)


def _confirm(values: Values, *, by: User, at: datetime) -> object:
    task = Task.objects.visible_to(by).filter(pk=values["task"]).first()
    if task is None:
        raise NotInReach(field="task")
    return confirm_task(task_id=task.id, words=values["words"], by=by, at=at, made_at=values["made_at"])


KINDS: dict[str, Kind] = {
    "child": Kind(RegistrationBody, _child),
    "club-session": Kind(SessionBody, _session),
    "club-session-close": Kind(ShutBody, _shut),
    "closure": Kind(ClosureBody, _closure),
    "visit": Kind(VisitBody, _visit),
    "flag": Kind(FlagBody, _flag),
    "task-confirm": Kind(ConfirmBody, _confirm),
}


def carry_out(entry: SentEntry, *, made_at: datetime, by: User, at: datetime) -> None:
    """Do what an entry of one of these kinds says. Its id and moment stand for those that the body leaves out."""
    kind = KINDS[entry.kind]
    if not isinstance(entry.body, Mapping):
        raise NotReadable()
    left_out = {"id": str(entry.id), "made_at": made_at.isoformat()}
    known = kind.body._declared_fields
    body = kind.body(data={name: value for name, value in left_out.items() if name in known} | dict(entry.body))
    try:
        body.is_valid(raise_exception=True)
    except ValidationError as error:
        sentences: dict[str, list[str]] = {}
        for name, sentence in messages_of(error):
            sentences.setdefault(name, []).append(sentence)
        raise FormRefused(sentences) from None
    kind.take(dict(body.validated_data), by=by, at=at)
