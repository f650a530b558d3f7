"""The grown-ups round newly registered children: each relative once, however many brothers and sisters share her."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ccmp.many_rows import insert_many
from ccmp.refusals import NotAllowed
from ccmp.sealed import blind_index
from children.entries import CarerEntry, ChildEntry, ParentEntry
from children.enums import CareKind
from children.models import Away, Guardianship, Incapacity, Kinship, Relative
from children.rules.phone_mark import phone_mark
from children.rules.resident_id import clean_number


def add_families(entries: Sequence[ChildEntry], *, on: date) -> None:
    """Add parents and carers of registrations. Relatives that are already held are joined, never changed."""
    named: dict[UUID, tuple[ChildEntry, ParentEntry | CarerEntry]] = {}
    for entry in entries:
        for parent in entry.parents:
            named.setdefault(parent.id, (entry, parent))
        if entry.carer and entry.carer.kind != CareKind.NONE:
            named.setdefault(entry.carer.id, (entry, entry.carer))
    held = _held_in_their_village(named)
    fresh = {key: pair for key, pair in named.items() if key not in held}
    insert_many([_relative(entry, person) for entry, person in fresh.values()])
    parents = [person for _entry, person in fresh.values() if isinstance(person, ParentEntry)]
    _add_dated_facts(parents)
    insert_many([kinship for entry in entries for kinship in _kinships(entry)])
    insert_many([_guardianship(entry, entry.carer) for entry in entries if entry.carer])


def _held_in_their_village(named: dict[UUID, tuple[ChildEntry, ParentEntry | CarerEntry]]) -> set[UUID]:
    rows = dict(Relative.objects.filter(pk__in=named).values_list("pk", "village_code"))
    for key, village_code in rows.items():
        if village_code != named[key][0].village_code:
            raise NotAllowed(_("This relative belongs to another village. Write the relative anew."))
    return set(rows)


def _relative(entry: ChildEntry, person: ParentEntry | CarerEntry) -> Relative:
    parent = person if isinstance(person, ParentEntry) else None
    number = clean_number(person.resident_id)
    return Relative(
        id=person.id,
        village_code=entry.village_code,
        household_id=entry.household.id,
        name=person.name.strip(),
        born_on=person.born_on,
        phone=person.phone.strip(),
        phone_index=phone_mark(person.phone),
        resident_id=number,
        resident_id_index=blind_index(number) if number else "",
        works_at=person.works_at.strip(),
        address=person.address.strip(),
        died_on=parent.died_on if parent else None,
        missing_since=parent.missing_since if parent else None,
    )


def _add_dated_facts(parents: Sequence[ParentEntry]) -> None:
    stays = [Away(relative_id=one.id, since=one.away_since, where=one.away_where) for one in parents if one.away_since]
    insert_many(stays)
    insert_many(
        [
            Incapacity(relative_id=one.id, reason=one.unable_reason, since=one.unable_since, until=one.unable_until)
            for one in parents
            if one.unable_since
        ]
    )


def _kinships(entry: ChildEntry) -> list[Kinship]:
    relations = {one.id: one.relation for one in entry.parents}
    if entry.carer and entry.carer.kind != CareKind.NONE:
        relations.setdefault(entry.carer.id, entry.carer.relation)
    return [Kinship(child_id=entry.id, relative_id=key, relation=relation) for key, relation in relations.items()]


def _guardianship(entry: ChildEntry, carer: CarerEntry) -> Guardianship:
    return Guardianship(
        child_id=entry.id,
        carer_id=carer.id if carer.kind != CareKind.NONE else None,
        kind=carer.kind,
        since=carer.since,
        is_entrusted=carer.is_entrusted,
        paper_signed_on=carer.paper_signed_on,
        school_told_on=carer.school_told_on,
        village_told_on=carer.village_told_on,
    )
