"""Registering children: one from the form, or as many as a file or a phone brings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
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
from children.rules.id_areas import Areas
from children.rules.id_tail import tail_mark
from children.rules.names import initials_of, pinyin_of
from children.rules.registration import BadRegistration, check_may_register, check_registration
from children.rules.resident_id import clean_number
from children.services.family import add_families
from children.services.id_numbers import check_numbers_are_free, noting_numbers_tried


def register_child(*, entry: ChildEntry, by: User, at: datetime) -> Child:
    """Register one child. Sent again, the child that is already held comes back."""
    register_children(entries=[entry], by=by, at=at)
    return Child.objects.get(pk=entry.id)


@noting_numbers_tried
@transaction.atomic
def register_children(
    *,
    entries: Sequence[ChildEntry],
    by: User,
    at: datetime,
    received: Received = ALL_AT_ONCE,
    permission: str = "children.add_child",
) -> list[Child]:
    """Register children with their homes, parents and carers: all of them or, when one is refused, none.

    Returns those that were new. Raises a Refusal that names the field. `permission`: what one needs for it in the village.
    """
    lock_villages(entry.village_code for entry in entries)
    fresh = not_yet_held(Child, entries)
    for village_code in {entry.village_code for entry, _mark in fresh}:
        check_may_register(by, village_code, permission=permission)
    areas = Areas.known() if any(entry.resident_id for entry, _mark in fresh) else Areas({})
    for entry, _mark in fresh:
        check_registration(entry, on=day_of(received.get(entry.id, at)), areas=areas)
    _check_not_in_any_file([entry for entry, _mark in fresh], by=by, at=at)
    _make_households([entry for entry, _mark in fresh])
    children = [_child(entry, mark, by=by, at=received.get(entry.id, at)) for entry, mark in fresh]
    insert_many(children)
    add_families([entry for entry, _mark in fresh], on=day_of(at))
    for follow in settings.AFTER_REGISTRATION:
        import_string(follow)(children=children, by=by, at=at)
    record_many(by=by, at=at, did="registered", on=children, received=received)
    return children


def _check_not_in_any_file(entries: Sequence[ChildEntry], *, by: User, at: datetime) -> None:
    numbers = {clean_number(entry.resident_id): entry.village_code for entry in entries if entry.resident_id}
    if len(numbers) < sum(bool(entry.resident_id) for entry in entries):
        raise BadRegistration(_("Two of these children have the same ID number."), field="resident_id")
    check_numbers_are_free(numbers, by=by, at=at)


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
    insert_many([_household(entry) for household_id, entry in wanted.items() if household_id not in held])


def _household(entry: ChildEntry) -> Household:
    return Household(
        id=entry.household.id,
        village_code=entry.village_code,
        head_name=entry.household.head_name.strip(),
        neighbourhood=entry.household.neighbourhood.strip(),
        address=entry.household.address.strip(),
        income=list(entry.household.income),
        aid=entry.household.aid.strip(),
    )


def _child(entry: ChildEntry, mark: str, *, by: User, at: datetime) -> Child:
    name, day = entry.name.strip(), _registered_on(entry, at=at)
    return Child(
        id=entry.id,
        **_entered(entry, mark, by=by, at=at),
        household_id=entry.household.id,
        name=name,
        pinyin=pinyin_of(name),
        initials=initials_of(name),
        sex=entry.sex,
        born_on=entry.born_on,
        ethnic_group=entry.ethnic_group,
        ethnic_words=entry.ethnic_words.strip(),
        **_numbered(entry),
        hukou=entry.hukou,
        hukou_county=entry.hukou_county,
        hukou_place=entry.hukou_place.strip(),
        lives_here_since=entry.lives_here_since,
        health_told_on=day if entry.told_healthy else None,
        school_stage=entry.school_stage,
        school_name=entry.school_name.strip(),
        is_boarding=entry.is_boarding,
        registered_on=day,
        here_since=day,
    )


def _numbered(entry: ChildEntry) -> dict[str, Any]:
    """The ID number with the marks by which it is found, or why there is none."""
    number = clean_number(entry.resident_id)
    return {
        "resident_id": number,
        "resident_id_index": blind_index(number) if number else None,
        "resident_id_tail": tail_mark(number),
        "resident_id_as_said": bool(number) and entry.number_as_said,
        "no_id_reason": entry.no_id_reason,
    }


def _entered(entry: ChildEntry, mark: str, *, by: User, at: datetime) -> dict[str, Any]:
    """What every entry's row begins with."""
    return {
        "village_code": entry.village_code,
        "made_at": entry.made_at,
        "recorded_at": at,
        "recorded_by_id": by.id,
        "fingerprint": mark,
    }


def _registered_on(entry: ChildEntry, *, at: datetime) -> date:
    return min(day_of(entry.made_at), day_of(at))
