from django.db.models import Count, Exists, F, OuterRef, Q

from ccmp.moments import day_of
from ccmp.reports.rules.figures import Activity as CountedActivity
from ccmp.reports.rules.figures import Opening
from ccmp.reports.services.collect.scope import Counted, Scope, nothing
from clubs.models import Activity, Attendance, ClubSession, OpeningTime


def attendance_of(scope: Scope) -> Counted:
    """Sessions of the month, those with nobody in them, and the children who came. Two queries."""
    found = nothing(lambda: {"sessions": 0, "empty_sessions": 0, "children_attending": 0, "attendances": 0})
    in_month = {"opened_at__gte": scope.starts_at, "opened_at__lt": scope.ends_at, "recorded_at__lt": scope.cut_off}
    somebody = Attendance.objects.filter(session=OuterRef("pk"))
    sessions = (
        scope.rows(ClubSession.objects.closed())
        .filter(**in_month)
        .annotate(is_attended=Exists(somebody))
        .order_by()
        .values("village_code")
        .annotate(number=Count("pk"), empty=Count("pk", filter=Q(is_attended=False, visitors=0)))
    )
    for code, number, empty in sessions.values_list("village_code", "number", "empty"):
        found[code].update(sessions=number, empty_sessions=empty)
    came = (
        scope.rows(Attendance.objects.all())
        .filter(session__closed_at__isnull=False, **{f"session__{name}": value for name, value in in_month.items()})
        .order_by()
        .values("village_code")
        .annotate(times=Count("pk"), children=Count("child", distinct=True))
    )
    for code, times, children in came.values_list("village_code", "times", "children"):
        found[code].update(attendances=times, children_attending=children)
    return found


def activities_of(scope: Scope) -> Counted:
    """Themed activities held in the month. One query."""
    found = nothing(lambda: {"activities": ()})
    rows = (
        scope.rows(Activity.objects.all())
        .filter(held_at__gte=scope.starts_at, held_at__lt=scope.ends_at, recorded_at__lt=scope.cut_off)
        .annotate(people=F("children") + F("adults"))
        .order_by("village_code", "held_at", "id")
    )
    for code, held_at, theme, people in rows.values_list("village_code", "held_at", "theme", "people"):
        found[code]["activities"] += (CountedActivity(day_of(held_at), theme, people),)
    return found


def openings_of(scope: Scope) -> Counted:
    """When the club says that it opens: days with the same hours together. One query."""
    times: dict[str, dict[tuple[str, str], list[int]]] = {}
    rows = (
        scope.rows(OpeningTime.objects.all()).in_order().values_list("village_code", "weekday", "opens_at", "closes_at")
    )
    for code, weekday, opens_at, closes_at in rows:
        hours = (f"{opens_at:%H:%M}", f"{closes_at:%H:%M}")
        times.setdefault(code, {}).setdefault(hours, []).append(weekday)
    found = nothing(lambda: {"openings": ()})
    for code, by_hours in times.items():
        in_order = sorted(by_hours.items(), key=lambda item: (item[1], item[0]))
        found[code]["openings"] = tuple(Opening(tuple(days), *hours) for hours, days in in_order)
    return found
