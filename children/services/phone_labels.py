"""What a mother's phone needs for labels besides the homes and children: the dated rules, and the means of homes.

Nothing sealed is among it: a label that rests on a child's health is not worked out on the phone.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from ccmp.places.rules.standards import values_in_turn
from children.models import Household, HouseholdMeans
from children.rules.parents import UNSUPPORTED

STANDARDS = (
    UNSUPPORTED,
    "register.migrant_months",
    "register.unattended_under",
    "register.alone_under",
    "register.silence_days",
)


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """means: {home: [[kind, since, until]]}, from today on. One query."""
    on = day_of(at)
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    rows = HouseholdMeans.objects.filter(lasting, household__in=Household.objects.visible_to(user))
    means: dict[str, list[Any]] = defaultdict(list)
    for home, kind, since, until in rows.order_by("since", "id").values_list("household_id", "kind", "since", "until"):
        means[str(home)].append([kind, since.isoformat(), *([until.isoformat()] if until else [])])
    yield Doc("labels", {"standards": values_in_turn(STANDARDS), "means": dict(sorted(means.items()))})
