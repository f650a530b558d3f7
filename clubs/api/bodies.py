"""Sessions and closures as they are sent."""

from typing import Any

from rest_framework import serializers

from ccmp.places.api.subtree import Subtree
from ccmp.web.rest.bodies import MOST_AT_ONCE, Body, PageQuery
from ccmp.web.rest.fields import Choice, Id, Moment, MonthField, PlaceCode, ProgrammeDay, Whole, Words
from clubs.entries import ClosureEntry, SessionEntry

MOST_VISITORS = 10_000


class SessionBody(Body):
    """A session of a club. Without `closed_at` the door is open, and is shut by `close/`."""

    id = Id()
    village_code = PlaceCode()
    made_at = Moment(required=False, help_text="When it was written down; when it opened, if left out.")
    opened_at = Moment()
    closed_at = Moment(default=None, allow_null=True)
    attended = serializers.ListField(child=Id(), default=list, max_length=MOST_AT_ONCE)
    visitors = Whole(default=0, min_value=0, max_value=MOST_VISITORS)
    staffed_by = Id(default=None, allow_null=True, help_text="Who was there; whoever sends it, if left out.")


class CloseBody(Body):
    closed_at = Moment()


class ClosureBody(Body):
    """Days on which the club asks not to open, first and last included."""

    id = Id()
    village_code = PlaceCode()
    made_at = Moment()
    starts_on = ProgrammeDay()
    ends_on = ProgrammeDay()
    reason = Words(default="")


class DeclineBody(Body):
    reason = Words(default="")


class SessionsQuery(PageQuery):
    under = Subtree()
    month = MonthField(required=False, help_text="The sessions of the weeks that belong to this month.")


class ClosuresQuery(PageQuery):
    under = Subtree()
    state = Choice([("awaiting", ""), ("approved", ""), ("declined", "")], required=False)


class MonthQuery(Body):
    month = MonthField(required=False, help_text="YYYY-MM; this month when left out.")


def session_entry(values: dict[str, Any]) -> SessionEntry:
    """The values of a SessionBody as the service takes them."""
    values.setdefault("made_at", values["opened_at"])
    return SessionEntry(attended=frozenset(values.pop("attended")), **values)


def closure_entry(values: dict[str, Any]) -> ClosureEntry:
    return ClosureEntry(**values)
