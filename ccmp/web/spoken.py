"""Days, moments, spans and ages as people say them, in the reader's language.

Screens say 3月5日 周四; tables say 2026-03-05. Nothing here reads the clock: what "today" is comes from the caller.
"""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccmp.moments import CHINA, day_of

INFANT_YEARS = 3  # under three a child's age is told in months too


def _weekdays() -> list[str]:
    return [
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    ]


def _months() -> list[str]:
    return [
        pgettext("month", "January"),
        pgettext("month", "February"),
        pgettext("month", "March"),
        pgettext("month", "April"),
        pgettext("month", "May"),
        pgettext("month", "June"),
        pgettext("month", "July"),
        pgettext("month", "August"),
        pgettext("month", "September"),
        pgettext("month", "October"),
        pgettext("month", "November"),
        pgettext("month", "December"),
    ]


def _words(day: date) -> dict[str, object]:
    return {
        "year": day.year,
        "month": _months()[day.month - 1],
        "day": day.day,
        "weekday": _weekdays()[day.weekday()],
    }


def short_day(day: date, *, on: date | None = None) -> str:
    """5 March, with its year when `on` lies in another one."""
    if on is not None and day.year != on.year:
        return full_day(day)
    return _("%(day)d %(month)s") % _words(day)


def full_day(day: date) -> str:
    """5 March 2026, whatever year it is: the day of a birth, of a paper."""
    return _("%(day)d %(month)s %(year)d") % _words(day)


def spoken_day(day: date, *, on: date | None = None) -> str:
    """Thu 5 March; told `on`, it says today, tomorrow or yesterday, and the year of another year."""
    if on is not None:
        near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((day - on).days)
        if near:
            return near
        if day.year != on.year:
            return short_day(day, on=on)
    return _("%(weekday)s %(day)d %(month)s") % _words(day)


def spoken_moment(moment: datetime, *, at: datetime | None = None) -> str:
    """Fri 6 November 07:30, or today 17:30 when `at` is the same day."""
    local = moment.astimezone(CHINA)
    day = spoken_day(local.date(), on=day_of(at) if at else None)
    return f"{day} {local:%H:%M}"


def spoken_week(monday: date) -> str:
    """9–15 February; 23 February – 1 March."""
    sunday = monday + timedelta(days=6)
    if monday.month == sunday.month:
        return _("%(first)d–%(last)d %(month)s") % {"first": monday.day, "last": sunday.day, **_words(monday)}
    return _("%(first)s – %(last)s") % {"first": short_day(monday), "last": short_day(sunday)}


def spoken_month(first_day: date) -> str:
    return _("%(month)s %(year)d") % _words(first_day)


def spoken_minutes(minutes: int) -> str:
    """3 h 20 min; 16 h; 40 min."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def spoken_span(span: timedelta) -> str:
    """How long something has still to run, or is late: days and hours, or hours and minutes."""
    minutes = int(span.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    if not days:
        return spoken_minutes(minutes)
    said_days = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    hours = rest // 60
    return _("%(days)s %(hours)d h") % {"days": said_days, "hours": hours} if hours else said_days


def hours_in_tenths(minutes: int, *, required: int | None = None) -> str:
    """Hours with one decimal, halves up: 16, 18.3.

    Beside a standard of `required` minutes the shown number keeps its side: a met week never reads as short,
    and a short week never reads as met.
    """
    tenths = _tenths(minutes)
    if required is not None:
        standard = _tenths(required)
        tenths = max(tenths, standard) if minutes >= required else min(tenths, standard - 1)
    whole, tenth = divmod(tenths, 10)
    return f"{whole:,}.{tenth}" if tenth else f"{whole:,}"


def _tenths(minutes: int) -> int:
    return (int(minutes) + 3) // 6  # a tenth of an hour is six minutes


def spoken_age(born_on: date, *, on: date) -> str:
    """Years; under three, years and months; under one, months."""
    months = whole_months(born_on, on=on)
    years, rest = divmod(months, 12)
    if months < 1:
        return _("under 1 month")
    if years < 1:
        return ngettext("%(months)d month", "%(months)d months", rest) % {"months": rest}
    said_years = ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
    if years >= INFANT_YEARS or not rest:
        return said_years
    said_months = ngettext("%(months)d month", "%(months)d months", rest) % {"months": rest}
    return f"{said_years} {said_months}"


def whole_months(born_on: date, *, on: date) -> int:
    months = (on.year - born_on.year) * 12 + on.month - born_on.month
    return months - (on.day < born_on.day)


def masked_phone(phone: str) -> str:
    """138 **** 2207: enough to recognise a number, too little to call it."""
    digits = "".join(character for character in phone if character.isdigit())
    if len(digits) < 8:
        return "****"
    return f"{digits[:3]} **** {digits[-4:]}"
