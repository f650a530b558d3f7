from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from ccmp.moments import Month, day_of

Rows = TypeVar("Rows", bound="QuerySet[Any]")
Counted = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Scope:
    """Whose month is counted, between which moments, from what had been recorded before which cut-off."""

    month: Month
    codes: list[str]
    starts_at: datetime
    ends_at: datetime
    cut_off: datetime

    @property
    def cut_off_day(self) -> date:
        """The first day whose facts do not count any more."""
        return day_of(self.cut_off)

    def rows(self, queryset: Rows, column: str = "village_code") -> Rows:
        """The rows of these villages. The list of codes is one parameter: the query is the same for any number."""
        return queryset.filter(**{f"{column}__in": self.codes})


def nothing(empty: Callable[[], dict[str, Any]]) -> Counted:
    """What a village without any row reads: every count at zero."""
    return defaultdict(empty)
