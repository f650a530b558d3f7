"""Transfers as each side may read them: what the new one may not know yet is not in the row that it reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, When

from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.reach import Reach, reach_of
from ccmp.places.enums import Level
from ccmp.places.models import Enrolment, Place
from ccmp.places.rules.standards import value
from ccmp.walls.asking import whole_reach
from children.enums import TransferAsker, TransferState
from children.models import Child, Transfer
from children.models.stay import TransferQuerySet
from children.rules.transfers import MOVE, side_that_answers, side_that_asked
from children.services.handover import read_handover

LATELY = timedelta(days=183)
GONE = 50
MOST = 200  # villages on the page; more of them are found by name
STATES = {
    TransferState.WAITING: "running",
    TransferState.DONE: "met",
    TransferState.DECLINED: "danger",
    TransferState.WITHDRAWN: "exempt",
    TransferState.OVER: "exempt",
}


# The side to which the child was to come reads the paper while it is asked, and once it has the child; of a child that did
# not come it keeps the name alone.
STILL_READ = (TransferState.WAITING, TransferState.DONE)


@dataclass(frozen=True)
class ToldTransfer:
    """One transfer for one reader. `name` and `place` are empty for who asked by a number and was not answered yet."""

    transfer: Transfer
    is_out: bool
    is_in: bool
    name: str
    born_on: date | None
    place: str
    old_place: str
    new_place: str
    paper: dict[str, Any]
    may_answer: bool
    may_withdraw: bool
    is_late: bool

    @property
    def mark(self) -> str:
        return STATES[TransferState(self.transfer.state)]

    @property
    def is_offered(self) -> bool:
        return self.transfer.asked_by_side == TransferAsker.OLD

    @property
    def is_waiting(self) -> bool:
        return self.transfer.state == TransferState.WAITING

    @property
    def is_within(self) -> bool:
        """Both villages are the reader's: it is an office's matter, and neither is its own village."""
        return self.is_out and self.is_in

    @property
    def is_done(self) -> bool:
        return self.transfer.state == TransferState.DONE

    @property
    def is_over(self) -> bool:
        return self.transfer.state == TransferState.OVER

    @property
    def child_is_here(self) -> bool:
        """Its file lies within the reader's reach now."""
        here = (
            self.transfer.to_village_code if self.transfer.state == TransferState.DONE else self.transfer.village_code
        )
        return (self.is_in and here == self.transfer.to_village_code) or (
            self.is_out and here == self.transfer.village_code
        )


def waiting_or_late(user: User, *, at: datetime) -> TransferQuerySet:
    """Those of both sides that wait, or were answered in the last half year; the waiting ones first, then the newest."""
    rows: TransferQuerySet = Transfer.objects.visible_to(user)
    lately = Q(state=TransferState.WAITING) | Q(recorded_at__gt=at - LATELY)
    first = Case(When(state=TransferState.WAITING, then=0), default=1)
    return rows.filter(lately).select_related("child").order_by(first, "-recorded_at", "id")


def told_transfer(user: User, transfer_id: UUID) -> Transfer | None:
    """One of them, if either side is this reader's."""
    rows: TransferQuerySet = Transfer.objects.visible_to(user)
    with whole_reach("either side of a transfer is told which child it is about"):
        return rows.select_related("child").filter(pk=transfer_id).first()


def gone_lately(user: User, *, on: date) -> list[Child]:
    """Whose file lies here still, though the child left in the last half year; the last ones first."""
    rows = Child.objects.visible_to(user).filter(gone_on__gt=on - LATELY, gone_on__lte=on)
    return list(rows.order_by("-gone_on", "id")[:GONE])


def told(rows: Iterable[Transfer], user: User, *, at: datetime) -> list[ToldTransfer]:
    """As this reader may read them. One query for the places, one for the reader's reach."""
    with whole_reach("either side of a transfer is told which child it is about"):
        transfers = list(rows)
    sees, moves = reach_of(user, "children.view_child"), reach_of(user, MOVE)
    places = village_names([code for one in transfers for code in (one.village_code, one.to_village_code)])
    return [_told(one, sees, moves, places, at=at) for one in transfers]


def _told(one: Transfer, sees: Reach, moves: Reach, places: dict[str, str], *, at: datetime) -> ToldTransfer:
    is_out, is_in = sees.covers(one.village_code), sees.covers(one.to_village_code)
    knows = is_out or one.asked_by_side == TransferAsker.OLD or one.state == TransferState.DONE
    waits = one.state == TransferState.WAITING
    days = timedelta(days=value("register.transfer_answer_days", on=day_of(at)))
    written = read_handover(one.handover) if knows else {}
    other = one.to_village_code if is_out else one.village_code
    return ToldTransfer(
        transfer=one,
        is_out=is_out,
        is_in=is_in,
        name=str(written.get("name") or one.child.name) if knows else "",
        born_on=_born(written, one) if knows else None,
        place=places.get(other, "") if knows else "",
        old_place=places.get(one.village_code, "") if knows else "",
        new_place=places.get(one.to_village_code, ""),
        paper=written if is_out or one.state in STILL_READ else {},
        may_answer=waits and moves.covers(side_that_answers(one)),
        may_withdraw=waits and moves.covers(side_that_asked(one)),
        is_late=waits and one.recorded_at + days < at,
    )


def _born(paper: dict[str, Any], one: Transfer) -> date:
    """As the paper has it: the file may be out of the reader's reach by now."""
    return date.fromisoformat(paper["born_on"]) if paper else one.child.born_on


def village_names(codes: Sequence[str]) -> dict[str, str]:
    """洋川街道石笋沟村, by code. One query."""
    wanted = {*codes, *(f"{code[:9]}000" for code in codes)}
    names = dict(Place.objects.filter(pk__in=wanted).values_list("code", "name"))
    return {code: names.get(f"{code[:9]}000", "") + names.get(code, "") for code in {*codes}}


@dataclass(frozen=True)
class ProgrammeVillage:
    """A village to which a child can be handed over. Villages are no secret."""

    code: str
    name: str
    township: str
    county: str


def villages_to_choose(code: str, words: str, *, wide: bool, on: date) -> list[ProgrammeVillage]:
    """Villages of the programme by their own, their township's or their county's name: of the child's county or, `wide`,
    of every one. Two queries, and one for each word."""
    rows = Enrolment.objects.current(on=on).under("" if wide else code[:6]).exclude(village_code=code)
    for word in words.replace("\x00", "").split():
        rows = rows.filter(_in_a_place_named(word))
    found = list(rows.select_related("village").order_by("village_code")[:MOST])
    above = {f"{one.village_code[:digits]:0<12}" for one in found for digits in (6, 9)}
    names = dict(Place.objects.filter(pk__in=above).values_list("code", "name"))
    return [
        ProgrammeVillage(
            one.village_code,
            one.village.name,
            names.get(f"{one.village_code[:9]}000", ""),
            names.get(f"{one.village_code[:6]}000000", ""),
        )
        for one in found
    ]


def _in_a_place_named(word: str) -> Q:
    """In a village, township or county whose name has the word, or whose code begins so."""
    above = Place.objects.filter(level__in=[Level.COUNTY, Level.TOWNSHIP], name__icontains=word)
    found = Q(village__name__icontains=word) | Q(village_code__startswith=word)
    for place in above.in_order()[:MOST]:
        found |= Q(village_code__startswith=place.prefix)
    return found
