"""Whether the trail is what was written: which line was changed, removed, put in or put elsewhere.

Two ways through it, a few thousand rows at a time: along the chain of seals, and along the lines themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from ccmp.audit.marks import FIRST, bears_its_mark, digest_of, is_linked
from ccmp.audit.models import DETACHED, AuditAnchor, AuditEntry, AuditSeal
from ccmp.moments import Month, day_of

AT_ONCE = 5_000
Anchors = dict[int, set[str]]


@dataclass
class Found:
    """What a verification went through, and what it found to be wrong: sentences that name the line or the link."""

    seals: int = 0
    entries: int = 0
    unsealed: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.wrong


def verify_trail(*, of_a_backup: bool = False) -> Found:
    """`of_a_backup`: the trail as it was then; anchors that were dropped since lie beyond its end."""
    found = Found()
    _along_the_lines(found)
    _along_the_chain(found, of_a_backup=of_a_backup)
    return found


def _along_the_lines(found: Found) -> None:
    for entries in _pages_of_lines():
        numbers = [entry.pk for entry in entries]
        seals = {(one.entry_id, one.entry_at): one for one in AuditSeal.objects.filter(entry_id__in=numbers)}
        strangers = {number for number, _at in seals}
        for entry in entries:
            found.entries += 1
            seal = seals.get((entry.pk, entry.at))
            if not bears_its_mark(entry):
                said = "changed" if entry.pk in strangers else "changed before it was sealed, or put in"
                found.wrong.append(f"line {entry.pk} of {entry.at:%Y-%m-%d %H:%M}: {said}")
            elif seal is None:
                found.unsealed += 1
            elif seal.digest != digest_of(entry):
                found.wrong.append(f"line {entry.pk} of {entry.at:%Y-%m-%d %H:%M}: not the one that was sealed")


def _pages_of_lines() -> Iterator[list[AuditEntry]]:
    """Somebody may have put two lines in under one number: neither is passed over."""
    rows = AuditEntry.objects.order_by("pk", "at")
    page = list(rows[:AT_ONCE])
    while page:
        yield page
        last = page[-1]
        page = list(rows.filter(Q(pk__gt=last.pk) | Q(pk=last.pk, at__gt=last.at), pk__gte=last.pk)[:AT_ONCE])


def _along_the_chain(found: Found, *, of_a_backup: bool) -> None:
    anchors, away = anchors_known(), months_put_away()
    previous, expected = FIRST, 1
    for seals in _pages_of_seals():
        numbers = AuditEntry.objects.filter(pk__in=[seal.entry_id for seal in seals])
        there = set(numbers.values_list("pk", flat=True))
        for seal in seals:
            found.seals += 1
            found.wrong += _of_a_link(seal, previous, expected, anchors)
            if seal.entry_id not in there and Month.of(day_of(seal.entry_at)) not in away:
                found.wrong.append(f"line {seal.entry_id} of {seal.entry_at:%Y-%m-%d %H:%M}: removed")
            previous, expected = seal.hash, seal.sequence + 1
    for sequence in sorted(number for number in anchors if number >= expected and not of_a_backup):
        found.wrong.append(f"link {sequence}: an anchor knows it, and the chain ends before it")


def _pages_of_seals() -> Iterator[list[AuditSeal]]:
    last = 0
    while page := list(AuditSeal.objects.filter(sequence__gt=last).order_by("sequence")[:AT_ONCE]):
        yield page
        last = page[-1].sequence


def _of_a_link(seal: AuditSeal, previous: str, expected: int, anchors: Anchors) -> Iterator[str]:
    if seal.sequence != expected:
        which = f"link {expected}" if seal.sequence == expected + 1 else f"links {expected} to {seal.sequence - 1}"
        yield f"{which}: removed"
    elif seal.previous != previous:
        yield f"link {seal.sequence} (line {seal.entry_id}): does not follow on the one before it"
    if not is_linked(seal):
        yield f"link {seal.sequence} (line {seal.entry_id}): changed, put in or put elsewhere"
    if anchors.get(seal.sequence, {seal.hash}) != {seal.hash}:
        yield f"link {seal.sequence} (line {seal.entry_id}): not the one that was anchored"


def anchors_known() -> Anchors:
    """Those of the database and those of the file outside of it: link → hashes."""
    anchors: Anchors = {}
    for anchor in AuditAnchor.objects.all().iterator():
        anchors.setdefault(anchor.sequence, set()).add(anchor.hash)
    path = Path(settings.AUDIT_ANCHORS)
    for line in path.read_text(encoding="ascii").splitlines() if path.exists() else []:
        _moment, sequence, mark = line.split()
        anchors.setdefault(int(sequence), set()).add(mark)
    return anchors


def months_put_away() -> set[Month]:
    """By lines of the trail itself that bear their mark: nobody else can say that a month was put away."""
    lines = AuditEntry.objects.filter(did=DETACHED)
    return {Month.parse(line.on_id) for line in lines if bears_its_mark(line)}
