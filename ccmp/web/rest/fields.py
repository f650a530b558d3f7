"""Fields that take exactly what the contract says, and say what to send instead."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ccmp.moments import CHINA, Month

# The first day of the programme: no fact is older, and no standard counts before it.
PROGRAMME_BEGAN = date(2015, 10, 1)
OLDEST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
A_LINE, A_TEXT = 200, 4000


class Moment(serializers.DateTimeField):
    """A moment of the programme's time, ISO 8601 with an offset."""

    default_error_messages = {
        "type": _("Send a moment as text, for example 2026-03-12T16:05:00+08:00."),
        "offset": _("Say in which time zone: 2026-03-12T16:05:00+08:00, not 2026-03-12T16:05:00."),
        "range": _("The programme began on 1 October 2015 and plans to the year 2100. Please check the date."),
    }

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str):
            self.fail("type")
        try:
            moment = super().to_internal_value(value)
        except OverflowError:  # so near the year 1 or 9999 that it is out of the calendar in another time zone
            self.fail("range")
        parsed = parse_datetime(value)
        if parsed is None or parsed.tzinfo is None:
            self.fail("offset")
        if not PROGRAMME_BEGAN < moment.astimezone(CHINA).date() <= LAST_DAY:
            self.fail("range")
        return moment


class Day(serializers.DateField):
    """A day, YYYY-MM-DD, between 1900 and 2100 or narrower."""

    default_error_messages = {"range": _("This day lies too far from the programme's time. Please check the year.")}

    def __init__(self, *, earliest: date = OLDEST_DAY, **kwargs: Any) -> None:
        self.earliest = earliest
        super().__init__(**kwargs)

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if not self.earliest <= day <= LAST_DAY:
            self.fail("range")
        return day


class ProgrammeDay(Day):
    """A day of the programme's time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(earliest=PROGRAMME_BEGAN, **kwargs)


@extend_schema_field(OpenApiTypes.STR)
class MonthField(serializers.Field):
    """A month of the programme's time, YYYY-MM."""

    default_error_messages = {
        "invalid": _("Send a month as YYYY-MM, for example 2026-03."),
        "range": _("The programme began in October 2015 and plans to the year 2100. Please check the month."),
    }

    def to_internal_value(self, data: Any) -> Month:
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            month = Month.parse(data)
        except ValueError:
            self.fail("invalid")
        if not Month(2015, 11) <= month <= Month(2100, 12):
            self.fail("range")
        return month

    def to_representation(self, value: Month) -> str:
        return str(value)


class Words(serializers.CharField):
    """Text, trimmed; one line of 200 characters unless told otherwise."""

    default_error_messages = {"type": _("Send text in quotation marks.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", A_LINE)
        if kwargs.get("default") == "":
            kwargs.setdefault("allow_blank", True)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("type")
        return super().to_internal_value(data)


class PlaceCode(serializers.RegexField):
    """A 12-digit division code."""

    default_error_messages = {"invalid": _("A place is a code of 12 digits.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"\A[0-9]{12}\Z", **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Choice(serializers.ChoiceField):
    """One of a list of words; the refusal names them all."""

    default_error_messages = {"invalid_choice": _("Send one of: {choices}.")}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or (data == "" and not self.allow_blank) or not self._knows(data):
            self.fail("invalid_choice", choices=", ".join(cast(Iterable[str], self.choices)))
        return data

    def _knows(self, data: str) -> bool:
        return data in self.choices or (data == "" and self.allow_blank)
