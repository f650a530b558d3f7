"""Filters that say days, spans and ages; `ccmp.web.spoken` knows how. Built in: no template has to load them."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccmp import moments
from ccmp.web import spoken

register = template.Library()
WITHOUT_GAPS = "zh"
DAY_IN_WORDS = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])", re.ASCII)


@register.simple_tag
def sentence_gap() -> str:
    """{% sentence_gap %} between two sentences: a space, which Chinese does not write."""
    return "" if (get_language() or "").startswith(WITHOUT_GAPS) else " "


def _day(value: date | datetime) -> date:
    return moments.day_of(value) if isinstance(value, datetime) else value


def _day_or_none(value: date | datetime | None) -> date | None:
    return _day(value) if value else None


@register.filter
def day(value: date | datetime | None, on: date | datetime | None = None) -> str:
    """3月5日 周四; with `on`: 今天, 昨天, 明天, and the year of another year."""
    return spoken.spoken_day(_day(value), on=_day_or_none(on)) if value else ""


@register.filter
def day_short(value: date | datetime | None, on: date | datetime | None = None) -> str:
    """3月5日; with `on`, 2025年3月5日 in another year."""
    return spoken.short_day(_day(value), on=_day_or_none(on)) if value else ""


@register.filter
def day_full(value: date | datetime | None) -> str:
    """2021年4月9日, its year in every year: a birth, a paper."""
    return spoken.full_day(_day(value)) if value else ""


@register.filter
def days_said(sentence: str) -> str:
    """A sentence of a rule, which papers and the API take as it is: on a screen its days read 2021年4月9日."""
    return DAY_IN_WORDS.sub(_day_said, str(sentence))


def _day_said(found: re.Match[str]) -> str:
    try:
        return spoken.full_day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


@register.filter
def day_iso(value: date | datetime | None) -> str:
    """2026-03-05, as tables and papers have it."""
    return _day(value).isoformat() if value else ""


@register.filter
def moment(value: datetime | None, at: datetime | None = None) -> str:
    """11月6日 周五 07:30; with `at`, 今天 17:30."""
    return spoken.spoken_moment(value, at=at) if value else ""


@register.filter
def moment_iso(value: datetime | None) -> str:
    """2026-11-06 07:30, as tables have it."""
    return f"{value.astimezone(moments.CHINA):%Y-%m-%d %H:%M}" if value else ""


@register.filter
def time_of_day(value: datetime | None) -> str:
    return f"{value.astimezone(moments.CHINA):%H:%M}" if value else ""


@register.filter
def week_name(monday: date) -> str:
    """2月9日–15日."""
    return spoken.spoken_week(monday)


@register.filter
def month_name(value: moments.Month | date | str) -> str:
    """2026年10月, of a Month, a day in it, or "2026-10"."""
    if isinstance(value, str):
        value = moments.Month.parse(value)
    return spoken.spoken_month(value if isinstance(value, date) else value.first_day)


@register.filter
def duration(minutes: int | None) -> str:
    """3 小时 20 分."""
    return spoken.spoken_minutes(minutes) if minutes is not None else ""


@register.filter
def hours_decimal(minutes: int | None, required: int | None = None) -> str:
    """18.3; beside its standard: {{ open_minutes|hours_decimal:required_minutes }}."""
    return spoken.hours_in_tenths(minutes, required=required) if minutes is not None else ""


@register.filter
def age(born_on: date | None, on: date | datetime) -> str:
    """11 岁; under three 2 岁 4 个月; under one 7 个月."""
    return spoken.spoken_age(born_on, on=_day(on)) if born_on else ""


@register.filter
def masked_phone(phone: str | None) -> str:
    """138 **** 2207."""
    return spoken.masked_phone(phone) if phone else ""


@register.simple_tag
def on_day(value: date | datetime, on: date | datetime | None = None) -> SafeString:
    """{% on_day visit.due_on today %} → <time datetime="2026-03-05">3月5日 周四</time>."""
    return format_html('<time datetime="{}">{}</time>', day_iso(value), day(value, on))


@register.simple_tag
def at_moment(value: datetime, at: datetime | None = None) -> SafeString:
    """{% at_moment flag.due_at now %} → <time datetime="…+08:00">今天 17:30</time>."""
    local = value.astimezone(moments.CHINA)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), moment(value, at))


@register.simple_tag
def duration_figure(minutes: int) -> SafeString:
    """The one number of a card: <b>3</b> 小时 <b>20</b> 分, in the markup that `.figure` expects."""
    hours, rest = divmod(int(minutes), 60)
    parts: dict[str, Any] = {
        "hours": format_html("<b>{}</b>", hours),
        "minutes": format_html("<b>{}</b>", rest),
    }
    if not hours:
        return SafeString(_("%(minutes)s min") % parts)  # nosec B703 – two numbers
    if not rest:
        return SafeString(_("%(hours)s h") % parts)  # nosec B703 – two numbers
    return SafeString(_("%(hours)s h %(minutes)s min") % parts)  # nosec B703 – two numbers
