"""What a child's file shows of its steps, and what of them is still empty."""

from datetime import date
from typing import Any

from ccmp.people.models import User
from ccmp.people.reach import may
from children.enums import FileField
from children.models import Child
from children.rules.file_fields import said, text_of
from children.rules.file_steps import LeftToFill
from children.services.counties import county_name
from children.services.health import health_said


def steps_shown(child: Child, reader: User, *, on: date) -> dict[str, Any]:
    """For the file's page; the home is asked for. Two queries at most."""
    income = text_of(child.household.income)
    return {
        "left": LeftToFill(child),
        "county": county_name(child.hukou_county),
        "income": said(FileField.INCOME, income, on=on) if income else "",
        "health": health_said(child, reader, on=on),
        "may_tell_health": may(reader, "children.add_childground", at_place=child.village_code),
    }
