"""What was said of a file: registered, changed, decided, moved, handed over."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.web.spoken import short_day
from children.enums import OF_THE_HOME, FileField, Kept, TransferAsker, TransferState
from children.models import Child, Difference, FileChange, Move, Relative, Transfer, TransferMove
from children.rules.file_fields import said
from children.services.counties import county_names
from children.services.history import Detail, Happening
from children.services.transfer_list import village_names


def registered(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """One query."""
    yield Happening(child.recorded_at, child.made_at, child.recorded_by.full_name, pgettext("a history", "Registered"))


def changed(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """Its own changes, those of its home and of its grown-ups, whichever child's file brought them. Two queries at most."""
    of_home = Q(child__household=child.household_id, taken__has_any_keys=[field.value for field in OF_THE_HOME])
    of_family = Q(relative__in=child.kinships.values("relative"))
    rows = FileChange.objects.filter(Q(child=child) | of_home | of_family)
    rows = rows.select_related("child", "relative", "recorded_by")
    seen = reach_of(user, "children.view_child")
    counties = county_names(code for one in rows for code in one.taken.get(FileField.HUKOU_COUNTY, ()))
    for one in rows:
        elsewhere = one.child_id != child.id and seen.covers(one.village_code)
        note = _("Said in the file of %(name)s.") % {"name": one.child.name} if elsewhere else ""
        yield _happening(one, _("Changed the file"), note, details=_details(one, child, counties, on=on))


def _details(change: FileChange, child: Child, counties: Mapping[str, str], *, on: date) -> tuple[Detail, ...]:
    """Of a sister's file only what is shared: the home, the grown-ups."""
    told = change.taken.items()
    shared = [(field, pair) for field, pair in told if change.child_id == child.id or _is_shared(change, field)]
    return tuple(
        Detail(_label(field, change.relative), *(_said(field, one, counties, on=on) for one in pair))
        for field, pair in shared
    )


def _is_shared(change: FileChange, field: str) -> bool:
    return change.relative_id is not None or field in OF_THE_HOME


def decided(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """Two people said different things, and somebody chose. One query."""
    rows = Difference.objects.shown_on(child).filter(decided_at__isnull=False)
    for one in rows.select_related("relative", "decided_by").distinct():
        kept, other = (one.brought, one.held) if one.kept == Kept.BROUGHT else (one.held, one.brought)
        counties = county_names((kept, other)) if one.field == FileField.HUKOU_COUNTY else {}
        values = (_said(one.field, value, counties, on=on) for value in (other, kept))
        detail = Detail(_label(one.field, one.relative), *values)
        words = _("Took back the other value") if one.kept == Kept.WITHDRAWN else _("Chose which of two values holds")
        assert one.decided_at
        assert one.decided_by
        yield Happening(one.decided_at, one.decided_at, one.decided_by.full_name, words, details=(detail,))


def moved(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """One query."""
    for one in Move.objects.filter(child=child).select_related("recorded_by"):
        told = {"what": one.get_kind_display(), "day": short_day(one.on, on=on)}
        words = _("%(what)s, on %(day)s") % told
        note = _(", ").join(part for part in (one.where, one.note) if part)
        yield Happening(one.recorded_at, one.made_at, _name_of(one.recorded_by), words, note)


def handed_over(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """A transfer asked for by either side, and what became of it. Three queries."""
    rows = Transfer.objects.visible_to(user).filter(child=child)
    asked = list(rows.select_related("recorded_by"))
    places = village_names([code for one in asked for code in (one.village_code, one.to_village_code)]) if asked else {}
    for one in asked:
        yield _happening(one, _asked(one, places, on=on), one.words)
    for move in TransferMove.objects.filter(transfer__in=rows).select_related("by", "transfer"):
        words = _("Transfer: %(state)s") % {"state": TransferState(move.went_to).label}
        yield Happening(move.at, move.at, _name_of(move.by), words, move.transfer.answer)


def _asked(one: Transfer, places: Mapping[str, str], *, on: date) -> str:
    told = {
        "old": places[one.village_code],
        "new": places[one.to_village_code],
        "day": short_day(one.on, on=on),
    }
    if one.asked_by_side == TransferAsker.OLD:
        return _("%(old)s asked %(new)s to take the child over, from %(day)s") % told
    return _("%(new)s asked %(old)s for the file: the child lives there since %(day)s") % told


def _name_of(user: User | None) -> str:
    """Nobody's name where time itself did it."""
    return user.full_name if user else ""


def _happening(entry: Any, words: str, note: str = "", *, details: tuple[Detail, ...] = ()) -> Happening:
    return Happening(entry.recorded_at, entry.made_at, entry.recorded_by.full_name, words, note, details)


def _label(field: str, relative: Relative | None) -> str:
    word = str(FileField(field).label) if field in FileField.values else field
    return _("%(field)s (%(name)s)") % {"field": word, "name": relative.name} if relative else word


def _said(field: str, text: str, counties: Mapping[str, str], *, on: date) -> str:
    try:
        return said(field, text, on=on, counties=counties)
    except ValueError:  # an older form of the field: as it was written
        return text
