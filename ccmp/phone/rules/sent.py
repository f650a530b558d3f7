"""Reading what a phone sends, and what it must satisfy before anything is done."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from ccmp.moments import LAST_DAY, PROGRAMME_BEGAN, day_of
from ccmp.phone.entries import SentEntry
from ccmp.refusals import Refusal
from ccmp.sealed import blind_index

LONGEST_KIND = 60
TOLERANCE = timedelta(minutes=2)  # by which clocks differ without anybody's fault
FARTHEST_SKEW = 2_000_000_000  # seconds: a clock that was reset says 1970
NOT_CONTENT = "csrfmiddlewaretoken"
YEARS_OF_CLOCKS = range(1900, 2200)  # what the database and every page can show; a clock that was reset begins in 1970
ANY_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
MADE_BY = ("id", "household_id", "household")  # where a form or body names what it makes


class NotReadable(Refusal):
    """An entry that is not one."""

    sentence = _("This entry cannot be read. Open it, look it through, and send it again.")


class UnknownKind(Refusal):
    sentence = _("This kind of entry is not known here. Update the app, then send it again.")


class ClockIsAhead(Refusal):
    sentence = _(
        "By your phone's clock this was written in the future. Set the clock to the right time, then send it again."
    )


class ClockIsWrong(Refusal):
    sentence = _(
        "By your phone's clock this was written long ago. Set the clock to the right time, then send it again."
    )


class NoPostThen(Refusal):
    sentence = _(
        "You held no post when this was written, or it ended too long ago. The county office can read it and tell you."
    )


class NotInReach(Refusal):
    sentence = _(
        "This is not in your village's register any more, or never was. Look it up in the list, or ask the county office."
    )


class NotTaken(Refusal):
    sentence = _("The page did not take this as it was sent. Open it, look it through, and send it again.")


class FormRefused(NotTaken):
    """A form, or a body, in which something is wrong; `sentences` says it field by field."""

    def __init__(self, sentences: Mapping[str, list[str]]) -> None:
        first = next(iter(sentences))
        super().__init__(sentences[first][0], field=first)
        self.sentences = sentences


def sentences_of(refusal: Refusal) -> Mapping[str, list[str]]:
    """What a refusal says, by field."""
    if isinstance(refusal, FormRefused):
        return refusal.sentences
    return {refusal.field: [str(refusal)]} if refusal.field else {}


class CannotBeStored(Refusal):
    sentence = _(
        "Something in it cannot be kept as it was written. Look through its words and numbers, then send it again."
    )


class WrittenAtOnce(Refusal):
    sentence = _("Somebody recorded the same thing at this moment. Look at it, then send it again.")


class SentAgainByItself(Refusal):
    """Not a refusal to her: nothing is asked of her, the phone sends it once more."""


class Trouble(SentAgainByItself):
    """Nobody foresaw this, or a server was away."""

    sentence = _("The server could not take this just now. It stays on your phone and is sent again by itself.")


class WaitsForAnother(SentAgainByItself):
    sentence = _(
        "This follows an entry of yours that was not taken. Mend that one first; this one then goes by itself."
    )


def read_entry(said: Any) -> SentEntry:
    """What was sent, as far as it can be read. Raises NotReadable where there is no id by which to keep it."""
    if not isinstance(said, Mapping):
        raise NotReadable()
    number = said.get("id")
    try:
        entry_id = UUID(number) if isinstance(number, str) else None
    except ValueError:
        entry_id = None
    if entry_id is None:
        raise NotReadable()
    kind = said.get("kind")
    return SentEntry(
        id=entry_id,
        kind=storable(kind)[:LONGEST_KIND] if isinstance(kind, str) else "",
        made_at=read_moment(said.get("made_at")),
        body=said.get("body"),
        said=said,
    )


def read_moment(text: Any) -> datetime | None:
    """A moment with its offset; none for anything else."""
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def told_moment(moment: datetime | None) -> datetime | None:
    """A moment as it is kept with a receipt: none where no calendar of ours shows it. The entry itself is kept as it came."""
    return moment if moment is not None and moment.year in YEARS_OF_CLOCKS else None


def skew_of(clock: datetime | None, *, at: datetime) -> int | None:
    """By how many seconds a phone's clock is ahead of the server's."""
    if clock is None:
        return None
    return max(-FARTHEST_SKEW, min(FARTHEST_SKEW, round((clock - at).total_seconds())))


def moment_of(entry: SentEntry, *, skew: int | None, at: datetime) -> datetime:
    """When it was written, by the server's clock and never later than it came.

    A phone's clock is believed within the tolerance, so that its times stay as she saw them. Raises a Refusal when no
    correction makes the moment possible.
    """
    if entry.made_at is None:
        raise NotReadable(_("Say when this was written, with the time zone: 2026-03-12T16:05:00+08:00."))
    off = timedelta(seconds=skew or 0)
    try:
        moment = entry.made_at - off if abs(off) > TOLERANCE else entry.made_at
        on = day_of(moment)
    except OverflowError:
        raise ClockIsWrong() from None
    if moment > at + TOLERANCE:
        raise ClockIsAhead()
    if not PROGRAMME_BEGAN < on <= LAST_DAY:
        raise ClockIsWrong()
    return min(moment, at)


def storable(text: str) -> str:
    """The text without what PostgreSQL and UTF-8 cannot hold: NUL, and halves of a character."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def as_json(said: Any) -> str:
    return json.dumps(said, sort_keys=True)  # ASCII: halves of characters stay what they were


def fingerprint_of(entry: SentEntry) -> str:
    """A keyed fingerprint (64 hex digits) of what an entry says, without when it was written and a page's token against forgery."""
    body = entry.body
    if isinstance(body, Mapping) and isinstance(body.get("fields"), Mapping):
        body = {**body, "fields": {name: value for name, value in body["fields"].items() if name != NOT_CONTENT}}
    return blind_index(as_json([entry.said.get("kind"), body]))


def brought_by(entry: SentEntry) -> set[UUID]:
    """The ids of what an entry would make: a child, its home, a visit, a session."""
    body = entry.body if isinstance(entry.body, Mapping) else {}
    fields = body.get("fields")
    said = fields if isinstance(fields, Mapping) else {"id": str(entry.id), **body}
    return {one for name in MADE_BY for one in ids_in(said.get(name))}


def ids_in(value: Any) -> set[UUID]:
    """Every id that a value names."""
    return {UUID(text) for text in ANY_ID.findall(as_json(value))}
