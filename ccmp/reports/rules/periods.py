"""When a month is over, until when its facts count, and when its reports are made."""

from datetime import datetime, timedelta

from ccmp.moments import CHINA, Month
from ccmp.places.rules.cut_off import ends_at, regular_cut_off

__all__ = ["cut_off", "ends_at", "is_over", "made_at", "regular_cut_off"]

MADE_AFTER_CUT_OFF = timedelta(hours=2)


def is_over(month: Month, *, at: datetime) -> bool:
    return at >= ends_at(month)


def cut_off(month: Month, *, at: datetime) -> datetime:
    """Facts recorded before this moment count: the regular cut-off, or the run's own moment when it comes earlier."""
    return min(regular_cut_off(month), at).astimezone(CHINA)


def made_at(month: Month) -> datetime:
    """The moment from which the month's reports are made without anybody asking: 02:00 on the day of the cut-off."""
    return regular_cut_off(month) + MADE_AFTER_CUT_OFF
