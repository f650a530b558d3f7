"""Entries: facts that a phone, a page or another program sends with an id of its own, any number of times.

The same id with the same content is the entry that is already held. The same id with other content is refused.
"""

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.people.reach import VillageFact
from ccmp.refusals import SameIdOtherContent
from ccmp.sealed import blind_index
from ccmp.walls.asking import whole_reach


class Sent(Protocol):
    """An entry as it was sent: a frozen dataclass with the sender's id."""

    @property
    def id(self) -> UUID: ...


Something = TypeVar("Something", bound=Sent)

# When each entry of a batch reached the server, by its id, for entries that came one by one before they are taken in
# together. Entries that are not named came at the service's `at`.
Received = Mapping[UUID, datetime]
ALL_AT_ONCE: Received = MappingProxyType({})


class Entry(VillageFact):
    """A fact with the sender's id and moment, and when and from whom the server got it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    made_at = models.DateTimeField()  # by the sender's clock
    recorded_at = models.DateTimeField()  # by the server's
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)

    class Meta:
        abstract = True


def lock_villages(village_codes: Iterable[str]) -> None:
    """Until the transaction ends nobody else writes in these villages: what is checked stays true while it is written."""
    with connection.cursor() as cursor:
        for code in sorted(set(village_codes)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [code])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(str(one) for one in value)
    if dataclasses.is_dataclass(value):
        return vars(value)
    raise TypeError(f"{type(value).__name__} cannot be part of an entry")


def fingerprint_of(entry: Any) -> str:
    """A keyed fingerprint (64 hex digits) of everything an entry says but what its class names in UNSAID.

    Keyed, since a plain one would give an ID number away: beside birth date and sex only some hundreds are left to try.
    """
    said = {name: value for name, value in vars(entry).items() if name not in getattr(entry, "UNSAID", ())}
    body = json.dumps(said, default=_plain, sort_keys=True, ensure_ascii=False)
    return blind_index(body)


def not_yet_held(model: type[models.Model], entries: Sequence[Something]) -> list[tuple[Something, str]]:
    """The entries that are new, each once and with its fingerprint; those already held are left out.

    Raises SameIdOtherContent when an id is held, or comes twice, with other content. One query.
    """
    rows = model._default_manager.filter(pk__in=[one.id for one in entries])
    with whole_reach("an entry's number is used once in the country"):
        held: dict[UUID, str] = dict(rows.values_list("pk", "fingerprint"))
    fresh: dict[UUID, tuple[Something, str]] = {}
    for entry in entries:
        mark = fingerprint_of(entry)
        known = held.get(entry.id) or fresh.get(entry.id, (entry, mark))[1]
        if known != mark:
            raise SameIdOtherContent(
                _("Something else was already recorded under this number. Nothing was changed. Open the page again.")
            )
        if entry.id not in held:
            fresh[entry.id] = (entry, mark)
    return list(fresh.values())
