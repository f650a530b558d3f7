"""Every table, and how it is guarded, or why it is not. A table that is missing here is closed to the program."""

from collections.abc import Mapping
from dataclasses import dataclass

from ccmp.classified.kept import CHANGES


@dataclass(frozen=True)
class Open:
    """Not guarded by rows, for a reason."""

    why: str


@dataclass(frozen=True)
class ByPlace:
    """By a column with the village's code, for whoever reaches that village in the realm."""

    realm: str = "children"
    columns: tuple[str, ...] = ("village_code",)


@dataclass(frozen=True)
class ByParent:
    """As the row that it belongs to."""

    parent: str
    column: str


@dataclass(frozen=True)
class ByOwner:
    """Somebody's own rows; and, where a realm is named, by place for those who look after them."""

    column: str
    realm: str = ""


@dataclass(frozen=True)
class OwnInReach:
    """Somebody's own rows, and only where she still reaches."""

    column: str
    realm: str = "children"


@dataclass(frozen=True)
class ByPlaceOrParent:
    """By place, and with the row that it belongs to, wherever that is now."""

    parent: str
    column: str
    realm: str = "children"


@dataclass(frozen=True)
class OwnOrByParent:
    """Somebody's own rows, and those of a row that she reaches."""

    owner: str
    parent: str
    column: str


@dataclass(frozen=True)
class ByPlaceOrGrant:
    """By place, and for a department's officer what was sent to the department."""

    realm: str = "children"


@dataclass(frozen=True)
class Beyond:
    """For nobody: read, and let go of, by work that looks over the wall. Only the database itself adds to it."""

    why: str


Guard = Open | ByPlace | ByParent | ByOwner | OwnInReach | OwnOrByParent | ByPlaceOrGrant | ByPlaceOrParent | Beyond

ACCOUNTS = "who may sign in and what she may do: asked before it is known who is asking"
STAFF = "names staff and their posts, no child"
PLACES = "places and days are public"
FIGURES = "figures of places, counted and cut before they lie here; no child is named"
JOBS = "how far a job is; no child is named"
INCIDENTS = "what happened to data, and what was done about it; it names no child"
STUDIES = "what is studied and what was taken out for it; no child"
BEFORE = "what stood in rows before they were changed, of every village"
TRAIL = "who did what on which row, by its number; its own rules keep it"

CHILDREN = ByPlace()
GROUNDS = ByPlace("grounds")  # health, and what bars somebody from caring
CLUBS = ByPlace("clubs")  # hours are compared by the foundation too; who came to a session stands elsewhere

GUARDED: Mapping[str, Guard] = {
    "auth.Group": Open(ACCOUNTS),
    "auth.Group_permissions": Open(ACCOUNTS),
    "auth.Permission": Open(ACCOUNTS),
    "contenttypes.ContentType": Open(ACCOUNTS),
    "guardian.GroupObjectPermission": Open(ACCOUNTS),
    "guardian.UserObjectPermission": Open(ACCOUNTS),
    "sessions.Session": Open(ACCOUNTS),
    "people.ApiToken": Open(ACCOUNTS),
    "people.DoorTry": Open(ACCOUNTS),
    "people.OpenSession": Open(ACCOUNTS),
    "people.RecoveryCode": Open(ACCOUNTS),
    "people.SecondFactor": Open(ACCOUNTS),
    "people.User": Open(ACCOUNTS),
    "people.User_groups": Open(ACCOUNTS),
    "people.User_user_permissions": Open(ACCOUNTS),
    "people.PlaceUserObjectPermission": Open(ACCOUNTS),
    "people.Posting": Open(ACCOUNTS),
    "people.BackgroundCheck": Open(STAFF),
    "people.CompanionFile": Open(STAFF),
    "people.Department": Open(STAFF),
    "places.CalendarDay": Open(PLACES),
    "places.Enrolment": Open(PLACES),
    "places.Place": Open(PLACES),
    "places.SchoolTerm": Open(PLACES),
    "audit.AuditAnchor": Open(TRAIL),
    "audit.AuditEntry": Open(TRAIL),
    "audit.AuditSeal": Open(TRAIL),
    "demo.DemoRun": Open(JOBS),
    "children.Household": CHILDREN,
    "children.Relative": CHILDREN,
    "children.Away": ByParent("children.Relative", "relative_id"),
    "children.Incapacity": ByParent("children.Relative", "relative_id"),
    "children.Child": CHILDREN,
    "children.Kinship": ByParent("children.Child", "child_id"),
    "children.Guardianship": ByParent("children.Child", "child_id"),
    "children.PastHukou": ByParent("children.Child", "child_id"),
    "children.FileChange": CHILDREN,
    "children.Difference": CHILDREN,
    "children.Confirmation": CHILDREN,
    "children.FileCheck": CHILDREN,
    "children.Consent": CHILDREN,
    "children.Application": CHILDREN,
    "children.ApplicationMove": ByParent("children.Application", "application_id"),
    "children.Unclaimed": CHILDREN,
    "children.TakeUpRun": Open(JOBS),
    "children.TakeUpMonth": CHILDREN,
    "children.CareBar": GROUNDS,
    "children.ChildGround": GROUNDS,
    "children.ParentContact": CHILDREN,
    "children.HouseholdMeans": CHILDREN,
    "children.RegisterFile": OwnInReach("uploaded_by_id"),
    "children.PastStay": ByPlaceOrParent("children.Child", "child_id"),
    "children.Move": CHILDREN,
    "children.Transfer": ByPlace("children", ("village_code", "to_village_code")),
    "children.TransferMove": ByParent("children.Transfer", "transfer_id"),
    "clubs.Club": CLUBS,
    "clubs.ClubClosure": CLUBS,
    "clubs.OpeningTime": CLUBS,
    "clubs.ClubSession": CLUBS,
    "clubs.Attendance": CHILDREN,
    "clubs.Activity": CHILDREN,
    "visits.Visit": CHILDREN,
    "visits.VisitDeadline": CHILDREN,
    "visits.Flag": CHILDREN,
    "visits.FlagMove": ByParent("visits.Flag", "flag_id"),
    "visits.FlagClock": CHILDREN,
    "referrals.Referral": CHILDREN,
    "referrals.ReferralMove": ByParent("referrals.Referral", "referral_id"),
    "referrals.Task": ByPlaceOrGrant(),
    "referrals.TaskMove": ByParent("referrals.Task", "task_id"),
    "referrals.TaskClock": ByParent("referrals.Task", "task_id"),
    "referrals.TaskGroupObjectPermission": Open("which department may answer which task, by their numbers"),
    "reports.MonthRun": Open(JOBS),
    "reports.Report": Open(FIGURES),
    "reports.ReportFile": Open(FIGURES),
    "reports.ReportMove": Open(JOBS),
    "reports.VillageMonth": Open(FIGURES),
    "phone.OutboxEntry": ByOwner("user_id", "entries"),
    "phone.Phone": ByOwner("user_id", "phones"),
    "phone.PhoneState": ByParent("phone.Phone", "phone_id"),
    "privacy.Clearing": ByParent("children.Child", "child_id"),
    "privacy.Extract": Open(STUDIES),
    "privacy.GuardianRequest": ByParent("children.Child", "child_id"),
    "privacy.Incident": Open(INCIDENTS),
    "privacy.IncidentClock": Open(INCIDENTS),
    "privacy.IncidentMove": Open(INCIDENTS),
    "privacy.LegalHold": ByParent("children.Child", "child_id"),
    "privacy.Opening": OwnOrByParent("by_id", "children.Child", "child_id"),
    "privacy.RetentionRun": Open(JOBS),
    "privacy.Study": Open(STUDIES),
    "privacy.Unmasking": CHILDREN,
    "pghistory.Context": Beyond("the library's own table, which nothing writes"),
    **{changes: Beyond(BEFORE) for changes in CHANGES.values()},
}
