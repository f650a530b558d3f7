"""Parents of the demo who are away: most of them call home, some are silent. And one carer who may not be entrusted with a child."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from ccmp.demo.chance import Chance
from ccmp.demo.register import Home
from ccmp.demo.showcase import Known
from ccmp.moments import CHINA, DAY
from children.entries import ParentEntry
from children.enums import CareBarKind, ContactHow
from children.models import Child
from children.rules.contact import ContactEntry
from children.services.bars import BarEntry, note_bar

HOW = {ContactHow.VIDEO: 62, ContactHow.CALL: 28, ContactHow.MESSAGE: 7, ContactHow.AT_HOME: 3}
LATELY, LONG_AGO = 0.9, 0.06  # of parents who are away; of the others nothing was noted yet
NOTES = ("问了学习和吃饭。", "说国庆回来。", "孩子不太愿意讲话，妈妈哭了。", "寄了冬衣，问了身高。")
GAMBLES = "邻居和村干部都说他常在镇上打牌，孩子晚上一个人在家。"


def invent_contacts(chance: Chance, homes: Sequence[Home], *, today: date) -> list[ContactEntry]:
    """The last contact of each parent who is away, and of many of them the one before."""
    return [
        one
        for home in homes
        for parent in home.family.parents
        if parent.away_since and not parent.died_on and not parent.missing_since
        for one in _of_a_parent(chance.apart(parent.id), home, parent, today=today)
    ]


def _of_a_parent(chance: Chance, home: Home, parent: ParentEntry, *, today: date) -> Iterator[ContactEntry]:
    draw = chance.draw()
    if draw >= LATELY + LONG_AGO:
        return
    last = today - (chance.between(1, 6) if draw < LATELY else chance.between(10, 45)) * DAY
    for day in (last - chance.between(4, 9) * DAY, last):
        if home.registered_at.date() < day:
            yield _contact(chance, home, parent, day)


def _contact(chance: Chance, home: Home, parent: ParentEntry, day: date) -> ContactEntry:
    made_at = datetime.combine(day, time(chance.between(17, 20), chance.between(0, 59)), tzinfo=CHINA)
    return ContactEntry(
        child=home.children[0].id,
        relative=parent.id,
        on=day,
        how=chance.weighted(HOW),
        with_child=True,
        with_carer=chance.happens(0.7),
        note=chance.one_of(NOTES) if chance.happens(0.15) else "",
        id=chance.id_at(made_at),
        made_at=made_at,
    )


def bar_a_carer(chance: Chance, known: Known, *, today: date) -> None:
    """One who is entrusted with a child turns out to be unfit: the file says so in red, and the county decides."""
    for home in known.homes:
        child, carer = home.children[0], home.family.carer
        is_here = Child.objects.filter(pk=child.id, gone_on=None, village_code=known.village.code).exists()
        if not carer.is_entrusted or home.registered_at.date() > today - timedelta(days=20) or not is_here:
            continue
        at = datetime.combine(today - DAY, time(10, 5), tzinfo=CHINA)
        entry = BarEntry(
            child.id,
            carer.id,
            CareBarKind.GAMBLING,
            today - 12 * DAY,
            words=GAMBLES,
            id=chance.id_at(at),
            made_at=at,
        )
        note_bar(entry=entry, by=known.mother, at=at)
        return
