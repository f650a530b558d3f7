"""The differences between two versions, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccmp.reports.rules import wording
from ccmp.reports.rules.changes import Change
from ccmp.reports.rules.small_numbers import FEW

NAMES = {
    "villages": gettext_lazy("Villages"),
    "met": gettext_lazy("Villages that met the standard"),
    "short": gettext_lazy("Villages that fell short"),
    "silent": gettext_lazy("Villages with a silent week"),
    "exempt": gettext_lazy("Exempt villages"),
    "running": gettext_lazy("Villages whose last week is not over"),
    "short_weeks": gettext_lazy("Short weeks"),
    "silent_weeks": gettext_lazy("Silent weeks"),
    "gap_minutes": gettext_lazy("Hours missing"),
    "week_count": gettext_lazy("Weeks with a standard"),
    "required_minutes": gettext_lazy("Required hours"),
    "open_minutes": gettext_lazy("Open hours"),
    "children": gettext_lazy("Registered children"),
    "visits_due": gettext_lazy("Visits due"),
    "visits_in_time": gettext_lazy("Visits made in time"),
    "visits_overdue": gettext_lazy("Visits overdue"),
    "visits_made": gettext_lazy("Visits made"),
    "children_visited": gettext_lazy("Children visited"),
    "sessions": gettext_lazy("Sessions of the clubs"),
    "empty_sessions": gettext_lazy("Sessions with nobody in them"),
    "children_attending": gettext_lazy("Children who came"),
    "attendances": gettext_lazy("Attendances"),
    "activities": gettext_lazy("Activities"),
    "left_behind": gettext_lazy("Left-behind children"),
    "left_by_both": gettext_lazy("Both parents away for work"),
    "left_by_one": gettext_lazy("One parent away for work"),
    "high_due": gettext_lazy("High-risk visits due"),
    "high_in_time": gettext_lazy("High-risk visits made in time"),
    "flags_raised": gettext_lazy("Flags raised"),
    "flags_in_time": gettext_lazy("Flags taken up in time"),
    "tasks_sent": gettext_lazy("Tasks sent"),
    "tasks_overdue": gettext_lazy("Tasks overdue"),
    "tasks_completed": gettext_lazy("Tasks that departments completed"),
    "tasks_confirmed": gettext_lazy("What children really received"),
    "referrals_opened": gettext_lazy("Referrals opened"),
    "referrals_closed": gettext_lazy("Referrals closed"),
    "referrals_open": gettext_lazy("Referrals open at the cut-off"),
    "take_up_villages": gettext_lazy("Villages that counted their benefits"),
    "may_qualify": gettext_lazy("Benefits that children may qualify for"),
    "applied": gettext_lazy("Benefits applied for, not answered"),
    "receiving": gettext_lazy("Benefits received"),
    "unclaimed": gettext_lazy("Benefits not received"),
    "village": gettext_lazy("Village added"),
    "details": gettext_lazy("Figures of single villages or departments"),
}


def lines_of(changes: Iterable[Change]) -> list[tuple[str, str, str]]:
    """(what, before, now), as the paper and the page print them."""
    return [
        (f"{where} {NAMES[what]}".strip() if where else str(NAMES[what]), _value(what, before), _value(what, now))
        for what, where, before, now in changes
    ]


def _value(what: str, value: object) -> str:
    if value == FEW:
        return _("fewer than 5")
    if not isinstance(value, int):
        return str(value) if value else "–"
    return wording.hours(value) if what.endswith("_minutes") else wording.number(value)
