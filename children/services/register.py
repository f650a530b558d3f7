"""Registering children: one from the form, or as many as a file or a phone brings."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record_many
from ccmp.many_rows import insert_many
from ccmp.moments import day_of
from ccmp.people.entries import ALL_AT_ONCE, Received, lock_villages, not_yet_held
from ccmp.people.models import User
from ccmp.refusals import NotAllowed
from ccmp.sealed import blind_index
from children.entries import ChildEntry
from children.models import Child, Household
from children.rules.names import initials_of, pinyin_of
from children.rules.registration import AlreadyRegistered, BadRegistration, check_may_register, check_registration
from children.services.family import add_families


def register_child(*, entry: ChildEntry, by: User, at: datetime) -> Child:
    """Register one child. Sent again, the child that is already held comes back."""
    register_children(entries=[entry], by=by, at=at)
    return Child.objects.get(pk=entry.id)


@transaction.atomic
def register_children(
    *, entries: Sequence[ChildEntry], by: User, at: datetime, received: Received = ALL_AT_ONCE
) -> list[Child]:
    """Register children with their homes, parents and carers: all of them or, when one is refused, none.

    Returns those that were new. Raises a Refusal that names the field.
    """
    lock_villages(entry.village_code for entry in entries)
    fresh = not_yet_held(Child, entries)
    for village_code in {entry.village_code for entry, _mark in fresh}:
        check_may_register(by, village_code)
    for entry, _mark in fresh:
        check_registration(entry, on=day_of(received.get(entry.id, at)))
    _check_not_in_any_file([entry for entry, _mark in fresh])
    _make_households([entry for entry, _mark in fresh])
    children = [_child(entry, mark, by=by, at=received.get(entry.id, at)) for entry, mark in fresh]
    insert_many(children)
    add_families([entry for entry, _mark in fresh], on=day_of(at))
    for follow in settings.AFTER_REGISTRATION:
        import_string(follow)(children=children, by=by, at=at)
    record_many(by=by, at=at, did="registered", on=children, received=received)
    return children


def _check_not_in_any_file(entries: Sequence[ChildEntry]) -> None:
    indexes = [blind_index(_clean(entry.resident_id)) for entry in entries if entry.resident_id]
    if len(indexes) != len(set(indexes)) or Child.objects.filter(resident_id_index__in=indexes).exists():
        raise AlreadyRegistered()


def _make_households(entries: Sequence[ChildEntry]) -> None:
    wanted = {entry.household.id: entry for entry in entries}
    held: dict[UUID, str] = dict(Household.objects.filter(pk__in=wanted).values_list("pk", "village_code"))
    for household_id, entry in wanted.items():
        if held.get(household_id, entry.village_code) != entry.village_code:
            raise NotAllowed(
                _("This home belongs to another village. Choose a home of your own village, or write a new one.")
            )
        if household_id not in held and not entry.household.head_name.strip():
            raise BadRegistration(
                _("Write whose home it is: the name of the head of the household."), field="head_name"
            )
    insert_many(
        [
            Household(
                id=entry.household.id,
                village_code=entry.village_code,
                head_name=entry.household.head_name.strip(),
                neighbourhood=entry.household.neighbourhood.strip(),
                address=entry.household.address.strip(),
            )
            for household_id, entry in wanted.items()
            if household_id not in held
        ]
    )


def _clean(number: str) -> str:
    return "".join(number.split()).upper()


def _child(entry: ChildEntry, mark: str, *, by: User, at: datetime) -> Child:
    number, name = _clean(entry.resident_id), entry.name.strip()
    return Child(
        id=entry.id,
        village_code=entry.village_code,
        made_at=entry.made_at,
        recorded_at=at,
        recorded_by_id=by.id,
        fingerprint=mark,
        household_id=entry.household.id,
        name=name,
        pinyin=pinyin_of(name),
        initials=initials_of(name),
        sex=entry.sex,
        born_on=entry.born_on,
        ethnic_group=entry.ethnic_group,
        ethnic_words=entry.ethnic_words.strip(),
        resident_id=number,
        resident_id_index=blind_index(number) if number else None,
        no_id_reason=entry.no_id_reason,
        hukou=entry.hukou,
        school_stage=entry.school_stage,
        is_boarding=entry.is_boarding,
        registered_on=_registered_on(entry, at=at),
    )


def _registered_on(entry: ChildEntry, *, at: datetime) -> date:
    return min(day_of(entry.made_at), day_of(at))
