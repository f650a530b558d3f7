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
from ccmp.one_of import OneOf
from ccmp.people.entries import lock_villages
from children.enums import GoneWhy
from children.models import OF_AGE, Child, TakeUpRun, Unclaimed, years_before
from children.rules.benefits import listed_when_grown, open_benefits, rules_mark
from children.rules.entitlements import Entitlement, counting_in, entitlements_of
from children.services.claim_facts import applied_for, facts_of
from children.services.take_up_month import keep_months

VILLAGES_AT_ONCE = 20  # about 10,000 children: some seconds of one worker, and then the next task has its turn

JUDGED = (  # of a child
    "village_code", "household_id", "born_on", "school_stage", "is_boarding", "registered_on", "here_since",
    "gone_on", "gone_why",
)  # fmt: skip


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


def open_to(children: Sequence[Child], *, on: date) -> dict[UUID, list[Entitlement]]:
    """Each open benefit for each of these children. Six queries, however many they are."""
    facts, applied, asked = facts_of(children), applied_for(children, on=on), open_benefits()
    rules = {code: counting_in(code, on=on, among=asked) for code in {child.village_code for child in children}}
    return {
        child.id: entitlements_of(facts[child.id], applied.get(child.id, {}), on=on, counting=rules[child.village_code])
        for child in children
    }


def work_out(children: Sequence[Child], *, on: date) -> list[Entitlement]:
    """Bring the list of the unclaimed up to date for these children: only what differs is written.

    Their villages have to be locked. Returns what was found of those who are in the register.
    """
    registered = {child.id for child in children if child.is_in_register(on=on)}
    found = open_to([child for child in children if child.id in registered or _is_listed_grown(child, on=on)], on=on)
    wanted = {
        (child_id, one.benefit.code): _standing(one)
        for child_id, ones in found.items()
        for one in ones
        if one.is_unclaimed and (child_id in registered or _is_listed_for(one, on=on))
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
    return [one for child_id, ones in found.items() if child_id in registered for one in ones]


def _is_listed_grown(child: Child, *, on: date) -> bool:
    """She came of age, which alone took her out of the register, and is still young enough for one benefit or another."""
    oldest = max(listed_when_grown().values(), default=OF_AGE)
    of_age = child.born_on <= years_before(on, OF_AGE) and child.gone_why in ("", GoneWhy.OF_AGE)
    return of_age and child.born_on > years_before(on, oldest)


def _is_listed_for(one: Entitlement, *, on: date) -> bool:
    until = listed_when_grown().get(one.benefit.code, OF_AGE)
    return one.facts.born_on > years_before(on, until)


def _standing(one: Entitlement) -> Standing:
    since = one.application.since if one.application else None
    return Standing(one.rule.version if one.rule else 0, one.state.value, since)


def _held(child_ids: list[UUID]) -> dict[tuple[UUID, str], Held]:
    rows = Unclaimed.objects.filter(OneOf("child_id", child_ids))
    fields = ("child_id", "benefit", "id", "rule_version", "state", "since")
    return {(child_id, code): Held(*rest) for child_id, code, *rest in rows.values_list(*fields)}


def _differs(held: Held, now: Standing) -> bool:
    return (held.rule_version, held.state, held.since) != (now.rule_version, now.state, now.since or held.since)


def _moved(held: Held, now: Standing) -> Unclaimed:
    return Unclaimed(id=held.id, rule_version=now.rule_version, state=now.state, since=now.since or held.since)


@transaction.atomic
def start_working_out(*, at: datetime) -> TakeUpRun | None:
    """A working out of the whole register for today by today's rules; None when the newest one is just that.

    Where other rules came in between and were taken back the same day, the day's own run begins anew.
    """
    on = day_of(at)
    count = Child.objects.in_register(on=on).count()
    given = {"children": count, "started_at": at, "touched_at": at}
    run, is_new = TakeUpRun.objects.get_or_create(on=on, rules=rules_mark(), defaults=given)
    if is_new:
        return run
    if run == TakeUpRun.objects.newest_first().first():
        return None
    TakeUpRun.objects.filter(pk=run.pk).update(done=0, reached="", finished_at=None, **given)
    return run


def work_out_next_villages(run_id: UUID, *, at: datetime, villages: int = VILLAGES_AT_ONCE) -> bool:
    """Do the next villages of a run, each by itself; a worker that was killed left off at a village's end.

    Returns whether there is more to do.
    """
    return all(_work_out_next_village(run_id, at=at) for _village in range(villages))


@transaction.atomic
def _work_out_next_village(run_id: UUID, *, at: datetime) -> bool:
    """In one transaction: the village's rows and the note that it is done. False when another worker has the run.

    A run is worked out by the rules that it names and by no others: a worker that still has older ones, or has newer ones
    already, leaves it alone. So does any worker once a newer run has begun.
    """
    runs = TakeUpRun.objects.unfinished().filter(rules=rules_mark())
    run = runs.select_for_update(skip_locked=True).filter(pk=run_id).first()
    if run is None or run != TakeUpRun.objects.newest_first().first():
        return False
    code = _village_after(run.reached)
    if code is None:
        TakeUpRun.objects.filter(pk=run_id).update(finished_at=at, touched_at=at)
        return False
    lock_villages([code])
    children = list(Child.objects.under(code).only(*JUDGED))
    keep_months(code, work_out(children, on=run.on), on=run.on, at=at)
    there = sum(child.is_in_register(on=run.on) for child in children)
    TakeUpRun.objects.filter(pk=run_id).update(reached=code, done=F("done") + there, touched_at=at)
    return True


def newest_unfinished(*, touched_before: datetime) -> TakeUpRun | None:
    """A run that nobody is at: its worker was killed. An older one than the newest is not worth its while."""
    newest = TakeUpRun.objects.newest_first().first()
    if newest is None or newest.finished_at or newest.touched_at >= touched_before or newest.rules != rules_mark():
        return None
    return newest


def _village_after(code: str) -> str | None:
    rows = Child.objects.filter(village_code__gt=code).order_by("village_code")
    return rows.values_list("village_code", flat=True).first()
