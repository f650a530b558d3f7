"""Before a child is registered: whose file of her village may be the same child's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from uuid import UUID

from django.utils.translation import gettext as _

from ccmp.refusals import Refusal
from children.models import Child, Household, Kinship
from children.rules.held_numbers import AlreadyRegistered
from children.rules.id_slips import LENGTH
from children.rules.id_tail import tail_mark
from children.rules.names import initials_of, pinyin_of
from children.rules.phone_mark import phone_mark
from children.rules.resident_id import clean_number, masked
from children.rules.similar import Described, likeness

SHOWN = 5


@dataclass(frozen=True)
class Alike:
    """A child whose file is held, and why it may be the one who is to be registered."""

    child: Child
    said: str


def described(*, name: str, born_on: date | None, phones: Iterable[str], number: str) -> Described:
    """A child as somebody writes her down."""
    marks = frozenset(mark for mark in map(phone_mark, phones) if mark)
    plain = clean_number(number)
    whole = masked(plain) if len(plain) == LENGTH else ""
    return Described(
        name, pinyin_of(name), initials_of(name), born_on, phones=marks, tail=tail_mark(plain), number=whole
    )


def alike_in(village_code: str, wanted: Described, *, but: UUID | None, as_on_phone: bool = False) -> list[Alike]:
    """The likeliest of the village first; `but` is the entry itself, sent again. Two queries, one for numbers, one for homes.

    `as_on_phone`: what comes from a phone is asked about where the phone could ask. It cannot speak a character that no name
    of the village has, be it a child's or a home's.
    """
    if not wanted.name:
        return []
    phones = _phones_in(village_code)
    facts = ("pk", "name", "pinyin", "initials", "born_on", "resident_id_tail")
    near: list[tuple[UUID, Described]] = []
    rows = list(Child.objects.under(village_code).exclude(pk=but).in_order().values_list(*facts))
    if as_on_phone and not set(wanted.name) <= set("".join([*(row[1] for row in rows), *_homes_in(village_code)])):
        wanted = replace(wanted, pinyin="", initials="")
    for key, name, pinyin, initials, born_on, tail in rows:
        held = Described(name, pinyin, initials, born_on, phones=frozenset(phones.get(key, ())), tail=tail)
        if likeness(wanted, held).is_enough:
            near.append((key, held))
    found = _still_enough(wanted, near)
    nearest = sorted(found)[:SHOWN]
    children = Child.objects.select_related("household").in_bulk([key for _points, _place, key, _said in nearest])
    return [Alike(children[key], said) for _points, _place, key, said in nearest]


def _still_enough(wanted: Described, near: Sequence[tuple[UUID, Described]]) -> list[tuple[int, int, UUID, str]]:
    """(points below nothing, place, child, reasons) of those whom their number does not tell from the child that is meant."""
    keys = [key for key, _held in near] if wanted.number else []
    numbers = {key: masked(number) for key, number in _numbers_of(keys)} if keys else {}
    likenesses = [likeness(wanted, replace(held, number=numbers.get(key, ""))) for key, held in near]
    told = enumerate(zip(near, likenesses, strict=True))
    return [(-like.points, place, key, like.said) for place, ((key, _held), like) in told if like.is_enough]


def _numbers_of(keys: Sequence[UUID]) -> Iterable[tuple[UUID, str]]:
    """Unsealed: of those who are alike, and of nobody else."""
    return Child.objects.filter(pk__in=keys).values_list("pk", "resident_id")


def holder_in(refusal: Refusal) -> list[Alike]:
    """Whose file of her own village it is that has the ID number already."""
    holder = refusal.holder if isinstance(refusal, AlreadyRegistered) else None
    return [Alike(holder, _("the same ID number"))] if holder else []


def _homes_in(village_code: str) -> Iterator[str]:
    rows = Household.objects.under(village_code).order_by().values_list("head_name", "neighbourhood")
    return chain.from_iterable(rows)


def _phones_in(village_code: str) -> dict[UUID, list[str]]:
    rows = Kinship.objects.filter(child__village_code__startswith=village_code).exclude(relative__phone_index="")
    phones: dict[UUID, list[str]] = defaultdict(list)
    for child_id, mark in rows.values_list("child_id", "relative__phone_index"):
        phones[child_id].append(mark)
    return phones
