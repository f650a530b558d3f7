"""The villages of the programme: taken in by the foundation, and as a list says how each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string

from ccmp.people.models import Posting, User
from ccmp.people.models.posting import PostingQuerySet
from ccmp.people.services.county import enrol_village
from ccmp.places.enums import Arm
from ccmp.places.models import Enrolment, Place
from ccmp.places.models.village import EnrolmentQuerySet


@dataclass(frozen=True)
class VillageRow:
    """A village of the programme: where it lies, who serves it now, since when it has a club."""

    enrolment: Enrolment
    township: str
    mother: Posting | None
    club_opened_on: date | None


@transaction.atomic
def take_in_village(*, code: str, name: str, arm: Arm, starts_on: date, by: User, at: datetime) -> Enrolment:
    """A village joins the programme, and gets what the higher floors add: its club."""
    enrolment = enrol_village(code=code, name=name, arm=arm, starts_on=starts_on, by=by, at=at)
    for more in settings.AFTER_ENROLMENT:
        import_string(more)(enrolment=enrolment, by=by, at=at)
    return enrolment


def without_a_mother(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Villages in which nobody holds the village's own post now; a substitute is no answer for long."""
    return enrolments.filter(~Exists(_own_post().filter(place_code=OuterRef("village_code"))))


def village_rows(enrolments: Sequence[Enrolment]) -> list[VillageRow]:
    """How each village stands. Three queries, however many there are."""
    codes = [enrolment.village_code for enrolment in enrolments]
    names = dict(Place.objects.filter(code__in={code[:9] + "000" for code in codes}).values_list("code", "name"))
    mothers = {post.place_code: post for post in _own_post().filter(place_code__in=codes).select_related("user")}
    opened: dict[str, date] = import_string(settings.OPENING_DAYS_OF_CLUBS)(codes)
    return [
        VillageRow(
            one,
            names.get(one.village_code[:9] + "000", ""),
            mothers.get(one.village_code),
            opened.get(one.village_code),
        )
        for one in enrolments
    ]


def _own_post() -> PostingQuerySet:
    return Posting.objects.in_villages().current().filter(is_substitute=False)
