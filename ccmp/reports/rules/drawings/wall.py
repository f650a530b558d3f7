from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ccmp.reports.rules import wording
from ccmp.reports.rules.drawings.coordinates import at
from ccmp.reports.rules.figures import EXEMPT, MET, RUNNING, SHORT, SILENT, Week

LEFT, WIDTH, STEP = 96, 272, 35


@dataclass(frozen=True)
class WallWeek:
    name: str
    y: str
    text_y: str
    name_y: str
    mark_y: str
    mark_foot: str
    middle_y: str
    triangle: str
    width: str
    open: str
    required: str
    required_x: str
    standard_x: str
    state: str
    verdict: str


@dataclass(frozen=True)
class WallWeeks:
    """The village sheet's bars: each week's hours, the standard as a mark."""

    title: str
    height: str
    floor: str
    foot: str
    usual_x: str
    usual: str
    weeks: tuple[WallWeek, ...]


def wall_weeks(weeks: Sequence[Week]) -> WallWeeks:
    most = max([16 * 60, *(max(week.open_minutes, week.required_minutes) for week in weeks)])
    asked = [week.required_minutes for week in weeks if week.required_minutes]
    usual = max(set(asked), key=lambda one: (asked.count(one), one)) if asked else 0
    floor = len(weeks) * STEP
    return WallWeeks(
        title=_("Open hours of %(weeks)s") % {"weeks": wording.weeks_in_words(len(weeks))},
        height=at(floor + 20),
        floor=at(floor),
        foot=at(floor + 14),
        usual_x=at(LEFT + WIDTH * usual / most),
        usual=_required(usual) if usual else "",
        weeks=tuple(_wall_week(week, n * STEP + 6, most, usual) for n, week in enumerate(weeks)),
    )


def _required(minutes: int) -> str:
    return pgettext("in a drawing", "required: %(duration)s") % {"duration": wording.drawn_duration(minutes)}


def _wall_week(week: Week, y: float, most: int, usual: int) -> WallWeek:
    width = WIDTH * week.open_minutes / most
    standard = LEFT + WIDTH * week.required_minutes / most
    return WallWeek(
        name=_("from %(day)s") % {"day": wording.day(week.monday)},
        y=at(y),
        text_y=at(y + 14.8),
        name_y=at(y + 15.5),
        mark_y=at(y - 3),
        mark_foot=at(y + 23),
        middle_y=at(y + 10),
        triangle=f"M389 {at(y + 16.5)}h14l-7 -13z",
        width=at(width),
        open=pgettext("in a drawing", "open %(duration)s") % {"duration": wording.drawn_duration(week.open_minutes)}
        if week.open_minutes
        else "",
        required=_required(week.required_minutes) if week.required_minutes not in (0, usual) else "",
        required_x=at(max(standard, LEFT + width) + 8),
        standard_x=at(standard) if week.required_minutes else "",
        state=week.state,
        verdict=_wall_verdict(week),
    )


def _wall_verdict(week: Week) -> str:
    if week.state == SHORT:
        return pgettext("in a drawing", "lacks %(duration)s") % {"duration": wording.drawn_duration(week.gap_minutes)}
    return {
        MET: pgettext("a week on the club's wall", "long enough"),
        SILENT: pgettext("a week on the club's wall", "nothing recorded"),
        EXEMPT: pgettext("a week on the club's wall", "exempt"),
        RUNNING: pgettext("a week on the club's wall", "not over yet"),
    }[week.state]
