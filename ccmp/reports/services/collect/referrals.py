from django.db.models import Count, Exists, OuterRef, Q

from ccmp.reports.services.collect.scope import Counted, Scope, nothing
from referrals.enums import ReferralState
from referrals.models import Referral, ReferralMove


def referrals_of(scope: Scope) -> Counted:
    """Referrals opened and closed in the month, and those that were open at the cut-off. One query."""
    found = nothing(lambda: {"referrals_opened": 0, "referrals_closed": 0, "referrals_open": 0})
    closings = ReferralMove.objects.filter(referral=OuterRef("pk"), went_to=ReferralState.CLOSED)
    in_month = closings.filter(at__gte=scope.starts_at, at__lt=scope.ends_at)
    rows = (
        scope.rows(Referral.objects.all())
        .filter(opened_at__lt=scope.ends_at)
        .annotate(is_closed_in_month=Exists(in_month), is_closed=Exists(closings.filter(at__lt=scope.cut_off)))
        .order_by()
        .values("village_code")
        .annotate(
            opened=Count("pk", filter=Q(opened_at__gte=scope.starts_at)),
            closed=Count("pk", filter=Q(is_closed_in_month=True)),
            still_open=Count("pk", filter=Q(is_closed=False)),
        )
    )
    for code, opened, closed, still_open in rows.values_list("village_code", "opened", "closed", "still_open"):
        found[code].update(referrals_opened=opened, referrals_closed=closed, referrals_open=still_open)
    return found
