"""How much was invented."""

from ccmp.audit.models import AuditEntry
from ccmp.people.models import Posting
from ccmp.places.models import Enrolment
from children.models import Child, Household, Relative
from clubs.models import Activity, Attendance, ClubClosure, ClubSession
from referrals.models import Referral, Task
from visits.models import Flag, Visit, VisitDeadline

COUNTED = {
    "villages": Enrolment,
    "postings": Posting,
    "households": Household,
    "relatives": Relative,
    "children": Child,
    "sessions": ClubSession,
    "attendances": Attendance,
    "activities": Activity,
    "closures": ClubClosure,
    "visits": Visit,
    "visit deadlines": VisitDeadline,
    "flags": Flag,
    "referrals": Referral,
    "tasks": Task,
    "audit lines": AuditEntry,
}


def figures() -> dict[str, int]:
    """Rows by what they stand for."""
    return {name: model._default_manager.count() for name, model in COUNTED.items()}
