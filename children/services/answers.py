"""The calendar by which the time is counted that an office has for its answer."""

from collections.abc import Iterable
from datetime import date

from ccmp.places.services.calendar import notice_between
from children.rules.answers import LONGEST_ANSWER


def notice_of(applied: Iterable[date], *, until: date) -> dict[date, str]:
    """The days of the yearly notice from the first application on. One query, none without any."""
    days = sorted(applied)
    return notice_between(days[0], max(days[-1] + LONGEST_ANSWER, until)) if days else {}
