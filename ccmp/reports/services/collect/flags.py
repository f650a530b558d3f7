from django.db.models import Count, F, Q

from ccmp.reports.rules.figures import FlagsOfSeverity
from ccmp.reports.services.collect.scope import Counted, Scope, nothing
from visits.enums import FlagClockKind, Severity
from visits.models import FlagClock

COUNTS = ("raised", "in_time", "late", "waiting", "overdue")


def flags_of(scope: Scope) -> Counted:
    """Flags raised in the month, by what their clock said at the cut-off. One query."""
    is_stopped = Q(stopped_at__lt=scope.cut_off)
    in_month = {"flag__raised_at__gte": scope.starts_at, "flag__raised_at__lt": scope.ends_at}
    rows = (
        scope.rows(FlagClock.objects.all())
        .filter(kind=FlagClockKind.ACKNOWLEDGE, flag__recorded_at__lt=scope.cut_off, **in_month)
        .order_by()
        .values("village_code", "flag__severity")
        .annotate(
            raised=Count("pk"),
            in_time=Count("pk", filter=is_stopped & Q(stopped_at__lte=F("due_at"))),
            late=Count("pk", filter=is_stopped & Q(stopped_at__gt=F("due_at"))),
            waiting=Count("pk", filter=~is_stopped & Q(due_at__gte=scope.cut_off)),
            overdue=Count("pk", filter=~is_stopped & Q(due_at__lt=scope.cut_off)),
        )
    )
    by_village: dict[str, dict[str, FlagsOfSeverity]] = {}
    for code, severity, *numbers in rows.values_list("village_code", "flag__severity", *COUNTS):
        by_village.setdefault(code, {})[severity] = FlagsOfSeverity(severity, *numbers)
    found = nothing(lambda: {"flags": ()})
    for code, by_severity in by_village.items():
        found[code]["flags"] = tuple(by_severity[one] for one in Severity.values if one in by_severity)
    return found
