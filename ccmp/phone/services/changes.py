"""What a phone lacks: the difference between what it holds and what it should hold now.

Nothing is remembered but what each phone holds. So a child that moved away, a label that aged, a post that ended, a lost
answer and a store that was damaged are all put right in the same way, at the next contact.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ccmp.audit.record import record
from ccmp.phone.models import Phone, PhoneState
from ccmp.phone.rules.phones import check_is_in_use, check_same_password, may_read
from ccmp.phone.services.docs import Sheet, hash_of_all, sheets_for

CURSOR_DIGITS = 32


@dataclass(frozen=True)
class Asked:
    """What a phone says that it holds: the cursor of the last part that it took in, and the hash of it all."""

    cursor: str = ""
    hash: str = ""
    most: int | None = None


@dataclass(frozen=True)
class Part:
    """What a phone takes in. With `whole` it begins anew: whatever no part names from here on is dropped after the last."""

    cursor: str
    hash: str
    sheets: list[Sheet]
    gone: list[str] = field(default_factory=list)
    is_whole: bool = False
    more: bool = False


@transaction.atomic
def take_down(*, phone: Phone, asked: Asked, at: datetime) -> Part:
    """The next part for this phone, and a note of what it holds with it. Raises PhoneRevoked, SignInAgain."""
    Phone.objects.select_for_update(of=("self",)).only("pk").get(pk=phone.pk)  # one contact of a phone at a time
    check_is_in_use(phone)
    if may_read(phone.user):  # whoever may not is given nothing, and has everything taken away, whatever the password
        check_same_password(phone)
    state = phone.states.filter(cursor=asked.cursor, hash=asked.hash).first() if asked.cursor else None
    held: dict[str, str] = state.holds if state else {}
    part, holds = _difference(held, sheets_for(phone.user, at=at), asked.most, is_whole=state is None)
    if state is None or part.cursor != state.cursor:
        _keep(phone, part, holds, before=asked.cursor, at=at)
    if part.sheets:
        said = {"sheets": len(part.sheets), "whole": part.is_whole}
        record(by=phone.user, at=at, did="took down", on=phone, about=_children_of(part), **said)
    return part


def _children_of(part: Part) -> set[UUID]:
    """The children whose own sheet goes down; names on other sheets are noted as on any page."""
    named = (sheet.doc.id.partition(":") for sheet in part.sheets)
    return {UUID(child_id) for kind, _colon, child_id in named if kind == "child"}


def _difference(
    held: dict[str, str], sheets: list[Sheet], most: int | None, *, is_whole: bool
) -> tuple[Part, dict[str, str]]:
    wanted = {sheet.doc.id: sheet.hash for sheet in sheets}
    lacking = [sheet for sheet in sheets if held.get(sheet.doc.id) != sheet.hash]
    given = lacking[:most]
    gone = sorted(held.keys() - wanted.keys())
    holds = {doc_id: mark for doc_id, mark in held.items() if doc_id in wanted}
    holds |= {sheet.doc.id: sheet.hash for sheet in given}
    mark = hash_of_all(holds)
    part = Part(mark[:CURSOR_DIGITS], mark, given, gone, is_whole=is_whole, more=len(given) < len(lacking))
    return part, holds


def _keep(phone: Phone, part: Part, holds: dict[str, str], *, before: str, at: datetime) -> None:
    """Keep what the phone holds with this part, beside what it says that it holds: the answer may be lost on its way."""
    phone.states.exclude(cursor=before).delete()
    PhoneState.objects.update_or_create(
        phone=phone, cursor=part.cursor, defaults={"hash": part.hash, "holds": holds, "made_at": at}
    )
