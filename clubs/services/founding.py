"""What a village's taking in means for its club; called by the lower floor through the settings."""

from collections.abc import Sequence
from datetime import date, datetime

from ccmp.people.models import User
from ccmp.places.models import Enrolment
from clubs.models import Club
from clubs.services.clubs import found_club


def found_club_of(*, enrolment: Enrolment, by: User, at: datetime) -> Club:
    """The club stands from the day on which the village joins."""
    return found_club(village_code=enrolment.village_code, opened_on=enrolment.starts_on, by=by, at=at)


def opening_days(village_codes: Sequence[str]) -> dict[str, date]:
    """Since when each village has a club. One query."""
    return dict(Club.objects.filter(village_code__in=village_codes).values_list("village_code", "opened_on"))
