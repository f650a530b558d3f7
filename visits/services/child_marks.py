"""What visits know of a child: its risk level now, when it is due, and how the risk went. Shown beside its file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F

from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.walls.asking import whole_reach
from children.models import Child
from children.services.beside import FilePart, Mark
from visits.enums import RiskLevel
from visits.models import Flag, Visit, VisitDeadline
from visits.services.due_homes import LEVEL_STATES

HALF_A_YEAR = timedelta(days=183)
POINTS, VISITS_SHOWN, FLAGS_SHOWN = 5, 6, 4
HEIGHTS = {RiskLevel.HIGH: 16, RiskLevel.MEDIUM: 48, RiskLevel.LOW: 80}  # of the drawing, in its own units
LEFT, RIGHT = 16, 92  # where the first and the last point stand, in percent of the drawing's width


@dataclass(frozen=True)
class Point:
    """A completed visit in the drawing: where it stands, and its level."""

    x: str
    y: int
    visit: Visit
    state: str


@dataclass(frozen=True)
class Trend:
    points: list[Point]

    @property
    def lines(self) -> list[tuple[Point, Point]]:
        return list(zip(self.points, self.points[1:], strict=False))

    @property
    def went(self) -> str:
        """up, down or level, from the first of the points to the last."""
        first, last = self.points[0].y, self.points[-1].y
        return "up" if last < first else "down" if last > first else "level"


def levels_of(children: Sequence[Child], *, on: date) -> dict[UUID, Mark]:
    """The risk level of each child that has been assessed: that of its running deadline. One query."""
    running = VisitDeadline.objects.running().filter(child__in=children)
    return {row.child_id: Mark(LEVEL_STATES[RiskLevel(row.level)], row.get_level_display()) for row in running}


def visits_part(child: Child, user: User, *, at: datetime) -> FilePart:
    """Risk, next visit, the trend of half a year, the last visits and the unsettled flags."""
    visits = list(Visit.objects.visible_to(user).of_child(child).newest_first()[:20])
    deadline = VisitDeadline.objects.visible_to(user).running().filter(child=child).first()
    flags = Flag.objects.visible_to(user).filter(child=child).newest_first()[:FLAGS_SHOWN]
    values = {
        "deadline": deadline if child.is_in_register(on=day_of(at)) else None,
        "days_late": deadline.days_late(on=day_of(at)) if deadline else 0,
        "visits": visits[:VISITS_SHOWN],
        "flags": list(flags),
        "elsewhere": [flag for flag in flags_elsewhere([child]) if flag not in flags],
        "trend": trend_of([visit for visit in visits if visit.made_at > at - HALF_A_YEAR]),
        "on": day_of(at),
        "now": at,
    }
    return FilePart("visits/file_mark.html", "visits/file_line.html", "visits/file_section.html", values)


def flags_elsewhere(children: Iterable[Child]) -> list[Flag]:
    """Open flags that stayed with another village's county when a child moved: their kind and state, no word of them."""
    rows = Flag.objects.unsettled().filter(child__in=children).exclude(village_code=F("child__village_code"))
    with whole_reach("the new village is told that a flag is open, and of which kind"):
        return list(rows.newest_first())


def trend_of(visits: Sequence[Visit]) -> Trend | None:
    """The drawing of the last completed visits (given newest first); fewer than two draw no line."""
    assessed = [visit for visit in visits if visit.level in HEIGHTS][:POINTS][::-1]
    if len(assessed) < 2:
        return None
    step = (RIGHT - LEFT) / (len(assessed) - 1)
    return Trend(
        [
            Point(
                f"{LEFT + number * step:.0f}%",
                HEIGHTS[RiskLevel(visit.level)],
                visit,
                LEVEL_STATES[RiskLevel(visit.level)],
            )
            for number, visit in enumerate(assessed)
        ]
    )
