"""Legal holds: nothing of a child is deleted while one holds, wherever the child moves."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.privacy.models import LegalHold
from ccmp.privacy.rules.permission import check_may_hold
from ccmp.refusals import Refusal
from children.models import Child


class BadHold(Refusal):
    """A hold needs a reason, and a last day that is still to come."""


@transaction.atomic
def hold_back(*, child: Child, why: str, until: date | None, by: User, at: datetime) -> LegalHold:
    """From now on nothing of this child is deleted, until that day, or until somebody lifts it."""
    check_may_hold(by, child)
    if not why.strip():
        raise BadHold(_("Write why nothing may be deleted: the case, the court, the letter."), field="why")
    if until is not None and until <= day_of(at):
        raise BadHold(_("This day is over. Choose a later one, or leave it empty."), field="until")
    hold = LegalHold.objects.create(child=child, why=why.strip(), until=until, by=by, at=at)
    record(by=by, at=at, did="held back", on=child, until=until.isoformat() if until else "")
    return hold


@transaction.atomic
def lift_hold(*, hold_id: UUID, by: User, at: datetime) -> LegalHold:
    """It holds no longer. Lifted already: nothing changes."""
    hold = LegalHold.objects.select_for_update(of=("self",)).select_related("child").get(pk=hold_id)
    check_may_hold(by, hold.child)
    if hold.lifted_at is None:
        hold.lifted_by, hold.lifted_at = by, at
        hold.save(update_fields=["lifted_by", "lifted_at"])
        record(by=by, at=at, did="lifted a hold", on=hold.child)
    return hold
