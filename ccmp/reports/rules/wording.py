"""Numbers, hours and days as a paper says them, in the reader's language."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from ccmp.moments import CHINA, DAY, WEEK, Month
from ccmp.reports.rules.figures import SHORT, Week
from ccmp.reports.rules.small_numbers import FEW, Published

LONGEST_NAME = 6
WEEKS_IN_CHINESE = "〇一二三四五六七八九十"


def number(count: int) -> str:
    return f"{count:,}"


def published(count: Published) -> str:
    """A sensitive count as it is printed: a number, "fewer than 5", or a dash where it is withheld."""
    if count is None:
        return "–"
    return _("fewer than 5") if count == FEW else number(int(count))


def tenths(minutes: int) -> int:
    """Minutes as tenths of an hour; halves round up."""
    return (minutes + 3) // 6


def hours(minutes: int) -> str:
    """Hours with one decimal, as tables print them."""
    whole, tenth = divmod(tenths(minutes), 10)
    return f"{whole:,}.{tenth}"


def bare_hours(minutes: int) -> str:
    """Hours with a decimal only where there is one, as a standard is printed: 16, 18.3."""
    return hours(minutes).removesuffix(".0")


def whole_hours(minutes: int) -> str:
    return number((minutes + 30) // 60)


def open_hours(week: Week) -> str:
    """A week's open hours. A short week never reads like a met one: its rounding stays below the standard's."""
    shown = tenths(week.open_minutes)
    if week.state == SHORT and shown >= tenths(week.required_minutes):
        shown = min(week.open_minutes // 6, tenths(week.required_minutes) - 1)
    whole, tenth = divmod(shown, 10)
    return f"{whole:,}.{tenth}"


def gap_hours(week: Week) -> str:
    """What a short week lacks; never 0.0."""
    whole, tenth = divmod(max(1, tenths(week.gap_minutes)), 10)
    return f"{whole:,}.{tenth}"


def duration(minutes: int) -> str:
    """Hours and minutes in running text."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return pgettext("in a sentence on paper", "%(hours)s h") % {"hours": number(whole)}
    if not whole:
        return pgettext("in a sentence on paper", "%(minutes)s min") % {"minutes": rest}
    return pgettext("in a sentence on paper", "%(hours)s h %(minutes)s min") % {"hours": number(whole), "minutes": rest}


def drawn_duration(minutes: int) -> str:
    """The same in a drawing, where Chinese sets figures apart by a space."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return pgettext("in a drawing", "%(hours)s h") % {"hours": number(whole)}
    if not whole:
        return pgettext("in a drawing", "%(minutes)s min") % {"minutes": rest}
    return pgettext("in a drawing", "%(hours)s h %(minutes)s min") % {"hours": number(whole), "minutes": rest}


def is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def day(on: date) -> str:
    """A day without its year: 10月5日, 5 October."""
    return f"{on.month}月{on.day}日" if is_chinese() else f"{on.day} {_month_name(on.month)}"


def full_day(on: date) -> str:
    return f"{on.year}年{day(on)}" if is_chinese() else f"{day(on)} {on.year}"


def month_name(month: Month) -> str:
    return f"{month.number}月" if is_chinese() else _month_name(month.number)


def full_month(month: Month) -> str:
    return f"{month.year}年{month.number}月" if is_chinese() else f"{_month_name(month.number)} {month.year}"


def _month_name(number_of_month: int) -> str:
    return f"{date(2000, number_of_month, 1):%B}"


def weeks_in_words(count: int) -> str:
    """五周, five weeks: how many weeks a month has."""
    if is_chinese() and count < len(WEEKS_IN_CHINESE):
        return ("两" if count == 2 else WEEKS_IN_CHINESE[count]) + "周"
    return ngettext("%(count)s week", "%(count)s weeks", count) % {"count": count}


def period(month: Month) -> tuple[date, date]:
    """The first and last day of the weeks that belong to a month."""
    return month.mondays[0], month.mondays[-1] + WEEK - DAY


def in_china(moment: datetime) -> datetime:
    """A moment with China's offset, as figures hold it: the same text on every machine."""
    return moment.astimezone(CHINA)


def cut_off(moment: datetime) -> str:
    """The moment until which facts count. Midnight is told as the end of the day before, as Chinese offices do."""
    local = moment.astimezone(CHINA)
    if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
        return f"{local.date() - DAY} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def cut_off_in_text(moment: datetime) -> str:
    local = moment.astimezone(CHINA)
    if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
        return _("the end of %(day)s") % {"day": full_day(local.date() - DAY)}
    return _("%(day)s, %(time)s") % {"day": full_day(local.date()), "time": f"{local:%H:%M}"}


def joined(parts: list[str]) -> str:
    """A list in one sentence: 甲、乙; A, B."""
    return pgettext("between the items of a list", ", ").join(parts)


def sentences(parts: list[str]) -> str:
    return ("" if is_chinese() else " ").join(part for part in parts if part)


def short_name(name: str) -> str:
    """A village's name where there is little room."""
    return name if len(name) <= LONGEST_NAME else f"{name[:3]}…{name[-2:]}"


def percent(part: int, whole: int) -> int:
    """Whole per cent, halves up; less than all of it never reads 100, and something never reads 0."""
    if whole == 0:
        return 0
    rounded = (200 * part + whole) // (2 * whole)
    if part < whole:
        return max(1 if part else 0, min(99, rounded))
    return max(100, rounded)


def weekdays(days: Sequence[int]) -> str:
    """周一到周五, Monday to Friday; days that do not follow each other are listed."""
    names = [str(WEEKDAYS[day]) for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return joined(names)
