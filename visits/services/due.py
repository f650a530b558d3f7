"""Keeping the deadlines of visits: rebuilt, for the children concerned, from the facts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ccmp.many_rows import insert_many
from ccmp.moments import day_of
from ccmp.people.models import User
from children.models import Child, PastStay
from visits.enums import RiskLevel
from visits.models import Flag, Visit, VisitDeadline
from visits.rules.due import Due, Stay, Turn, chain_of_deadlines, chain_over_stays
from visits.rules.flag_kinds import kind_rule


def plan_first_visits(*, children: Sequence[Child], by: User, at: datetime) -> None:
    """Newly registered children are due a first visit."""
    insert_many(
        [
            _row(child, due)
            for child in children
            for due in chain_of_deadlines(registered_on=child.registered_on, turns=[])
        ]
    )


def rebuild_deadlines(children: Iterable[Child]) -> None:
    """Make the deadlines of these children what their stays, visits and flags say. Four queries, and one insert."""
    by_id = {child.id: child for child in children}
    turns, stays = _turns(by_id), _stays(by_id)
    VisitDeadline.objects.filter(child__in=by_id).delete()
    insert_many(
        [_row(child, due) for child in by_id.values() for due in chain_over_stays(stays[child.id], turns[child.id])]
    )


def follow_a_move(*, children: Sequence[Child], by: User | None, at: datetime) -> None:
    """Whoever leaves a register is due no visit there; whoever comes to one brings along what is due."""
    rebuild_deadlines(children)


def deadlines_as_known(children: Iterable[Child], *, recorded_before: datetime) -> dict[UUID, list[Due]]:
    """The chain of each child as a report must see it: from what had been recorded before a moment. Three queries."""
    by_id = {child.id: child for child in children}
    turns, stays = _turns(by_id, recorded_before=recorded_before), _stays(by_id)
    return {child.id: chain_over_stays(stays[child.id], turns[child.id]) for child in by_id.values()}


def _stays(by_id: dict[UUID, Child]) -> dict[UUID, list[Stay]]:
    """Where each child belonged, in turn: the earlier stays, and the present one."""
    earlier: dict[UUID, list[Stay]] = defaultdict(list)
    rows = PastStay.objects.filter(child__in=by_id).order_by("since", "until", "id")
    for child_id, since, until, code in rows.values_list("child_id", "since", "until", "village_code"):
        earlier[child_id].append(Stay(since, until, code))
    return {
        child.id: [*earlier[child.id], Stay(child.here_since, child.gone_on, child.village_code)]
        for child in by_id.values()
    }


def _turns(by_id: dict[UUID, Child], *, recorded_before: datetime | None = None) -> dict[UUID, list[Turn]]:
    happened: dict[UUID, list[tuple[datetime, Turn]]] = defaultdict(list)
    known = Q(recorded_at__lt=recorded_before) if recorded_before else Q()
    visits = Visit.objects.filter(known, child__in=by_id).completed().values_list("child_id", "made_at", "level", "id")
    for child_id, made_at, level, visit_id in visits:
        happened[child_id].append((made_at, Turn(day_of(made_at), RiskLevel(level), visit_id)))
    flags = Flag.objects.filter(known, child__in=by_id).values_list("child_id", "raised_at", "kind")
    for child_id, raised_at, kind in flags:
        if child_id is not None and kind_rule(kind).makes_high:
            happened[child_id].append((raised_at, Turn(day_of(raised_at), RiskLevel.HIGH)))
    in_order = {child_id: sorted(turns, key=lambda pair: pair[0]) for child_id, turns in happened.items()}
    return defaultdict(list, {child_id: [turn for _moment, turn in turns] for child_id, turns in in_order.items()})


def _row(child: Child, due: Due) -> VisitDeadline:
    return VisitDeadline(
        child_id=child.id,
        village_code=due.village_code or child.village_code,
        level=due.level,
        set_on=due.set_on,
        due_on=due.due_on,
        rule=due.rule,
        closed_on=due.closed_on,
        closed_because=due.closed_because,
        met_by_id=due.met_by,
    )
