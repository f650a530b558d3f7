"""Where a parent is: dated facts, added to and ended, so that a label of last month stays what it was."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages, not_yet_held
from ccmp.people.models import User
from children.enums import FileField, Whereabouts
from children.models import Child, Difference, FileChange, Relative
from children.rules.correction import check_may_change
from children.rules.whereabouts import Told, told_of
from children.services.differences import follow, keep_both, take_back
from children.services.noting import Saying, note_change
from children.services.stays import BadWhereabouts, add_whereabouts


@dataclass(frozen=True)
class Change:
    """Since when a grown-up is where; `seen` is what the file said of it when she wrote. `where` is for a stay away."""

    UNSAID: ClassVar = ("made_at",)

    whereabouts: Whereabouts
    since: date
    where: str = ""
    seen: str | None = None
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None

    @property
    def told(self) -> Told:
        return Told(self.whereabouts, self.since, self.where if self.whereabouts == Whereabouts.AWAY else "")


@transaction.atomic
def change_whereabouts(*, child: Child, relative_id: UUID, change: Change, by: User, at: datetime) -> Difference | None:
    """Note where a relative of this child is since a day. Said again, nothing changes.

    Somebody who did not see what the file says, and tells of the same time or an earlier one, is not written over it:
    both are kept, and the difference comes back.
    """
    lock_villages([child.village_code])
    relative = Relative.objects.select_for_update(of=("self",)).get(pk=relative_id, kinships__child=child)
    check_may_change(by, child)
    _check(relative, change, on=day_of(at))
    fresh = not_yet_held(FileChange, [change])
    if not fresh:
        return None
    held, told = told_of(relative), change.told
    saying = Saying(child, FileField.WHEREABOUTS, told.text, by, change.made_at or at, at, relative)
    if change.seen:
        take_back(saying, seen=change.seen)
    differs = held != told and change.seen not in (None, held.text) and not told.follows(held)
    if not differs and held != told:
        add_whereabouts(relative, told)
        follow(saying)
    taken = {} if differs else {FileField.WHEREABOUTS.value: (held.text, told.text)}
    note_change(saying, taken=taken, change_id=change.id, mark=fresh[0][1])
    record(by=by, at=at, did="differed" if differs else "changed", on=relative, fields=["whereabouts"])
    return keep_both(saying, held=held.text) if differs else None


def _check(relative: Relative, change: Change, *, on: date) -> None:
    if change.since > on:
        raise BadWhereabouts(_("The day lies in the future. Note it once it has come."), field="since")
    if relative.born_on and change.since < relative.born_on:
        raise BadWhereabouts(_("The day lies before this person was born. Please check it."), field="since")
