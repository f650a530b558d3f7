"""The mothers' phones: most were in contact last evening, some have not been heard of for days. Nobody holds their tokens."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from ccmp.demo.chance import Chance
from ccmp.demo.showcase import Known
from ccmp.identifiers import new_id
from ccmp.moments import CHINA
from ccmp.phone.services.phones import Told, note_contact, set_up_phone

LABELS = ("Chrome · Android", "HUAWEI Browser · Android", "MIUI Browser · Android")
SILENT_EVERY = 7  # of so many phones one lies in a village without a network


def hand_out(chance: Chance, villages: Sequence[Known], *, today: date) -> None:
    """A phone for each mother; the last village of each seven is not heard of for days."""
    for number, known in enumerate(villages, start=1):
        is_silent = number % SILENT_EVERY == min(SILENT_EVERY, len(villages)) % SILENT_EVERY
        days = chance.between(4, 9) if is_silent else 1
        at = _moment(chance, today - timedelta(days=days))
        phone = set_up_phone(
            phone_id=new_id(),
            label=chance.one_of(LABELS),
            by=known.mother,
            at=at - timedelta(days=chance.between(3, 20)),
        ).phone
        waiting = chance.between(2, 8) if is_silent else 0
        note_contact(
            phone=phone,
            told=Told(
                clock=at + timedelta(seconds=chance.weighted({4: 8, 560: 1, -1380: 1})),
                waiting=waiting,
                oldest_waiting_at=at - timedelta(hours=5) if waiting else None,
            ),
            at=at,
        )


def _moment(chance: Chance, day: date) -> datetime:
    return datetime.combine(day, time(17, 0), tzinfo=CHINA) + timedelta(minutes=chance.between(0, 240))
