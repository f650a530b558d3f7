"""What a mother's phone holds of differences: the open ones of her village. She decides between two values there too."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ccmp.moments import CHINA
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from children.enums import FileField
from children.models import Difference
from children.rules.resident_id import masked

ID_NUMBERS = (FileField.RESIDENT_ID, FileField.KIN_ID)  # in full they lie on no phone


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """One sheet for each difference. One query."""
    rows = Difference.objects.visible_to(user).open().with_tellers()
    for one in rows.in_order():
        yield Doc(f"difference:{one.id}", _difference(one))


def _difference(one: Difference) -> dict[str, Any]:
    body = {
        "child": str(one.child_id),
        "name": one.child.name,
        "home": str(one.child.household_id),
        "field": one.field,
        "held": one.held,
        "held_by": one.held_by.full_name,
        "held_at": _moment(one.held_at),
        "brought": masked(one.brought) if one.field in ID_NUMBERS else one.brought,
        "brought_by": one.brought_by.full_name,
        "made_at": _moment(one.made_at),
        "at": one.recorded_at.astimezone(CHINA).isoformat(),
    }
    if one.relative:
        body |= {"relative": str(one.relative_id), "who": one.relative.name}
    return {key: value for key, value in body.items() if value}


def _moment(moment: datetime) -> str:
    return moment.astimezone(CHINA).isoformat(timespec="minutes")
