"""A child moves to another village with its file, in one stroke: stay, home, grown-ups, and every row of the file.

What was done in the old village stays its own: visits, flags, referrals, attendance, moves, past stays, the audit trail.
See ADR 0021 for each table.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Model

from ccmp.identifiers import new_id
from ccmp.people.models import User
from children.enums import OF_THE_HOME, GoneWhy, Kept
from children.models import (
    Application,
    Away,
    CareBar,
    Child,
    ChildGround,
    Confirmation,
    Consent,
    Difference,
    FileChange,
    FileCheck,
    Guardianship,
    Household,
    Incapacity,
    Kinship,
    ParentContact,
    Relative,
    Unclaimed,
)
from children.services.moves import end_stay

# Rows of the file: they are the child's, and its village's whose it is. `tests/children/test_transfer.py` holds that every
# table with a child and a village is here or among those that stay.
GOES_WITH_THE_CHILD: tuple[type[Model], ...] = (
    Application,
    ChildGround,
    Confirmation,
    Consent,
    Difference,
    FileChange,
    FileCheck,
    Unclaimed,
)
OF_A_RELATIVE: tuple[type[Model], ...] = (CareBar, ParentContact)
DATED: tuple[type[Model], ...] = (Away, Incapacity)


def rehome(child: Child, *, to: Household, on: date, by: User, at: datetime) -> None:
    """Let a (locked) child belong to another village and home from a day on."""
    if child.gone_on is None:
        child.gone_on, child.gone_why = on, GoneWhy.TRANSFERRED
    end_stay(child)
    _leave_the_homes_differences(child, by=by, at=at)
    for relative in _grown_ups(child):
        _bring_along(relative, child, to=to)
    child.village_code, child.household = to.village_code, to
    child.here_since, child.gone_on, child.gone_why = on, None, ""
    child.version += 1
    child.save(update_fields=["village_code", "household", "here_since", "gone_on", "gone_why", "version"])
    for model in GOES_WITH_THE_CHILD:
        model._default_manager.filter(child=child).update(village_code=to.village_code)


def _leave_the_homes_differences(child: Child, *, by: User, at: datetime) -> None:
    """What is told in two ways of the old home goes on with whoever stays there; with nobody there it is at an end."""
    stays = Child.objects.filter(household=child.household_id).exclude(pk=child.pk).order_by("id").first()
    of_home = Difference.objects.open().filter(child=child, field__in=OF_THE_HOME)
    if stays is not None:
        of_home.update(child=stays)
    else:
        of_home.update(kept=Kept.WITHDRAWN, decided_by=by, decided_at=at)


def _grown_ups(child: Child) -> Iterable[Relative]:
    named = Kinship.objects.filter(child=child).values("relative")
    caring = Guardianship.objects.filter(child=child, carer__isnull=False).values("carer")
    rows = Relative.objects.filter(pk__in=named) | Relative.objects.filter(pk__in=caring)
    return rows.distinct().order_by("id")


def _bring_along(relative: Relative, child: Child, *, to: Household) -> None:
    """The grown-up moves, or, where other children of hers stay behind, stays with them and stands in the new village too."""
    known = _known_there(relative, to)
    if known is None and not _has_others(relative, child):
        _move(relative, to=to)
        return
    there = known or _copy(relative, to=to)
    Kinship.objects.filter(child=child, relative=relative).update(relative=there)
    Guardianship.objects.filter(child=child, carer=relative).update(carer=there)
    Difference.objects.filter(child=child, relative=relative).update(relative=there)
    FileChange.objects.filter(child=child, relative=relative).update(relative=there)


def _known_there(relative: Relative, to: Household) -> Relative | None:
    """The same person in the new home, where a brother or sister of the child came before: by number, or name and birth."""
    for one in to.relatives.filter(name=relative.name).order_by("id"):
        if relative.resident_id_index and one.resident_id_index:
            if relative.resident_id_index == one.resident_id_index:
                return one
        elif _agree(relative.born_on, one.born_on) or _agree(relative.phone_index, one.phone_index):
            return one
    return None


def _agree(here: object, there: object) -> bool:
    return bool(here) and here == there


def _has_others(relative: Relative, child: Child) -> bool:
    named = Kinship.objects.filter(relative=relative).exclude(child=child)
    caring = Guardianship.objects.filter(carer=relative).exclude(child=child)
    return named.exists() or caring.exists()


def _move(relative: Relative, *, to: Household) -> None:
    relative.village_code, relative.household = to.village_code, to
    relative.save(update_fields=["village_code", "household"])
    for model in OF_A_RELATIVE:
        model._default_manager.filter(relative=relative).update(village_code=to.village_code)


def _copy(relative: Relative, *, to: Household) -> Relative:
    """The same grown-up once more, with her dated facts as they stand."""
    there = Relative.objects.get(pk=relative.pk)
    _anew(there, new_id())
    there.village_code, there.household = to.village_code, to
    there.save(force_insert=True)
    for model in (*DATED, *OF_A_RELATIVE):
        for row in model._default_manager.filter(relative=relative).order_by("pk"):
            _anew(row, new_id() if model in OF_A_RELATIVE else None)
            row.relative = there  # type: ignore[attr-defined]
            if model in OF_A_RELATIVE:
                row.village_code = to.village_code  # type: ignore[attr-defined]
            row.save(force_insert=True)
    return there


def _anew(row: Model, key: UUID | None) -> None:
    row.pk, row._state.adding = key, True
