"""What the family tells of a child's health on a day: the sealed grounds that claims rest on begin and end with it.

Nobody's word is written over unseen: what is told of an earlier day than the file's last word is refused, and stays with
whoever wrote it. Health is not laid side by side to choose from; it lies sealed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages, not_yet_held
from ccmp.people.models import User
from ccmp.refusals import permits
from ccmp.sealed import blind_index
from ccmp.web.spoken import short_day
from children.enums import DisabilityKind, FileField, Ground, HealthState
from children.models import Child, ChildGround, FileChange
from children.rules.claims import BadStep, check_day, check_may_note_ground, check_may_see_grounds
from children.services.grounds import GroundEntry, note_ground, running_ground, says_the_same
from children.services.noting import Saying, note_change

OF_HEALTH = (Ground.DISABILITY, Ground.ILLNESS)
TOLD = "*"  # stands in the history: that it was told anew, not what


@dataclass(frozen=True)
class HealthEntry:
    """How a child is since a day; healthy with neither `disability` nor `illness`. A fingerprint gives nothing away."""

    UNSAID: ClassVar = ("made_at", "disability", "level", "certificate", "illness")

    child: UUID
    on: date
    disability: str = ""
    level: int = 0
    certificate: str = ""
    illness: str = ""
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None
    mark: str = field(init=False)

    def __post_init__(self) -> None:
        told = (self.child, self.disability, self.level, self.certificate, self.illness)
        object.__setattr__(self, "mark", blind_index(":".join(str(one) for one in told)))

    def ground(self, kind: Ground) -> GroundEntry | None:
        """What it says of one ground, as it is noted; None when that does not hold."""
        if kind == Ground.DISABILITY and self.disability:
            certificate, made_at = self.certificate, self.made_at
            said = {"disability": self.disability, "level": self.level, "words": certificate, "made_at": made_at}
            return GroundEntry(self.child, kind, self.on, **said)  # type: ignore[arg-type]
        if kind == Ground.ILLNESS and self.illness:
            return GroundEntry(self.child, kind, self.on, words=self.illness, made_at=self.made_at)
        return None


@transaction.atomic
def tell_health(*, entry: HealthEntry, by: User, at: datetime) -> Child:
    """Note how a child is since a day. Sent again, nothing changes. Raises BadStep, NotAllowed."""
    lock_villages(Child.objects.filter(pk=entry.child).values_list("village_code", flat=True))
    child = Child.objects.select_for_update(of=("self",)).get(pk=entry.child)
    for kind in OF_HEALTH:
        check_may_note_ground(by, child, kind)
    check_day(entry.on, child=child, on=day_of(at))
    fresh = not_yet_held(FileChange, [entry])
    if not fresh:
        return child
    _check_follows(child, entry)
    for kind in OF_HEALTH:
        _let_hold(child, kind, entry, by=by, at=at)
    child.health_told_on, child.version = entry.on, child.version + 1
    child.save(update_fields=["health_told_on", "version"])
    saying = Saying(child, FileField.HEALTH, "", by, entry.made_at or at, at)
    note_change(saying, taken={FileField.HEALTH.value: (TOLD, TOLD)}, change_id=entry.id, mark=fresh[0][1])
    record(by=by, at=at, did="changed", on=child, fields=["health"])
    return child


def _check_follows(child: Child, entry: HealthEntry) -> None:
    if child.health_told_on and entry.on < child.health_told_on:
        later = _(
            "By the file the child's health was told of once more on %(day)s. Look whether that still holds, and choose a later day."
        )
        raise BadStep(later % {"day": short_day(child.health_told_on)}, field="on")


def _let_hold(child: Child, kind: Ground, entry: HealthEntry, *, by: User, at: datetime) -> None:
    """End what is told otherwise now, begin what is told, leave alone what stays so."""
    running, said = running_ground(child, kind), entry.ground(kind)
    if running and said and says_the_same(running, said):
        return
    if running and running.since >= entry.on:
        words = _("By the file something else of the child's health began on %(day)s. Choose a later day.")
        raise BadStep(words % {"day": short_day(running.since)}, field="on")
    if running:
        note_ground(entry=GroundEntry(child.id, kind, entry.on, ends=True), by=by, at=at)
    if said:
        note_ground(entry=said, by=by, at=at)


def grounds_of_health(child: Child, *, on: date) -> list[ChildGround]:
    """What holds of disability and illness on a day. One query."""
    holding = [one for one in child.grounds.filter(since__lte=on) if one.until is None or one.until > on]
    return [one for one in holding if one.kind in OF_HEALTH]


def health_said(child: Child, reader: User, *, on: date) -> list[str]:
    """A child's health as the file tells it to who may know: a line for each fact; nothing to others. One query."""
    if child.health_told_on is None or not permits(check_may_see_grounds, reader, child):
        return []
    holding = grounds_of_health(child, on=on)
    return [_ground_said(one) for one in holding] or [str(HealthState.HEALTHY.label)]


@dataclass(frozen=True)
class HealthFact:
    """A disability by its certificate, or an illness; what is not of its kind is empty."""

    kind: str
    since: date
    disability: str = ""
    level: int = 0
    certificate: str = ""
    illness: str = ""


def health_facts(child: Child, reader: User, *, on: date) -> list[HealthFact] | None:
    """A child's health for a program; None for a reader who may not know. One query."""
    if not permits(check_may_see_grounds, reader, child):
        return None
    return [_fact(one) for one in grounds_of_health(child, on=on)]


def _fact(ground: ChildGround) -> HealthFact:
    if ground.kind == Ground.ILLNESS:
        return HealthFact(ground.kind, ground.since, illness=ground.particulars)
    kind, level, *certificate = ground.particulars.split(":", 2)
    return HealthFact(ground.kind, ground.since, kind, int(level or 0), "".join(certificate))


def _ground_said(ground: ChildGround) -> str:
    if ground.kind == Ground.ILLNESS:
        return " ".join(one for one in (str(HealthState.ILL.label), ground.particulars) if one)
    kind, level, *certificate = ground.particulars.split(":", 2)
    words = {"kind": DisabilityKind(kind).label, "level": level, "number": "".join(certificate)}
    said = gettext("disability: %(kind)s, level %(level)s") % words
    return gettext("%(said)s, certificate %(number)s") % (words | {"said": said}) if certificate else said
