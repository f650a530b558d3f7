"""One person as her page shows her: read in a bounded number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from ccmp.people.models import BackgroundCheck, CompanionFile, Posting, User
from ccmp.people.models.posting import PostingQuerySet
from ccmp.people.reach import reach_of
from ccmp.people.rules.criteria import Criterion, criteria_of
from ccmp.places.enums import Level
from ccmp.places.models import Enrolment, Place

CHECK_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Portrait:
    """Postings within the reader's reach, all background checks, and the file against the criteria of One Person."""

    postings: list[Posting]
    checks: list[BackgroundCheck]
    file: CompanionFile | None
    home: Place | None
    criteria: list[Criterion]
    has_valid_check: bool

    @property
    def unmet(self) -> int:
        return sum(not criterion.is_met for criterion in self.criteria)

    @property
    def file_facts(self) -> dict[str, Any]:
        """The file as its form begins."""
        if self.file is None:
            return {}
        return {
            "born_on": self.file.born_on,
            "sex": self.file.sex,
            "schooling": self.file.schooling,
            "is_full_time": "yes" if self.file.is_full_time else "no",
            "home": self.file.home_code,
        }


def portrait_of(person: User, kept: PostingQuerySet, *, on: date) -> Portrait:
    """`kept`: the postings that the reader keeps. Five queries."""
    file = CompanionFile.objects.filter(user=person).first()
    return Portrait(
        postings=list(kept.of(person).with_place().order_by("-starts_at", "-id")),
        checks=list(person.background_checks.newest_first()),
        file=file,
        home=Place.objects.filter(pk=file.home_code).first() if file else None,
        criteria=criteria_of(file, on=on) if file else [],
        has_valid_check=person.background_checks.valid(on=on).exists(),
    )


@dataclass(frozen=True)
class PersonPart:
    """A section of a person's page that a higher floor adds: its template and what it tells."""

    section: str
    values: dict[str, Any] = field(default_factory=dict)


def parts_of_person(person: User, user: User, *, at: datetime) -> list[PersonPart]:
    """What higher floors show this reader of a person; they are named in the settings, not imported."""
    found = [import_string(more)(person, user, at=at) for more in settings.PARTS_OF_A_PERSON]
    return [part for part in found if part is not None]


def homes_within(user: User, *, of: User | None = None) -> list[Place]:
    """Where somebody may live whom this user takes on: villages of the programme within reach, and their townships.

    For somebody who has a file, the home that it names is there too.
    """
    enrolments = reach_of(user, "people.post_staff").rows(Enrolment.objects.all())
    codes = set(enrolments.values_list("village_code", flat=True))
    named = CompanionFile.objects.filter(user=of).values_list("home_code", flat=True) if of else ()
    wanted = codes | {code[:9] + "000" for code in codes} | set(named)
    return list(Place.objects.filter(code__in=wanted, level__in=[Level.TOWNSHIP, Level.VILLAGE]).in_order())


def counts_of(kept: PostingQuerySet, *, on: date) -> dict[str, int]:
    """How many of these serve, and of how many the background check is missing or soon due."""
    return {
        "serving": kept.current().count(),
        "checks": kept.current().wanting_a_check(by_day=on + CHECK_SOON).count(),
        "ended": kept.ended().count(),
    }
