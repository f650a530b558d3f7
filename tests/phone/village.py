"""A village for the pages of visits and flags on the phone."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse

from ccmp.moments import CHINA, now
from ccmp.people.models import User
from children.models import Child
from tests.factories import make_child
from tests.phone.same_page import plain


def ago(hours: float) -> str:
    return f"{now().astimezone(CHINA) - timedelta(hours=hours):%Y-%m-%d %H:%M}"


def registered(mother: User, days_ago: int, **facts: Any) -> Child:
    """A child whose first visit is due sixty days after it was registered."""
    return make_child(mother, made_at=now() - timedelta(days=days_ago), **facts)


def addresses_of(child: Child | None = None, *, visits: Any = (), flags: Any = ()) -> Iterator[str]:
    yield reverse("visits:today")
    yield reverse("visits:due")
    yield reverse("visits:raise-flag")
    if child:
        yield reverse("visits:record", args=[child.id])
        yield f"{reverse('visits:raise-flag')}?child={child.id}"
    for visit in visits:
        yield reverse("visits:visit", args=[visit.id])
    for flag in flags:
        yield reverse("visits:flag", args=[flag.id])
        yield reverse("visits:tell-police", args=[flag.id])


def homes_in(html: str) -> list[str]:
    return [line for line in plain(html) if not line.startswith(("<option", "<select"))]


def state_of(html: str) -> dict[str, Any]:
    found = re.search(r'id="form-state">(.*?)</script>', html)
    return json.loads(found[1]) if found else {}
