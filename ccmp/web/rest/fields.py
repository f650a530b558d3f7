"""Fields that take exactly what the contract says, and say what to send instead."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ccmp.moments import CHINA, LAST_DAY, OLDEST_DAY, PROGRAMME_BEGAN, Month

A_LINE, A_TEXT = 200, 4000
LARGEST_WHOLE = 2_147_483_647  # what a column holds

# What is said to programs of each field: the pattern that a body is held to, in the schema's own words.
AN_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
A_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
A_MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
A_PLACE = r"^[0-9]{12}$"


class Id(serializers.UUIDField):
    """An id of the sender's making: text, hexadecimal in five groups. A number, or another way to write it, is none."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str) or not AN_ID.fullmatch(data):
            self.fail("invalid", value=data)
        return UUID(data)


class YesNo(serializers.BooleanField):
    """true or false; neither a number nor a word that means one."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Whole(serializers.IntegerField):
    """A whole number that a column holds. `true` is none, nor is 1.0, nor "1"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", LARGEST_WHOLE)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class WholeAsked(Whole):
    """A whole number of a query string: digits."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, str) or not re.fullmatch(r"[0-9]{1,10}", data):
            self.fail("invalid")
        return int(data)


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
        if not A_MOMENT.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ss+hh:mm")
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
        if not isinstance(value, str) or not A_DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        day = super().to_internal_value(value)
        if not self.earliest <= day <= LAST_DAY:
            self.fail("range")
        return day


class ProgrammeDay(Day):
    """A day of the programme's time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(earliest=PROGRAMME_BEGAN, **kwargs)


@extend_schema_field({"type": "string", "pattern": A_MONTH})
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
        if self.max_length is not None and len(data) > self.max_length:  # as it was sent: blanks are letters too
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)


class PlaceCode(serializers.RegexField):
    """A 12-digit division code."""

    default_error_messages = {"invalid": _("A place is a code of 12 digits.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"\A[0-9]{12}\Z", trim_whitespace=False, **kwargs)

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
