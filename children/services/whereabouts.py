"""Where a parent is: dated facts, added to and ended, so that a label of last month stays what it was."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed, Refusal
from children.enums import Whereabouts
from children.models import Away, Child, Relative


class BadWhereabouts(Refusal):
    """Whereabouts that cannot be true."""


@dataclass(frozen=True)
class Change:
    """Since when a grown-up is where. `where` is told for a stay away only."""

    whereabouts: Whereabouts
    since: date
    where: str = ""


def check_may_change(by: User, child: Child) -> None:
    if not may(by, "children.change_child", at_place=child.village_code):
        raise NotAllowed(_("You can change the files of your own village only."))


@transaction.atomic
def change_whereabouts(*, child: Child, relative_id: UUID, change: Change, by: User, at: datetime) -> Relative:
    """Note where a relative of this child is since a day. Said again, nothing changes."""
    relative = Relative.objects.select_for_update(of=("self",)).get(pk=relative_id, kinships__child=child)
    check_may_change(by, child)
    _check(relative, change, on=day_of(at))
    running = relative.stays_away.filter(until__isnull=True).first()
    if change.whereabouts == Whereabouts.AWAY:
        _goes_away(relative, running, change)
    elif running and change.whereabouts != Whereabouts.MISSING:
        _comes_back(running, change.since)
    relative.died_on = change.since if change.whereabouts == Whereabouts.DEAD else None
    relative.missing_since = change.since if change.whereabouts == Whereabouts.MISSING else None
    relative.save(update_fields=["died_on", "missing_since"])
    record(by=by, at=at, did="changed", on=relative, fields=["whereabouts"])
    return relative


def _check(relative: Relative, change: Change, *, on: date) -> None:
    if change.since > on:
        raise BadWhereabouts(_("The day lies in the future. Note it once it has come."), field="since")
    if relative.born_on and change.since < relative.born_on:
        raise BadWhereabouts(_("The day lies before this person was born. Please check it."), field="since")


def _goes_away(relative: Relative, running: Away | None, change: Change) -> None:
    """A new stay ends the one before; the same day, or an earlier one, corrects it."""
    is_correction = running is not None and change.since <= running.since
    others = relative.stays_away.exclude(pk=running.pk) if running else relative.stays_away.all()
    if others.filter(Q(since__gte=change.since) | Q(until__gt=change.since)).exists():
        raise BadWhereabouts(
            _("On that day the file has this person in another place already. Choose a later day."), field="since"
        )
    if running and is_correction:
        running.since, running.where = change.since, change.where
        running.save(update_fields=["since", "where"])
        return
    if running and running.where == change.where:
        return
    if running:
        running.until = change.since
        running.save(update_fields=["until"])
    Away.objects.create(relative=relative, since=change.since, where=change.where)


def _comes_back(running: Away, on: date) -> None:
    if on <= running.since:
        raise BadWhereabouts(
            _("By the file the stay away began on %(day)s. Choose a later day.") % {"day": running.since},
            field="since",
        )
    running.until = on
    running.save(update_fields=["until"])
