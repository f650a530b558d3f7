from datetime import date

from django.db.models import Count

from ccmp.reports.services.collect.scope import Counted, Scope, nothing
from children.enums import LeftBy
from children.models import Child
from children.models.child import ChildQuerySet

LEFT_BY = {LeftBy.BOTH: "left_by_both", LeftBy.ONE: "left_by_one"}


def children_of(scope: Scope) -> Counted:
    """Children in each village's register on the month's last day, and their labels on that day. Four queries.

    Who has moved to another village since is counted where it was: the month told anew stays the month that it was.
    """
    found = nothing(lambda: {"children": 0, "left_behind": 0, "left_by_both": 0, "left_by_one": 0})
    on = scope.month.last_day
    children = Child.objects.filter(recorded_at__lt=scope.cut_off).order_by()
    for register in (scope.rows(children.staying(on=on)), children.stayed(on=on, village_codes=scope.codes)):
        _count(found, register, on=on)
    return found


def _count(found: Counted, register: ChildQuerySet, *, on: date) -> None:
    by_label = register.with_left_by(on=on).values("village_then", "left_by").annotate(number=Count("pk"))
    for code, left_by, number in by_label.values_list("village_then", "left_by", "number"):
        found[code]["children"] += number
        if left_by in LEFT_BY:
            found[code][LEFT_BY[left_by]] += number
    left_behind = register.left_behind(on=on).values("village_then").annotate(number=Count("pk"))
    for code, number in left_behind.values_list("village_then", "number"):
        found[code]["left_behind"] += number
