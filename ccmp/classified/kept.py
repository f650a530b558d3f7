"""Of which tables every change is kept as the row stood before (`ccmp.changes`), and why not of the others. Knows no app.

A table that stands in neither list, or in both, fails a test (tests/changes/test_kept.py).
"""

from collections.abc import Mapping

APP = "changes"

# Table → fields that only tell the time of the last contact, or count it. Where nothing else differs, nothing was changed.
KEPT: Mapping[str, tuple[str, ...]] = {
    "people.User": ("last_login",),
    "people.ApiToken": (),
    "people.BackgroundCheck": (),
    "people.CompanionFile": (),
    "people.Department": (),
    "people.PlaceUserObjectPermission": (),
    "people.Posting": (),
    "people.RecoveryCode": (),
    "people.SecondFactor": ("last_step",),
    "places.CalendarDay": (),
    "places.Enrolment": (),
    "places.Place": (),
    "places.SchoolTerm": (),
    "children.Application": (),
    "children.Away": (),
    "children.CareBar": (),
    "children.Child": (),
    "children.ChildGround": (),
    "children.Confirmation": (),
    "children.Consent": (),
    "children.Difference": (),
    "children.FileChange": (),
    "children.FileCheck": (),
    "children.Guardianship": (),
    "children.Household": (),
    "children.HouseholdMeans": (),
    "children.Incapacity": (),
    "children.Kinship": (),
    "children.Move": (),
    "children.ParentContact": (),
    "children.PastHukou": (),
    "children.PastStay": (),
    "children.Relative": (),
    "children.Transfer": (),
    "clubs.Activity": (),
    "clubs.Attendance": (),
    "clubs.Club": (),
    "clubs.ClubClosure": (),
    "clubs.ClubSession": (),
    "clubs.OpeningTime": (),
    "visits.Flag": (),
    "visits.Visit": (),
    "referrals.Referral": (),
    "referrals.Task": (),
    "referrals.TaskGroupObjectPermission": (),
    "reports.Report": ("touched_at",),
    "phone.Phone": ("last_contact_at", "oldest_waiting_at", "refused", "skew_seconds", "version", "waiting"),
    "privacy.GuardianRequest": (),
    "privacy.Incident": (),
    "privacy.LegalHold": (),
    "privacy.Opening": ("times_read",),
    "privacy.Study": (),
}

# Fields that are not copied though nothing in them is sealed: whole tables of figures, which are held against their SHA-256.
TOO_LARGE: Mapping[str, frozenset[str]] = {"reports.Report": frozenset({"changes", "figures"})}

DJANGOS = "made from the code by each migration, or with a department; who holds what stands in postings and grants, which are kept"
TRAIL = "the trail has marks, seals and triggers of its own"
SESSIONS = "sessions and tries at the door: they change with each request, and go when they are over"
PROGRESS = "how far a piece of work is"
WORKED_OUT = "worked out from facts that are kept, and made anew whenever they change"
CLOCKS = "a deadline, started and stopped by moves"
MOVES = "a step of a state, only ever added: the row whose state moves is kept"
ADDED = "only ever added to; what somebody typed is emptied by the schedule"
RECEIPTS = "what a phone sent, sealed as it came; only how far it is changes"

LEFT_OUT: Mapping[str, str] = {
    "auth.Group": DJANGOS,
    "auth.Group_permissions": DJANGOS,
    "auth.Permission": DJANGOS,
    "contenttypes.ContentType": DJANGOS,
    "guardian.GroupObjectPermission": DJANGOS,
    "guardian.UserObjectPermission": DJANGOS,
    "people.User_groups": DJANGOS,
    "people.User_user_permissions": DJANGOS,
    "sessions.Session": SESSIONS,
    "people.DoorTry": SESSIONS,
    "people.OpenSession": SESSIONS,
    "audit.AuditAnchor": TRAIL,
    "audit.AuditEntry": TRAIL,
    "audit.AuditSeal": TRAIL,
    "demo.DemoRun": PROGRESS,
    "children.RegisterFile": PROGRESS,
    "children.TakeUpRun": PROGRESS,
    "reports.MonthRun": PROGRESS,
    "privacy.RetentionRun": PROGRESS,
    "phone.PhoneState": PROGRESS,
    "children.TakeUpMonth": WORKED_OUT,
    "children.Unclaimed": WORKED_OUT,
    "visits.VisitDeadline": WORKED_OUT,
    "reports.ReportFile": WORKED_OUT,
    "reports.VillageMonth": WORKED_OUT,
    "visits.FlagClock": CLOCKS,
    "referrals.TaskClock": CLOCKS,
    "privacy.IncidentClock": CLOCKS,
    "children.ApplicationMove": MOVES,
    "children.TransferMove": MOVES,
    "visits.FlagMove": MOVES,
    "referrals.ReferralMove": MOVES,
    "referrals.TaskMove": MOVES,
    "reports.ReportMove": MOVES,
    "privacy.IncidentMove": MOVES,
    "privacy.Clearing": ADDED,
    "privacy.Extract": ADDED,
    "privacy.Unmasking": ADDED,
    "phone.OutboxEntry": RECEIPTS,
    "pghistory.Context": "the library's own table, which nothing writes: who and why stand in each change",
}

# What each change says beside the row: its number, when, how, which fields differ, who and why, as which role of the server.
SAID = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_changed", "pgh_context", "pgh_role")


def name_of_changes(label: str) -> str:
    """The model of the changes of a table: people.User → UserEvent."""
    return f"{label.partition('.')[2]}Event"


CHANGES = {label: f"{APP}.{name_of_changes(label)}" for label in KEPT}
