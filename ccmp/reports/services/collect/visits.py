from django.db.models import Count

from ccmp.reports.rules.figures import Tally
from ccmp.reports.services.collect.scope import Counted, Scope, nothing
from visits.enums import Outcome
from visits.models import Visit


def visits_of(scope: Scope) -> Counted:
    """Visits made in the month and attempts by what became of them. One query."""
    found = nothing(lambda: {"visits_made": 0, "children_visited": 0, "attempts": ()})
    rows = (
        scope.rows(Visit.objects.all())
        .filter(made_at__gte=scope.starts_at, made_at__lt=scope.ends_at, recorded_at__lt=scope.cut_off)
        .order_by()
        .values("village_code", "outcome")
        .annotate(number=Count("pk"), children=Count("child", distinct=True))
    )
    for code, outcome, number, children in rows.values_list("village_code", "outcome", "number", "children"):
        village = found[code]
        village["attempts"] = tuple(sorted((*village["attempts"], Tally(outcome, number)), key=lambda one: one.kind))
        if outcome == Outcome.COMPLETED:
            village["visits_made"], village["children_visited"] = number, children
    return found
