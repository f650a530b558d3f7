"""How far a file can be trusted: who filled it in, who of the family confirmed it, who checked it. Beside the file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import User
from ccmp.refusals import permits
from children.models import Child, Confirmation, FileCheck
from children.rules.confirmation import check_may_confirm
from children.rules.file_checks import check_may_check
from children.services.beside import FilePart
from children.services.check import beside, files_to_check, last_change

NOTHING = "children/nothing.html"


@dataclass(frozen=True)
class Signatures:
    """Whose word stands behind a file. Days in China's time; what has not happened is empty."""

    filled_in_by: str
    filled_in_on: date
    confirmed_with: str
    confirmed_on: date | None
    checked_by: str
    checked_on: date | None
    was_sent_back: bool


def signatures_of(child: Child) -> Signatures:
    """For the file's page and its paper. Three queries."""
    confirmed = last_confirmation(child)
    checked = last_check(child)
    return Signatures(
        filled_in_by=child.recorded_by.full_name,
        filled_in_on=child.registered_on,
        confirmed_with=confirmed.with_whom if confirmed else "",
        confirmed_on=confirmed.on if confirmed else child.confirmed_on,
        checked_by=checked.checked_by.full_name if checked else "",
        checked_on=day_of(checked.checked_at) if checked else None,
        was_sent_back=bool(checked and checked.is_sent_back),
    )


def last_confirmation(child: Child) -> Confirmation | None:
    return child.confirmations.order_by("-on", "-recorded_at", "-id").first()


def last_check(child: Child) -> FileCheck | None:
    return child.checks.select_related("checked_by").order_by("-checked_at", "-id").first()


def trust_part(child: Child, user: User, *, at: datetime) -> FilePart:
    """What stands beside a file: the signatures, what the supervisor sent back, and on the desk the check itself."""
    on = day_of(at)
    back = child.checks.open().select_related("checked_by").first()
    values: dict[str, Any] = {
        "signed": signatures_of(child),
        "back": back and {"id": back.id, "remark": back.remark, "by": back.checked_by.full_name},
        "back_on": day_of(back.checked_at) if back else None,
        "is_due": child.is_due_a_confirmation(on=on),
        "may_confirm": permits(check_may_confirm, user, child),
        "may_check": False,
    }
    if user.role_now not in VILLAGE_ROLES and permits(check_may_check, user, child):
        before, after = beside(files_to_check(user, on=on), child)
        values |= {
            "may_check": True,
            "check_id": new_id(),
            "last": last_change(child),
            "before": before,
            "after": after,
        }
    return FilePart(NOTHING, "children/parts/sent_back_line.html", "children/parts/trust.html", values)
