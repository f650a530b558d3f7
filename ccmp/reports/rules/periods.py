"""When a month is over, until when its facts count, and when its reports are made."""

from datetime import datetime, timedelta

from ccmp.moments import CHINA, WEEK, Month, start_of
from ccmp.places.rules import standards

MADE_AFTER_CUT_OFF = timedelta(hours=2)


def ends_at(month: Month) -> datetime:
    """The moment at which a month and the last of its weeks are over.

    A week belongs to the month of its Thursday, so the last one may end up to three days into the next month.
    """
    return max(start_of(month.next().first_day), start_of(month.mondays[-1] + WEEK))


def is_over(month: Month, *, at: datetime) -> bool:
    return at >= ends_at(month)


def regular_cut_off(month: Month) -> datetime:
    """Midnight at which the third day of the next month begins (dated configuration), never before the month is over."""
    following = month.next().first_day
    day = standards.value("reports.cut_off_day", on=following)
    return max(start_of(following.replace(day=day)), ends_at(month))


def cut_off(month: Month, *, at: datetime) -> datetime:
    """Facts recorded before this moment count: the regular cut-off, or the run's own moment when it comes earlier."""
    return min(regular_cut_off(month), at).astimezone(CHINA)


def made_at(month: Month) -> datetime:
    """The moment from which the month's reports are made without anybody asking: 02:00 on the day of the cut-off."""
    return regular_cut_off(month) + MADE_AFTER_CUT_OFF
