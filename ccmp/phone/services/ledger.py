"""The phones of a reach as a list shows them: who has not synced, what waits, whose clock is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ccmp.moments import day_of
from ccmp.phone.models import Phone
from ccmp.phone.models.entry import OutboxEntryQuerySet
from ccmp.phone.models.phone import PhoneQuerySet
from ccmp.phone.rules.sent import TOLERANCE
from ccmp.places.rules.standards import value
from ccmp.web.spoken import spoken_span


@dataclass(frozen=True)
class PhoneLine:
    """One phone. `skew` is how far its clock is off, in words, if that is more than clocks differ without anybody's fault."""

    phone: Phone
    days: int  # whole days since it was heard of
    is_unheard: bool
    skew: str
    is_told: bool  # of one that is out of use: has it heard so?

    @property
    def is_fast(self) -> bool:
        return (self.phone.skew_seconds or 0) > 0


@dataclass(frozen=True)
class Counts:
    in_use: int
    unheard: int
    entries: int
    revoked: int


def unsynced_days(*, at: datetime) -> int:
    """After how many days without contact the county asks after a phone."""
    return value("phone.unsynced_days", on=day_of(at))


def unheard_before(*, at: datetime) -> datetime:
    """A phone that was not heard of since then is one that the county asks after."""
    return at - timedelta(days=unsynced_days(at=at))


def lines_of(phones: Iterable[Phone], *, at: datetime) -> list[PhoneLine]:
    before = unheard_before(at=at)
    return [_line(phone, before=before, at=at) for phone in phones]


def _line(phone: Phone, *, before: datetime, at: datetime) -> PhoneLine:
    off = abs(timedelta(seconds=phone.skew_seconds or 0))
    return PhoneLine(
        phone=phone,
        days=max((at - phone.last_contact_at).days, 0),
        is_unheard=phone.is_unheard(before=before),
        skew=spoken_span(off) if off > TOLERANCE else "",
        is_told=phone.revoked_at is not None and phone.last_contact_at > phone.revoked_at,
    )


def counts_of(phones: PhoneQuerySet, refused: OutboxEntryQuerySet, *, before: datetime) -> Counts:
    """How many stand behind each tab. Four queries."""
    return Counts(
        in_use=phones.in_use().count(),
        unheard=phones.unheard(before=before).count(),
        entries=refused.count(),
        revoked=phones.revoked().count(),
    )
