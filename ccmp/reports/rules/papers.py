"""From exact figures to what a report freezes. Everything that leaves the office passes here."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from ccmp.moments import Month
from ccmp.reports.enums import Edition
from ccmp.reports.rules import sums
from ccmp.reports.rules.figures import Activity, Tally, VillageFigures, Week
from ccmp.reports.rules.needs import ActBy, in_need_first, needs_of
from ccmp.reports.rules.published import SCHEMA, Breakdowns, Holiday, Need, Paper, Sums, VillageRow
from ccmp.reports.rules.small_numbers import (
    FEW,
    SMALLEST_SHOWN,
    WITHHELD,
    Cell,
    Node,
    Published,
    published_column,
    withheld_places,
)
from ccmp.reports.rules.take_up import take_up_of

SENSITIVE_SUMS = tuple(field.name for field in fields(Sums) if field.type == Published)
VILLAGE_COLUMNS = ("left_behind", "flags_raised", "needs_met", "unclaimed")
NEEDS_ON_THE_FIRST_PAGE = 5
PROGRAMME = "000000000000"


@dataclass(frozen=True)
class Frame:
    """What surrounds a report's figures: for whom, of which month, by which rules, until when."""

    edition: Edition
    month: Month
    place_code: str
    place: str
    place_above: str
    cut_off: datetime
    rule_versions: tuple[str, ...]
    holidays: tuple[Holiday, ...]
    act_by: ActBy
    authority: str = ""


def paper_of(frame: Frame, villages: Sequence[VillageFigures]) -> Paper:
    """Freeze these villages' month for one edition."""
    ordered = in_need_first(villages)
    is_one = len(ordered) == 1
    totals = sums.sums_of(ordered, code=frame.place_code, name=frame.place)
    counties, provinces = _counties(ordered), _provinces(ordered)
    withheld = withheld_places(_tree(totals, provinces, counties, ordered))
    breakdowns = sums.breakdowns_of(ordered, by_office=frame.edition == Edition.COUNTY)
    by_foundation = frame.edition == Edition.FOUNDATION
    return Paper(
        **_head(frame),
        totals=_shown(totals, withheld),
        by_arm=_by_arm(ordered) if by_foundation else (),
        provinces=tuple(_shown(one, withheld) for one in provinces) if by_foundation else (),
        counties=tuple(_shown(one, withheld) for one in counties) if by_foundation else (),
        breakdowns=None if totals.code in withheld or (is_one and _tells_apart(breakdowns)) else breakdowns,
        themes=sums.tallied(Tally(one.theme, 1) for village in ordered for one in village.activities),
        hours=sums.months_of_hours(ordered, month=frame.month),
        needs=_needs(frame, ordered, is_one=is_one),
        villages=tuple(_village_rows(ordered, withheld)),
        activities=_activities(ordered) if is_one else (),
        openings=ordered[0].openings if is_one else (),
        take_up=() if is_one or totals.code in withheld else take_up_of(ordered),
    )


def _head(frame: Frame) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "edition": str(frame.edition),
        "month": str(frame.month),
        **{name: getattr(frame, name) for name in ("place_code", "place", "place_above", "cut_off")},
        **{name: getattr(frame, name) for name in ("rule_versions", "holidays", "authority")},
    }


def _activities(villages: Sequence[VillageFigures]) -> tuple[Activity, ...]:
    return tuple(sorted(villages[0].activities, key=lambda one: (one.held_on, one.theme)))


def _needs(frame: Frame, villages: Sequence[VillageFigures], *, is_one: bool) -> tuple[Need, ...]:
    if frame.edition == Edition.VILLAGE:
        return ()  # nobody is named as wanting on a club's wall
    needs = needs_of(
        villages,
        act_by=frame.act_by,
        at_most=NEEDS_ON_THE_FIRST_PAGE,
        names_departments=frame.edition == Edition.COUNTY,
    )
    return tuple(need for need in needs if need.village_code or not is_one)


def _counties(villages: Sequence[VillageFigures]) -> list[Sums]:
    found: dict[str, list[VillageFigures]] = {}
    for village in sorted(villages, key=lambda one: one.code):
        found.setdefault(village.county_code, []).append(village)
    return [
        sums.sums_of(same, code=code, name=same[0].county, above_code=same[0].province_code)
        for code, same in found.items()
    ]


def _provinces(villages: Sequence[VillageFigures]) -> list[Sums]:
    found: dict[str, list[VillageFigures]] = {}
    for village in sorted(villages, key=lambda one: one.code):
        found.setdefault(village.province_code, []).append(village)
    return [sums.sums_of(same, code=code, name=same[0].province) for code, same in found.items()]


def _by_arm(villages: Sequence[VillageFigures]) -> tuple[Sums, ...]:
    """The two arms side by side: what they were open and visited, without the sensitive columns."""
    arms = sorted({village.arm for village in villages})
    same = ([village for village in villages if village.arm == arm] for arm in arms)
    return tuple(_withheld(sums.sums_of(ones, code=arm, name=arm)) for arm, ones in zip(arms, same, strict=True))


def _tree(totals: Sums, provinces: list[Sums], counties: list[Sums], villages: Sequence[VillageFigures]) -> Node:
    """The places of a paper as small numbers see them. A county paper has one county, a sheet one village."""

    def county(one: Sums) -> Node:
        return Node(one.code, one.children, _is_told_apart(one))

    if len(counties) == 1:
        return Node(totals.code, totals.children, _is_told_apart(totals), (county(counties[0]),))
    return Node(
        totals.code,
        totals.children,
        is_told_apart=False,
        parts=tuple(
            Node(
                province.code,
                province.children,
                is_told_apart=False,
                parts=tuple(county(one) for one in counties if one.above_code == province.code),
            )
            for province in provinces
        ),
    )


def _is_told_apart(one: Sums) -> bool:
    """A single village stands behind a small sum: the place's only one, or the only one that has counted its benefits."""
    names = SENSITIVE_SUMS if one.villages == 1 else sums.TAKE_UP if one.take_up_villages == 1 else ()
    return any(0 < (getattr(one, name) or 0) < SMALLEST_SHOWN for name in names)


def _tells_apart(breakdowns: Breakdowns) -> bool:
    rows: tuple[Any, ...] = (*breakdowns.visits, *breakdowns.attempts, *breakdowns.flags, *breakdowns.tasks)
    counts = (getattr(row, name) for row in rows for name in row.__dataclass_fields__)
    return any(isinstance(count, int) and 0 < count < SMALLEST_SHOWN for count in counts)


def _shown(one: Sums, withheld: set[str]) -> Sums:
    return _withheld(one) if one.code in withheld else one


def _withheld(one: Sums) -> Sums:
    nothing: dict[str, Any] = dict.fromkeys(SENSITIVE_SUMS, WITHHELD)
    return replace(one, is_withheld=True, **nothing)


def _village_rows(villages: Sequence[VillageFigures], withheld: set[str]) -> list[VillageRow]:
    """Villages in their order, with the sensitive columns as their county lets them be printed."""
    columns: dict[str, dict[str, Published]] = {village.code: {} for village in villages}
    for county_code in {village.county_code for village in villages}:
        same = [village for village in villages if village.county_code == county_code]
        for name in VILLAGE_COLUMNS:
            is_withheld = county_code in withheld and len(villages) > 1
            for village, count in zip(same, _column(same, name, is_withheld=is_withheld), strict=True):
                columns[village.code][name] = count
    return [_village_row(village, columns[village.code]) for village in villages]


def _column(villages: Sequence[VillageFigures], name: str, *, is_withheld: bool) -> list[Published]:
    if name == "unclaimed" and not all(village.is_take_up_counted for village in villages):
        return _column_of_counted(villages, is_withheld=is_withheld)
    cells = [
        Cell(_sensitive(village, name), village.children if name == "left_behind" else None) for village in villages
    ]
    if is_withheld:
        return [WITHHELD for _ in cells]
    if len(cells) == 1:
        return [FEW if cells[0].is_small else cells[0].count]
    return published_column(cells)


def _column_of_counted(villages: Sequence[VillageFigures], *, is_withheld: bool) -> list[Published]:
    """Villages that have not counted their benefits stand without a number among the others."""
    counted = [village for village in villages if village.is_take_up_counted]
    shown = iter(_column(counted, "unclaimed", is_withheld=is_withheld) if counted else ())
    return [next(shown) if village.is_take_up_counted else WITHHELD for village in villages]


def _sensitive(village: VillageFigures, name: str) -> int:
    if name == "left_behind":
        return village.left_behind
    if name == "unclaimed":
        return village.unclaimed
    if name == "flags_raised":
        return sum(one.raised for one in village.flags)
    return sum(one.confirmed for one in village.tasks)


def _village_row(village: VillageFigures, sensitive: dict[str, Published]) -> VillageRow:
    return VillageRow(
        code=village.code,
        name=village.name,
        township=village.township,
        county_code=village.county_code,
        arm=village.arm,
        since=village.since,
        weeks=village.weeks,
        earlier_weeks=_last(village, 8),
        verdict=village.verdict,
        required_minutes=village.required_minutes,
        open_minutes=village.open_minutes,
        children=village.children,
        visits_due=sum(level.due for level in village.visits),
        visits_in_time=sum(level.in_time for level in village.visits),
        visits_overdue=sum(level.overdue for level in village.visits),
        children_attending=village.children_attending,
        attendances=village.attendances,
        sessions=village.sessions,
        empty_sessions=village.empty_sessions,
        activities=len(village.activities),
        **sensitive,
    )


def _last(village: VillageFigures, number: int) -> tuple[Week, ...]:
    return village.earlier_weeks[-number:]
