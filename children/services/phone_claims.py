"""What a mother's phone holds of benefits: on each child's own sheet, how far those are that concern it, and nothing else.

Names, papers and steps stand in the pack, the same for everybody. A confidential benefit is on no phone.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from ccmp.places.enums import DayKind
from ccmp.places.services.calendar import notice_between
from children.models import Child
from children.services.claims_held import Claim, claims_of, open_to_the_village


def more_of(user: User) -> dict[UUID, dict[str, Any]]:
    """{"claims": [[benefit, state, since, 1 where it is a gap, the office's answer]]} by child. Two queries."""
    held = claims_of(Child.objects.visible_to(user).values("pk"))
    return {child_id: {"claims": [_said(one) for one in claims]} for child_id, claims in held.items() if claims}


def _said(one: Claim) -> list[Any]:
    told = [one.code, one.state.value, one.since.isoformat(), int(one.qualifies)]
    return [*told, one.answer] if one.answer else told


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """In how many working days each office answers, and the yearly notices by which the phone counts them. One query."""
    if user.post is None:
        return
    year = day_of(at).year
    notice = sorted(notice_between(date(year - 1, 1, 1), date(year + 1, 12, 31)).items())
    made_up = [day.isoformat() for day, kind in notice if kind == DayKind.MAKEUP_WORKDAY]
    off = [day.isoformat() for day, kind in notice if kind != DayKind.MAKEUP_WORKDAY]
    within = {one.code: one.answer_days for one in open_to_the_village()}
    yield Doc("answers", {"off": off, "made_up": made_up, "within": within})
