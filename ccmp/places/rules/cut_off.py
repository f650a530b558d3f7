"""When a month is over, and until when what is recorded of it counts."""

from datetime import datetime

from ccmp.moments import WEEK, Month, start_of
from ccmp.places.rules import standards


def ends_at(month: Month) -> datetime:
    """The moment at which a month and the last of its weeks are over.

    A week belongs to the month of its Thursday, so the last one may end up to three days into the next month.
    """
    return max(start_of(month.next().first_day), start_of(month.mondays[-1] + WEEK))


def regular_cut_off(month: Month) -> datetime:
    """Midnight at which the third day of the next month begins (dated configuration), never before the month is over."""
    following = month.next().first_day
    day = standards.value("reports.cut_off_day", on=following)
    return max(start_of(following.replace(day=day)), ends_at(month))
