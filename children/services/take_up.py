"""What children may qualify for: of one child on demand, of the register kept as a list of what nobody claimed yet.

The list is worked out from the facts and may be dropped and made again at any time: see ADR 0016.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F

from ccmp.many_rows import insert_many
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages
from children.models import Child, TakeUpRun, Unclaimed
from children.rules.benefits import open_benefits, rules_mark
from children.rules.entitlements import Entitlement, entitlements_of
from children.services.claim_facts import applied_for, facts_of

VILLAGES_AT_ONCE = 20  # about 10,000 children: some seconds of one worker, and then the next task has its turn


class Standing(NamedTuple):
    rule_version: int
    state: str
    since: date | None  # None: since it was first known


class Held(NamedTuple):
    id: int
    rule_version: int
    state: str
    since: date


def entitlements_of_child(child: Child, *, on: date) -> list[Entitlement]:
    """Each benefit, confidential ones too: what of it may be shown, rules.claims says. Six queries."""
    applied = applied_for([child], on=on).get(child.id, {})
    return entitlements_of(facts_of([child])[child.id], applied, on=on)


def unclaimed_by(children: Sequence[Child], *, on: date) -> dict[UUID, list[Entitlement]]:
    """The open benefits that these children may qualify for and do not receive. Six queries, however many they are."""
    facts, applied, asked = facts_of(children), applied_for(children, on=on), open_benefits()
    found = {
        child.id: entitlements_of(facts[child.id], applied.get(child.id, {}), on=on, among=asked) for child in children
    }
    return {child_id: [one for one in ones if one.is_unclaimed] for child_id, ones in found.items()}


def work_out(children: Sequence[Child], *, on: date) -> None:
    """Bring the list of the unclaimed up to date for these children: only what differs is written.

    Their villages have to be locked.
    """
    there = [child for child in children if child.is_in_register(on=on)]
    wanted = {
        (child_id, one.benefit.code): _standing(one)
        for child_id, ones in unclaimed_by(there, on=on).items()
        for one in ones
    }
    villages = {child.id: child.village_code for child in children}
    held = _held(list(villages))
    gone = [row.id for key, row in held.items() if key not in wanted]
    moved = [_moved(held[key], now) for key, now in wanted.items() if key in held and _differs(held[key], now)]
    Unclaimed.objects.filter(pk__in=gone).delete()
    Unclaimed.objects.bulk_update(moved, ["rule_version", "state", "since"], batch_size=500)
    insert_many(
        [
            Unclaimed(
                child_id=child_id, village_code=villages[child_id], benefit=code,
                rule_version=now.rule_version, state=now.state, since=now.since or on,
            )
            for (child_id, code), now in wanted.items()
            if (child_id, code) not in held
        ]
    )  # fmt: skip


def _standing(one: Entitlement) -> Standing:
    since = one.application.since if one.application else None
    return Standing(one.rule.version if one.rule else 0, one.state.value, since)


def _held(child_ids: list[UUID]) -> dict[tuple[UUID, str], Held]:
    rows = Unclaimed.objects.filter(child__in=child_ids)
    fields = ("child_id", "benefit", "id", "rule_version", "state", "since")
    return {(child_id, code): Held(*rest) for child_id, code, *rest in rows.values_list(*fields)}


def _differs(held: Held, now: Standing) -> bool:
    return (held.rule_version, held.state, held.since) != (now.rule_version, now.state, now.since or held.since)


def _moved(held: Held, now: Standing) -> Unclaimed:
    return Unclaimed(id=held.id, rule_version=now.rule_version, state=now.state, since=now.since or held.since)


@transaction.atomic
def start_working_out(*, at: datetime) -> TakeUpRun | None:
    """A working out of the whole register for today by today's rules; None when there is one already."""
    on = day_of(at)
    count = Child.objects.in_register(on=on).count()
    given = {"children": count, "started_at": at, "touched_at": at}
    run, is_new = TakeUpRun.objects.get_or_create(on=on, rules=rules_mark(), defaults=given)
    return run if is_new else None


def work_out_next_villages(run_id: UUID, *, at: datetime, villages: int = VILLAGES_AT_ONCE) -> bool:
    """Do the next villages of a run, each by itself; a worker that was killed left off at a village's end.

    Returns whether there is more to do.
    """
    return all(_work_out_next_village(run_id, at=at) for _village in range(villages))


@transaction.atomic
def _work_out_next_village(run_id: UUID, *, at: datetime) -> bool:
    """In one transaction: the village's rows and the note that it is done. False when another worker has the run."""
    run = TakeUpRun.objects.unfinished().select_for_update(skip_locked=True).filter(pk=run_id).first()
    if run is None:
        return False
    code = _village_after(run.reached)
    if code is None:
        TakeUpRun.objects.filter(pk=run_id).update(finished_at=at, touched_at=at)
        return False
    lock_villages([code])
    children = list(Child.objects.under(code).defer("resident_id"))
    work_out(children, on=run.on)
    there = sum(child.is_in_register(on=run.on) for child in children)
    TakeUpRun.objects.filter(pk=run_id).update(reached=code, done=F("done") + there, touched_at=at)
    return True


def newest_unfinished(*, touched_before: datetime) -> TakeUpRun | None:
    """A run that nobody is at: its worker was killed. An older one than the newest is not worth its while."""
    newest = TakeUpRun.objects.newest_first().first()
    if newest is None or newest.finished_at or newest.touched_at >= touched_before:
        return None
    return newest


def _village_after(code: str) -> str | None:
    rows = Child.objects.filter(village_code__gt=code).order_by("village_code")
    return rows.values_list("village_code", flat=True).first()
