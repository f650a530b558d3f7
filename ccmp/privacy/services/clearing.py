"""Emptying a child's file: what is left counts in old reports, and tells of nobody.

The rows of visits, flags and referrals stay, so that what was reported once still adds up; every word, number, address
and day by which somebody could be known goes. Grown-ups and home go with the last child of theirs.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.changes.forgetting import forget
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages
from ccmp.people.enums import Sex
from ccmp.people.models import User
from ccmp.privacy.models import Clearing, GuardianRequest, LegalHold, Opening, Unmasking
from ccmp.refusals import Refusal
from children.enums import NoIdReason
from children.models import (
    Application,
    ApplicationMove,
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
    HouseholdMeans,
    Incapacity,
    Kinship,
    Move,
    ParentContact,
    PastHukou,
    Relative,
    Transfer,
    Unclaimed,
)
from referrals.enums import ReferralState
from referrals.models import Referral, ReferralMove, Task, TaskMove
from visits.enums import FlagState
from visits.models import Flag, FlagMove, Visit

GONE = "—"  # where the database asks for a word
NO_WORDS: Mapping[str, str] = {"why": ""}
# Rows that go, by how they lead to the child: those on which others stand come later.
DELETED: tuple[tuple[type[Model], str], ...] = (
    (FileChange, "child"),
    (Difference, "child"),
    (Confirmation, "child"),
    (FileCheck, "child"),
    (Consent, "child"),
    (ApplicationMove, "application__child"),
    (Application, "child"),
    (ChildGround, "child"),
    (Unclaimed, "child"),
    (PastHukou, "child"),
    (Guardianship, "child"),
    (Kinship, "child"),
)
# Rows that stay, and what of them is emptied.
EMPTIED: tuple[tuple[type[Model], str, Mapping[str, Any]], ...] = (
    (Move, "child", {"where": "", "note": ""}),
    (Transfer, "child", {"words": "", "handover": "", "answer": "", "to_head_name": "", "to_neighbourhood": ""}),
    (Visit, "child", {"answers": {}, "notes": {}, "note": "", "not_alone_because": ""}),
    (Flag, "child", {"seen": GONE, "situation": "", "child_words": "", "answer": ""}),
    (FlagMove, "flag__child", NO_WORDS),
    (Referral, "child", {"goal": GONE, "without_consent_because": "", "closing_words": ""}),
    (ReferralMove, "referral__child", NO_WORDS),
    (Task, "referral__child", {"title": GONE, "asked": GONE, "done_when": ""}),
    (TaskMove, "task__referral__child", NO_WORDS),
    (GuardianRequest, "child", {"asked_by": GONE, "words": "", "answer": GONE}),
    (Unmasking, "child", {"words": ""}),
    (Opening, "child", {"words": "", "judgement": ""}),
    (LegalHold, "child", {"why": GONE}),
)
OF_THE_CHILD = {
    "name": GONE,
    "pinyin": "",
    "initials": "",
    "sex": Sex.NOT_STATED,
    "ethnic_group": "97",
    "ethnic_words": "",
    "resident_id": "",
    "resident_id_index": None,
    "resident_id_tail": "",
    "resident_id_as_said": False,
    "no_id_reason": NoIdReason.NOT_AT_HAND,
    "hukou_county": "",
    "hukou_place": "",
    "lives_here_since": None,
    "health_told_on": None,
    "school_name": "",
}
OF_A_RELATIVE = {
    "name": GONE,
    "born_on": None,
    "phone": "",
    "phone_index": "",
    "resident_id": "",
    "resident_id_index": "",
    "works_at": "",
    "address": "",
}
OF_A_HOME = {"head_name": GONE, "neighbourhood": "", "address": "", "aid": "", "income": []}


class CannotClear(Refusal):
    """Something keeps the file from being emptied."""


class HeldBack(CannotClear):
    sentence = _("Nothing of this child may be deleted at present: a legal hold stands on the file.")


class StillHere(CannotClear):
    sentence = _(
        "The child belongs to the register, and the office has to care for it by law. Take back the consents instead, or wait until"
        " the child has left."
    )


class StillOpen(CannotClear):
    sentence = _("A report or a referral about this child is still open. It is closed first.")


@transaction.atomic
def clear_at_request(child: Child, *, by: User, at: datetime) -> Clearing:
    """A guardian asked for it. Raises CannotClear."""
    return clear_child(child, rule="request", by=by, at=at)


@transaction.atomic
def clear_child(child: Child, *, rule: str, by: User | None, at: datetime) -> Clearing:
    """Empty one file. Raises HeldBack, StillHere, StillOpen. Emptied already: nothing changes."""
    lock_villages([child.village_code])
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    held = Clearing.objects.filter(child=child).first()
    if held is not None:
        return held
    _check_may_go(child, at=at)
    relatives = list(child.kinships.values_list("relative_id", flat=True))
    changes = _rows_of(child)
    _empty(child)
    changes[Relative] = _clear_grown_ups(relatives)
    changes[Household] = _clear_home(child)
    forget(changes)
    record(by=by, at=at, did="cleared", on=child, rule=rule)
    return Clearing.objects.create(child=child, at=at, by=by, rule=rule)


def open_about(child: Child) -> bool:
    flags = Flag.objects.filter(child=child).exclude(state__in=[FlagState.CLOSED, FlagState.DISMISSED])
    return flags.exists() or Referral.objects.filter(child=child).exclude(state=ReferralState.CLOSED).exists()


def _check_may_go(child: Child, *, at: datetime) -> None:
    if LegalHold.objects.holding(on=day_of(at)).filter(child=child).exists():
        raise HeldBack
    if child.gone_on is None or child.gone_on > day_of(at):
        raise StillHere
    if open_about(child):
        raise StillOpen


def _empty(child: Child) -> None:
    for model, way in DELETED:
        _rows(model, way, child).delete()
    for model, way, emptied in EMPTIED:
        _rows(model, way, child).update(**emptied)
    Flag.objects.filter(child=child).exclude(police_told_whom="").update(police_told_whom=GONE)
    first = child.born_on.replace(month=1, day=1)  # the year alone stays
    Child.objects.filter(pk=child.pk).update(**OF_THE_CHILD, born_on=first, version=child.version + 1)


def _rows_of(child: Child) -> dict[type[Model], list[Any]]:
    """The child and every row of its file, by which what stood in them before is found."""
    ways = [*DELETED, *((model, way) for model, way, _emptied in EMPTIED)]
    rows = {model: list(_rows(model, way, child).values_list("pk", flat=True)) for model, way in ways}
    return rows | {Child: [child.pk]}


def _clear_grown_ups(relatives: list[Any]) -> list[Any]:
    """Those whom no other child's file names any more. Who they are."""
    still_named = Kinship.objects.filter(relative__in=relatives).values("relative")
    gone = list(Relative.objects.filter(pk__in=relatives).exclude(pk__in=still_named).values_list("pk", flat=True))
    FileChange.objects.filter(relative__in=gone).delete()
    for model in (CareBar, Incapacity):
        model.objects.filter(relative__in=gone).delete()
    Away.objects.filter(relative__in=gone).update(where="")
    ParentContact.objects.filter(relative__in=gone).update(note="")
    Relative.objects.filter(pk__in=gone).update(**OF_A_RELATIVE)
    return gone


def _clear_home(child: Child) -> list[Any]:
    """With the last of its children. Which it was, if it went."""
    others = Child.objects.filter(household=child.household_id).exclude(pk=child.pk)
    if others.filter(Q(clearing__isnull=True)).exists():
        return []
    HouseholdMeans.objects.filter(household=child.household_id).delete()
    Household.objects.filter(pk=child.household_id).update(**OF_A_HOME)
    return [child.household_id]


def _rows(model: type[Model], way: str, child: Child) -> "QuerySet[Any]":
    return model._default_manager.filter(**{way: child.pk})
