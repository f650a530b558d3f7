"""What a mother's phone holds of how far a file can be trusted: short keys on the child's own sheet, and the rules' days."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from ccmp.moments import CHINA, day_of
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from ccmp.places.rules.standards import values_in_turn
from children.consent_texts import all_texts
from children.models import Child, Confirmation, Consent, FileCheck

More = dict[UUID, dict[str, Any]]


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """The rules by which the phone judges for itself."""
    texts = {one.version: [one.version, one.since.isoformat(), one.asks_again] for one in all_texts()}
    yield Doc("trust", {"standards": values_in_turn(("register.confirm_days",)), "texts": list(texts.values())})


def more_of(user: User) -> More:
    """What goes onto each child's sheet: who filled it in, if it was not she herself, who confirmed it, the last check,
    what was agreed to. Four queries."""
    found: More = defaultdict(dict)
    children = Child.objects.visible_to(user)
    for child_id, name in children.exclude(recorded_by=user).values_list("pk", "recorded_by__full_name"):
        found[child_id]["by"] = name
    last = Confirmation.objects.filter(child__in=children).order_by("child", "-on", "-recorded_at", "-id")
    for child_id, on, whom in last.distinct("child").values_list("child_id", "on", "with_whom"):
        found[child_id]["confirmed"] = [on.isoformat(), whom]
    checks = FileCheck.objects.filter(child__in=children).order_by("child", "-checked_at", "-id").distinct("child")
    for check in checks.select_related("checked_by"):
        found[check.child_id] |= _checked(check)
    for consent in Consent.objects.filter(child__in=children).newest_first():
        found[consent.child_id].setdefault("agreed", []).append(_agreed(consent))
    return found


def _agreed(one: Consent) -> list[Any]:
    """[purpose, version, day, by, relation, evidence, agrees, until, taken back by]; the last two only where it ended."""
    told = [one.purpose, one.text_version, one.on.isoformat(), one.given_by, one.relation, one.evidence]
    told.append(int(one.child_agrees))
    return [*told, one.withdrawn_on.isoformat(), one.withdrawn_by] if one.withdrawn_on else told


def _checked(check: FileCheck) -> dict[str, Any]:
    """checked: [day, by, "back"]; back, while it is not answered: [id, remark, by, day, moment]."""
    day, by = day_of(check.checked_at).isoformat(), check.checked_by.full_name
    told: dict[str, Any] = {"checked": [day, by, "back"] if check.is_sent_back else [day, by]}
    if check.is_open:
        told["back"] = [str(check.id), check.remark, by, day, check.checked_at.astimezone(CHINA).isoformat()]
    return told
