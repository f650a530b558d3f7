"""Of what kind a record is, in words, for whoever reads what changed."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from ccmp.audit.words import ABOUT

KINDS: dict[str, str | Promise] = {
    "people.User": pgettext_lazy("record", "Account"),
    "people.ApiToken": pgettext_lazy("record", "A program's way in"),
    "people.BackgroundCheck": pgettext_lazy("record", "Background check"),
    "people.CompanionFile": pgettext_lazy("record", "Staff file"),
    "people.Department": pgettext_lazy("record", "Department"),
    "people.PlaceUserObjectPermission": pgettext_lazy("record", "Where somebody serves"),
    "people.Posting": pgettext_lazy("record", "Posting"),
    "people.RecoveryCode": pgettext_lazy("record", "Recovery code"),
    "people.SecondFactor": pgettext_lazy("record", "Second step"),
    "places.CalendarDay": pgettext_lazy("record", "Day of the calendar"),
    "places.Enrolment": pgettext_lazy("record", "Village in the programme"),
    "places.Place": pgettext_lazy("record", "Place"),
    "places.SchoolTerm": pgettext_lazy("record", "School term"),
    "children.Application": pgettext_lazy("record", "Application for a benefit"),
    "children.Away": pgettext_lazy("record", "A grown-up's stay away"),
    "children.CareBar": pgettext_lazy("record", "What bars somebody from caring"),
    "children.Child": pgettext_lazy("record", "Child's file"),
    "children.ChildGround": pgettext_lazy("record", "Ground of a label"),
    "children.Confirmation": pgettext_lazy("record", "Confirmation by the family"),
    "children.Consent": pgettext_lazy("record", "Agreement"),
    "children.Difference": pgettext_lazy("record", "Two values of one field"),
    "children.FileChange": pgettext_lazy("record", "Line of a file's history"),
    "children.FileCheck": pgettext_lazy("record", "Check of a file"),
    "children.Guardianship": pgettext_lazy("record", "Who cares for a child"),
    "children.Household": pgettext_lazy("record", "Home"),
    "children.HouseholdMeans": pgettext_lazy("record", "Means of a home"),
    "children.Incapacity": pgettext_lazy("record", "A grown-up's incapacity"),
    "children.Kinship": pgettext_lazy("record", "Kinship"),
    "children.Move": pgettext_lazy("record", "A child's coming or leaving"),
    "children.ParentContact": pgettext_lazy("record", "Contact with a parent"),
    "children.PastHukou": pgettext_lazy("record", "Past household registration"),
    "children.PastStay": pgettext_lazy("record", "Past village of a child"),
    "children.Relative": pgettext_lazy("record", "Grown-up of a family"),
    "children.Transfer": pgettext_lazy("record", "Handing over of a file"),
    "clubs.Activity": pgettext_lazy("record", "Activity of a club"),
    "clubs.Attendance": pgettext_lazy("record", "Who came to the club"),
    "clubs.Club": pgettext_lazy("record", "Children's Club"),
    "clubs.ClubClosure": pgettext_lazy("record", "Closing of a club for a time"),
    "clubs.ClubSession": pgettext_lazy("record", "Opening of a club"),
    "clubs.OpeningTime": pgettext_lazy("record", "Hours of a club"),
    "visits.Flag": pgettext_lazy("record", "Report of a child in need"),
    "visits.Visit": pgettext_lazy("record", "Home visit"),
    "referrals.Referral": pgettext_lazy("record", "Referral"),
    "referrals.Task": pgettext_lazy("record", "A department's task"),
    "referrals.TaskGroupObjectPermission": pgettext_lazy("record", "Which department may answer"),
    "reports.Report": pgettext_lazy("record", "A month's report"),
    "phone.Phone": pgettext_lazy("record", "A mother's phone"),
    "privacy.GuardianRequest": pgettext_lazy("record", "A guardian's request"),
    "privacy.Incident": pgettext_lazy("record", "Incident"),
    "privacy.LegalHold": pgettext_lazy("record", "Legal hold"),
    "privacy.Opening": pgettext_lazy("record", "Opening in an emergency"),
    "privacy.Study": pgettext_lazy("record", "Study"),
}


def by_what(what: str) -> str:
    """A page by what it is about, a task, a command; what was told of nothing in particular is the program's own work."""
    kind, _space, _name = what.partition(" ")
    if kind == "task":
        return _("a task of the worker")
    if kind == "command":
        return _("a command on the server")
    if not what:
        return _("the program")
    about = ABOUT.get(what.replace(":", ".")) or ABOUT.get(what.partition(":")[0], "")
    return _("on a page: %(about)s") % {"about": about} if about else _("on a page")
