"""What a mother's phone holds of her club: what its days ask for, its sessions with who came, what she asked and told.

Weeks are not sent: the phone judges them by the same rule (ccmp/static/js/phone/rules/open_hours.js), so that a door
which closes without a network moves the hours at once. Days go down as letters, for as long as a phone may be away.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from ccmp.moments import CHINA, DAY, WEEK, Month, day_of, days_between, monday_of, start_of
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from ccmp.places.rules.standards import values_in_turn
from children.models import Child
from clubs.enums import DayType
from clubs.models import Activity, Attendance, Club, ClubClosure, ClubSession, OpeningTime
from clubs.models.session import RECENT
from clubs.services.open_hours import calendars_of
from clubs.services.today import own_club

LETTERS = {DayType.TERM: "T", DayType.HOLIDAY: "H", DayType.EXEMPT: "-"}
LISTED = 10  # closures and activities, as many as their pages list
SHORT_ID = 8  # the last signs of a child's id tell it from the others of its village, and make half the load


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """The sheets of the club where she serves: one of the club, one of each session. Twelve queries."""
    club = own_club(user)
    if club is None:
        return
    this_month = Month.of_week(monday_of(day_of(at)))
    first = this_month.previous().mondays[0]
    last = this_month.next().next().mondays[-1] + WEEK - DAY
    yield Doc("club", _club(user, club, first, last))
    yield from _sessions(user, club, since=start_of(first) - RECENT)


def _club(user: User, club: Club, first: date, last: date) -> dict[str, Any]:
    closures = ClubClosure.objects.visible_to(user).filter(club=club).in_order()[:LISTED]
    activities = Activity.objects.visible_to(user).filter(club=club).newest_first()[:LISTED]
    times = OpeningTime.objects.visible_to(user).filter(club=club).in_order()
    return _filled(
        {
            "village": club.village_code,
            "opened_on": str(club.opened_on),
            "ended_on": str(club.ended_on or ""),
            "days": {"from": str(first), "types": _days(club, first, last)},
            "standards": values_in_turn(("open_hours.",)),
            "closures": [_closure(one) for one in closures],
            "activities": [_activity(one) for one in activities],
            "times": [[one.weekday, f"{one.opens_at:%H:%M}", f"{one.closes_at:%H:%M}"] for one in times],
        }
    )


def _days(club: Club, first: date, last: date) -> str:
    """A letter for each day: what it asks of the club."""
    calendar = calendars_of([club], first, last)[club.id]
    return "".join(LETTERS[calendar.day_type(day)] for day in days_between(first, last))


def _closure(one: ClubClosure) -> dict[str, Any]:
    return _filled(
        {
            "id": str(one.id),
            "starts_on": str(one.starts_on),
            "ends_on": str(one.ends_on),
            "reason": one.reason,
            "approved_at": _moment(one.approved_at),
            "declined_at": _moment(one.declined_at),
            "decline_reason": one.decline_reason,
        }
    )


def _activity(one: Activity) -> dict[str, Any]:
    return _filled(
        {
            "id": str(one.id),
            "theme": one.theme,
            "title": one.title,
            "held_at": _moment(one.held_at),
            "minutes": one.minutes,
            "children": one.children,
            "adults": one.adults,
        }
    )


def _sessions(user: User, club: Club, *, since: datetime) -> Iterator[Doc]:
    """Those of this month and the last, and of the eight weeks before: by them the roll knows who comes often."""
    kept = ClubSession.objects.visible_to(user).filter(club=club).filter(Q(opened_at__gte=since) | Q(closed_at=None))
    counted = set(kept.staffed().values_list("id", flat=True))
    came = _who_came(user, club, since=since)
    for session in kept.newest_first():
        body = {
            "opened_at": _moment(session.opened_at),
            "closed_at": _moment(session.closed_at),
            "came": " ".join(sorted(came[session.id])),
            "visitors": session.visitors,
            "uncounted": session.id not in counted,
        }
        yield Doc(f"session:{session.id}", _filled(body))


def _who_came(user: User, club: Club, *, since: datetime) -> Mapping[UUID, list[str]]:
    """By session, the children who came, by the last signs of their ids."""
    children = Child.objects.visible_to(user).filter(village_code=club.village_code)
    short = short_ids(children.values_list("id", flat=True))
    kept = Q(session__opened_at__gte=since) | Q(session__closed_at=None)
    came: dict[UUID, list[str]] = defaultdict(list)
    rows = Attendance.objects.visible_to(user).filter(kept, session__club=club)
    for session_id, child_id in rows.values_list("session_id", "child_id"):
        came[session_id].append(short.get(child_id, str(child_id)))
    return came


def short_ids(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The end of each id, or all of it where two end alike."""
    ends = {one: one.hex[-SHORT_ID:] for one in ids}
    times = Counter(ends.values())
    return {one: end if times[end] == 1 else str(one) for one, end in ends.items()}


def _moment(moment: datetime | None) -> str:
    """ISO in China's time; sessions are kept to the minute."""
    if moment is None:
        return ""
    local = moment.astimezone(CHINA)
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def _filled(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if value}
