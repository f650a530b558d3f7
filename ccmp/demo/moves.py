"""Children of the demo who come and go: some left, one came back, two move between villages, a few are 18 soon."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from ccmp.demo.chance import Chance
from ccmp.demo.showcase import Known
from ccmp.moments import CHINA, DAY
from children.entries import ChildEntry
from children.enums import MoveKind, NoIdReason, SchoolStage
from children.models import OF_AGE, Child, years_before
from children.rules.moves import MoveEntry
from children.rules.transfers import Home, TransferEntry
from children.services.moves import note_leaving, note_return
from children.services.register import register_child
from children.services.transfers import ask_to_take_over, take_over

TOWNS = ("浙江义乌", "广东中山", "贵阳市", "遵义市区")
WORDS = "外婆家在你们村，孩子跟外婆住。怕黑，爱画画，请先带她认认路。"
SETTLED = timedelta(days=45)  # who came later is not on the move again


def come_and_go(chance: Chance, villages: Sequence[Known], *, today: date) -> None:
    """In every village somebody left, somebody came back, and somebody is 18 soon; between the first two, two move."""
    for number, known in enumerate(villages):
        own = chance.apart(number)
        staying = _settled(own, known, today=today)
        _leave(own, known, next(staying, None), today - 18 * DAY)
        _come_back(own, known, next(staying, None), today)
        _turn_eighteen(own, known, next(staying, None), today)
    if len(villages) > 1:
        here, there = villages[0], villages[1]
        _move(chance.apart("away"), here, there, today - 9 * DAY, today=today, is_taken=True)
        _move(chance.apart("here"), there, here, today - 2 * DAY, today=today, is_taken=False)


def _settled(chance: Chance, known: Known, *, today: date) -> Iterator[ChildEntry]:
    """Children who are there for a while and under 16, in a random order, each only as long as it is there."""
    found = [
        child
        for home in known.homes
        for child in home.children
        if home.registered_at.date() < today - SETTLED and child.born_on > today - timedelta(days=16 * 365)
    ]
    while found:
        one = chance.one_of(found)
        found.remove(one)
        child = Child.objects.filter(pk=one.id, gone_on=None, village_code=known.village.code)
        if child.exists() and not child.filter(moves__isnull=False).exists():
            yield one


def _afternoon(day: date) -> datetime:
    return datetime.combine(day, time(15, 20), tzinfo=CHINA)


def _leave(chance: Chance, known: Known, child: ChildEntry | None, day: date) -> None:
    if child is None:
        return
    at = _afternoon(day)
    entry = MoveEntry(child.id, MoveKind.LEFT, day - DAY, chance.one_of(TOWNS), id=chance.id_at(at), made_at=at)
    note_leaving(entry=entry, by=known.mother, at=at)


def _come_back(chance: Chance, known: Known, child: ChildEntry | None, today: date) -> None:
    if child is None:
        return
    _leave(chance, known, child, today - 32 * DAY)
    at = _afternoon(today - 6 * DAY)
    entry = MoveEntry(child.id, MoveKind.RETURNED, today - 7 * DAY, id=chance.id_at(at), made_at=at)
    note_return(entry=entry, by=known.mother, at=at)


def _turn_eighteen(chance: Chance, known: Known, brother: ChildEntry | None, today: date) -> None:
    """An elder brother or sister of a child of the village, registered late."""
    if brother is None:
        return
    at = _afternoon(today - 15 * DAY)
    birthday = today + chance.between(5, 25) * DAY
    born_on = years_before(birthday, OF_AGE)
    eldest = replace(
        brother,
        id=chance.id_at(at),
        name=f"{brother.name[0]}{chance.one_of(('志远', '晓峰', '思源', '佳慧'))}",
        born_on=born_on,
        school_stage=SchoolStage.SENIOR,
        resident_id="",
        no_id_reason=NoIdReason.NOT_AT_HAND,
        made_at=at,
    )
    register_child(entry=eldest, by=known.mother, at=at)


def _move(chance: Chance, old: Known, new: Known, day: date, *, today: date, is_taken: bool) -> None:
    child = next(_settled(chance, old, today=today), None)
    if child is None:
        return
    at = _afternoon(day)
    entry = TransferEntry(child.id, new.village.code, day - DAY, WORDS, chance.id_at(at), at)
    transfer = ask_to_take_over(entry=entry, by=old.mother, at=at)
    if is_taken:
        home = Home(head_name="李国强", neighbourhood="下寨组")
        take_over(transfer_id=transfer.id, home=home, by=new.mother, at=at + timedelta(hours=5))
