from django.db.models import Count

from ccmp.reports.services.collect.scope import Counted, Scope, nothing
from children.enums import LeftBy
from children.models import Child

LEFT_BY = {LeftBy.BOTH: "left_by_both", LeftBy.ONE: "left_by_one"}


def children_of(scope: Scope) -> Counted:
    """Children in the register on the month's last day, and their labels on that day. Two queries."""
    found = nothing(lambda: {"children": 0, "left_behind": 0, "left_by_both": 0, "left_by_one": 0})
    on = scope.month.last_day
    register = scope.rows(Child.objects.in_register(on=on)).filter(recorded_at__lt=scope.cut_off).order_by()
    by_label = register.with_left_by(on=on).values("village_code", "left_by").annotate(number=Count("pk"))
    for code, left_by, number in by_label.values_list("village_code", "left_by", "number"):
        found[code]["children"] += number
        if left_by in LEFT_BY:
            found[code][LEFT_BY[left_by]] = number
    left_behind = register.left_behind(on=on).values("village_code").annotate(number=Count("pk"))
    for code, number in left_behind.values_list("village_code", "number"):
        found[code]["left_behind"] = number
    return found
