"""Visits that fell due. The deadlines' table says how things stand now; a report wants them as known at the cut-off.

The two differ for children about whom something of before the cut-off was recorded after it: their chain is built again
from what was known. They are few; everybody else is counted by the database.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from ccmp.reports.rules.figures import VisitsAtLevel
from ccmp.reports.services.collect.scope import Counted, Scope, nothing
from children.models import Child
from visits.enums import Closing, FlagKind, RiskLevel
from visits.models import Flag, Visit, VisitDeadline
from visits.rules.due import Due
from visits.rules.flag_kinds import kind_rule
from visits.services.due import deadlines_as_known

COUNTS = ("due", "in_time", "late", "overdue")
Levels = dict[tuple[str, str], list[int]]


def deadlines_of(scope: Scope) -> Counted:
    """By risk level: due in the month, kept, kept late; and every visit still owed at the cut-off."""
    told_late = _children_told_of_late(scope)
    levels: Levels = {}
    for code, level, *numbers in _counted(scope, told_late):
        levels[code, level] = numbers
    _add_rebuilt(levels, scope, told_late)
    found = nothing(lambda: {"visits": ()})
    for code in {code for code, _level in levels}:
        found[code]["visits"] = tuple(
            VisitsAtLevel(level, *levels[code, level])
            for level in RiskLevel.values
            if any(levels.get((code, level), []))
        )
    return found


def _counted(scope: Scope, told_late: set[UUID]) -> Iterable[tuple[Any, ...]]:
    first, last, cut = scope.month.first_day, scope.month.last_day, scope.cut_off_day
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gte=cut)
    is_kept = Q(closed_because=Closing.VISITED, closed_on__lt=cut)
    is_missed = Q(closed_because=Closing.LEFT, closed_on__lt=cut, closed_on__gt=F("due_on"))
    in_month = Q(due_on__range=(first, last)) & (is_open | is_kept | is_missed)
    rows = (
        scope.rows(VisitDeadline.objects.all())
        .filter(due_on__lte=last, child__recorded_at__lt=scope.cut_off)
        .filter(is_open | Q(due_on__gte=first))
        .exclude(child__in=told_late)
        .order_by()
        .values("village_code", "level")
        .annotate(
            due=Count("pk", filter=in_month),
            in_time=Count("pk", filter=in_month & is_kept & Q(closed_on__lte=F("due_on"))),
            late=Count("pk", filter=in_month & is_kept & Q(closed_on__gt=F("due_on"))),
            overdue=Count("pk", filter=is_open),
        )
    )
    return rows.values_list("village_code", "level", *COUNTS)


def _children_told_of_late(scope: Scope) -> set[UUID]:
    """Children with a visit or an alarm of before the cut-off that was recorded only after it. Two queries."""
    alarming = [kind for kind in FlagKind.values if kind_rule(kind).makes_high]
    visits = Visit.objects.completed().filter(recorded_at__gte=scope.cut_off, made_at__lt=scope.cut_off)
    flags = Flag.objects.filter(
        recorded_at__gte=scope.cut_off, raised_at__lt=scope.cut_off, kind__in=alarming, child__isnull=False
    )
    return {
        *scope.rows(visits).values_list("child_id", flat=True),
        *scope.rows(flags).values_list("child_id", flat=True),
    }


def _add_rebuilt(levels: Levels, scope: Scope, told_late: set[UUID]) -> None:
    if not told_late:
        return
    children = Child.objects.filter(pk__in=told_late, recorded_at__lt=scope.cut_off)
    by_id = {child.id: child for child in children}
    for chain in deadlines_as_known(by_id.values(), recorded_before=scope.cut_off).values():
        for due in chain:
            if due.village_code not in scope.codes:
                continue
            numbers = levels.setdefault((due.village_code, str(due.level)), [0, 0, 0, 0])
            for at, one in enumerate(_judge(due, scope)):
                numbers[at] += one


def _judge(due: Due, scope: Scope) -> tuple[int, int, int, int]:
    """One deadline as the query above counts it."""
    first, last, cut = scope.month.first_day, scope.month.last_day, scope.cut_off_day
    is_open = due.closed_on is None or due.closed_on >= cut
    is_kept = due.closed_on is not None and due.closed_on < cut and due.closed_because == Closing.VISITED
    is_missed = not is_open and due.closed_because == Closing.LEFT and (due.closed_on or cut) > due.due_on
    in_month = first <= due.due_on <= last and (is_open or is_kept or is_missed)
    kept_on: date = due.closed_on or cut
    return (
        int(in_month),
        int(in_month and is_kept and kept_on <= due.due_on),
        int(in_month and is_kept and kept_on > due.due_on),
        int(is_open and due.due_on <= last),
    )
