"""The retention schedule as it is written (data/retention.yaml)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

SCHEDULE = Path(__file__).resolve().parent.parent / "data" / "retention.yaml"
CHINESE = "zh-hans"
Words = dict[str, str]


@dataclass(frozen=True)
class Rule:
    """How long one kind of data is kept, since when, what happens then, and by which source. Words by language."""

    name: str
    what_in: Words
    since_in: Words
    source_in: Words
    then_in: Words
    years: int = 0
    days: int = 0

    @property
    def is_executed(self) -> bool:
        return bool(self.then_in)

    @property
    def what(self) -> str:
        return spoken(self.what_in)

    @property
    def since(self) -> str:
        return spoken(self.since_in)

    @property
    def then(self) -> str:
        return spoken(self.then_in)

    @property
    def source(self) -> str:
        return spoken(self.source_in)

    def last_day(self, *, on: date) -> date:
        """What began on this day or before is over on a day. 29 February of a year without one is the 28th."""
        day = on - timedelta(days=self.days)
        try:
            return day.replace(year=day.year - self.years)
        except ValueError:
            return day.replace(year=day.year - self.years, day=28)


def spoken(words: Words) -> str:
    language = get_language() or CHINESE
    return words.get(language, words.get("en", "")) if words else ""


@cache
def schedule() -> tuple[Rule, ...]:
    rows = yaml.safe_load(SCHEDULE.read_text(encoding="utf-8"))
    return tuple(
        Rule(
            name=row["name"],
            what_in=row["what"],
            since_in=row["since"],
            source_in=row["source"],
            then_in=row.get("then", {}),
            **row["keep"],
        )
        for row in rows
    )


def rule_named(name: str) -> Rule:
    """Raises KeyError for an unknown name."""
    return {one.name: one for one in schedule()}[name]
