"""Finding children of somebody's reach: by name, by an ID number or its tail, by the telephone of a grown-up."""

import re
import unicodedata

from django.db.models import Q

from ccmp.sealed import blind_index
from children.models import Kinship
from children.models.child import ChildQuerySet
from children.rules.id_slips import LENGTH
from children.rules.id_tail import TAIL, tail_mark
from children.rules.phone_mark import phone_digits, phone_mark
from children.rules.resident_id import clean_number

NUMBER = re.compile(r"\+?[0-9][0-9 \-()]*[xX]?")
PHONE = range(7, 13)  # digits, with the area's
LOOKED_THROUGH = 2000  # so many numbers of one tail are unsealed at most; a county has some dozens


def number_in(said: str) -> str:
    """The ID number, its tail, or the telephone that was said; nothing when it is a name."""
    plain = unicodedata.normalize("NFKC", said).strip()
    number = clean_number(plain).removeprefix("+")
    return number if NUMBER.fullmatch(plain) and len(number) >= TAIL else ""


def find_children(children: ChildQuerySet, said: str) -> ChildQuerySet:
    """Those of `children` that were meant, the nearest first, then in the register's order."""
    number = number_in(said)
    return _of_number(children, number).in_order() if number else children.matching(said).nearest_first(said)


def _of_number(children: ChildQuerySet, number: str) -> ChildQuerySet:
    if len(number) == LENGTH:
        return children.filter(resident_id_index=blind_index(number))
    meant = Q(resident_id_tail=tail_mark(number))
    if len(number) > TAIL:
        same_tail = children.filter(meant).values_list("pk", "resident_id")[:LOOKED_THROUGH]
        meant = Q(pk__in=[pk for pk, whole in same_tail if whole.endswith(number)])
    if len(phone_digits(number)) in PHONE and number.isdigit():
        meant |= Q(pk__in=Kinship.objects.filter(relative__phone_index=phone_mark(number)).values("child"))
    return children.filter(meant)
