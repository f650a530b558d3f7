"""The register of incidents as it is shown: where, how far, and how long there is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.places.enums import Level
from ccmp.places.models import Place
from ccmp.privacy.models import Incident, IncidentClock


@dataclass(frozen=True)
class Line:
    """One incident with the name of its place and its clocks, the running one last."""

    incident: Incident
    place: str
    clocks: list[IncidentClock]
    at: datetime

    @property
    def running(self) -> IncidentClock | None:
        return next((one for one in self.clocks if one.stopped_at is None), None)

    @property
    def is_overdue(self) -> bool:
        return self.running is not None and self.running.is_overdue(at=self.at)


def lines_of(incidents: Iterable[Incident], *, at: datetime) -> list[Line]:
    """Two queries."""
    rows = list(incidents)
    names = dict(Place.objects.filter(code__in=[one.place_code for one in rows]).values_list("code", "name"))
    clocks: dict[object, list[IncidentClock]] = {}
    for one in IncidentClock.objects.filter(incident__in=rows).order_by("started_at", "id"):
        clocks.setdefault(one.incident_id, []).append(one)
    return [Line(one, names.get(one.place_code, ""), clocks.get(one.pk, []), at) for one in rows]


def places_to_report(user: User) -> list[Place]:
    """Her own post's place, and the counties within her reach. One query."""
    reach = reach_of(user, "privacy.add_incident")
    own = [user.post.place_code] if user.post else []
    found = reach.rows(Place.objects.filter(Q(level=Level.COUNTY) | Q(code__in=own)), column="code")
    return list(found.order_by("code"))
