"""The contact of parents who are away: noting it, and the list of those from whom nobody heard for too long."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from ccmp.audit.record import record_many
from ccmp.many_rows import insert_many
from ccmp.moments import day_of
from ccmp.people.entries import ALL_AT_ONCE, Received, lock_villages, not_yet_held
from ccmp.people.models import User
from children.enums import FATHERS, MOTHERS
from children.models import Away, Child, Kinship, ParentContact, Relative
from children.rules.contact import ContactEntry, check_contact, silent_after
from children.rules.correction import check_may_change


def note_contact(*, entry: ContactEntry, by: User, at: datetime) -> ParentContact:
    """Note that a parent was in touch. It counts for all her children. Sent again, nothing changes."""
    note_contacts(entries=[entry], by=by, at=at)
    return ParentContact.objects.get(pk=entry.id)


@transaction.atomic
def note_contacts(
    *, entries: Sequence[ContactEntry], by: User, at: datetime, received: Received = ALL_AT_ONCE
) -> list[ParentContact]:
    """Note contacts: all of them or, when one is refused, none. Returns those that were new."""
    ids = {entry.child for entry in entries}
    lock_villages(Child.objects.filter(pk__in=ids).values_list("village_code", flat=True))
    children = Child.objects.in_bulk(ids)
    known = {(one.child_id, one.relative_id): one.relative for one in _kinships(entries)}
    fresh = not_yet_held(ParentContact, entries)
    for entry, _mark in fresh:
        check_may_change(by, children[entry.child])
        check_contact(entry, _parent(known, entry), on=day_of(at))
    rows = [_row(entry, mark, children[entry.child], by=by, at=received.get(entry.id, at)) for entry, mark in fresh]
    insert_many(rows)
    record_many(by=by, at=at, did="noted", on=rows, received=received)
    return rows


def _kinships(entries: Sequence[ContactEntry]) -> "QuerySet[Kinship]":
    children, relatives = [one.child for one in entries], [one.relative for one in entries]
    return Kinship.objects.filter(child__in=children, relative__in=relatives).select_related("relative")


def _parent(known: Mapping[tuple[UUID, UUID], Relative], entry: ContactEntry) -> Relative:
    if (entry.child, entry.relative) not in known:
        raise Relative.DoesNotExist
    return known[entry.child, entry.relative]


def _row(entry: ContactEntry, mark: str, child: Child, *, by: User, at: datetime) -> ParentContact:
    return ParentContact(
        id=entry.id,
        village_code=child.village_code,
        made_at=entry.made_at or at,
        recorded_at=at,
        recorded_by=by,
        fingerprint=mark,
        relative_id=entry.relative,
        on=entry.on,
        how=entry.how,
        with_child=entry.with_child,
        with_carer=entry.with_carer,
        note=entry.note.strip(),
    )


def last_contacts(relatives: Iterable[Relative], *, on: date) -> dict[UUID, ParentContact]:
    """The last contact of each of these by a day. One query."""
    rows = ParentContact.objects.filter(relative__in=[one.pk for one in relatives], on__lte=on)
    return {one.relative_id: one for one in rows.order_by("relative", "-on", "-id").distinct("relative")}


def registered_since(relatives: Iterable[Relative], *, on: date) -> dict[UUID, date]:
    """Since when the first child of each of these is in the register. One query."""
    rows = Kinship.objects.filter(
        relative__in=[one.pk for one in relatives], child__in=Child.objects.in_register(on=on)
    )
    found = rows.order_by().values_list("relative_id").annotate(first=Min("child__here_since"))
    return dict(found)


PARENTS = (*FATHERS, *MOTHERS)


def parents_away(relatives: "QuerySet[Relative]", *, on: date) -> "QuerySet[Any]":
    """Of these, fathers and mothers of the day's register who are away for work, with `stay_since` and `heard_on`.

    `heard_on`: the day of the last contact; without one, that on which the stay, or her first child's in the register, began.
    """
    running = Away.objects.filter(Q(until__isnull=True) | Q(until__gt=on), relative=OuterRef("pk"), since__lte=on)
    contacts = ParentContact.objects.filter(relative=OuterRef("pk"), on__lte=on).order_by().values("relative")
    registered = Kinship.objects.filter(
        relative=OuterRef("pk"), relation__in=PARENTS, child__in=Child.objects.in_register(on=on)
    )
    since = registered.order_by("child__here_since").values("child__here_since")
    there = relatives.exclude(died_on__lte=on).exclude(missing_since__lte=on)
    return there.filter(Exists(running), Exists(registered)).annotate(
        stay_since=Subquery(running.values("since")[:1]),
        last_contact=Subquery(contacts.annotate(last=Max("on")).values("last")),
        heard_on=Greatest(
            Subquery(running.values("since")[:1]),
            Coalesce(Subquery(contacts.annotate(last=Max("on")).values("last")), Subquery(since[:1])),
        ),
    )


class Silent(NamedTuple):
    """A parent from whom nobody heard since a day."""

    heard_on: date
    village_code: str
    relative_id: UUID


def silent_parents(relatives: "QuerySet[Relative]", *, on: date) -> list[Silent]:
    """Of these, those from whom nobody heard for longer than the standard lets pass; the longest silence first. One query."""
    rows = parents_away(relatives, on=on).values_list("heard_on", "village_code", "pk")
    last = on - silent_after(on)
    return sorted(one for one in map(Silent._make, rows) if one.heard_on < last)


def silent_lines(silent: Iterable[Silent], children: "QuerySet[Child]", *, on: date) -> list["SilentLine"]:
    """Each with the parent's children among these; who is gone meanwhile, or has none there, is left out. Two queries."""
    keys = [one.relative_id for one in silent]
    of_these = Kinship.objects.filter(child__in=children, relation__in=PARENTS).select_related("child")
    named = Prefetch("kinships", of_these.order_by("child__born_on", "child_id"), to_attr="of_list")
    rows = parents_away(Relative.objects.filter(pk__in=keys), on=on).select_related("village").prefetch_related(named)
    held = {one.pk: one for one in rows}
    return [SilentLine(held[key], on) for key in keys if key in held and held[key].of_list]


@dataclass(frozen=True)
class SilentLine:
    """One parent who is silent, and whose children wait."""

    relative: Any
    on: date

    @property
    def days(self) -> int:
        return int((self.on - self.relative.heard_on).days)

    @property
    def last(self) -> date | None:
        """The day of the last contact that was noted since she went away."""
        last: date | None = self.relative.last_contact
        return last

    @property
    def relation(self) -> str:
        return str(self.relative.of_list[0].get_relation_display())

    @property
    def child(self) -> Child:
        """The eldest: through its file a contact is noted for all."""
        child: Child = self.relative.of_list[0].child
        return child

    @property
    def children(self) -> str:
        return _(", ").join(one.child.name for one in self.relative.of_list)


def is_silent(heard_on: date, *, on: date) -> bool:
    """The twin of silent_parents for one parent who is away."""
    return heard_on < on - silent_after(on)
