"""What a mother's phone holds of the register: a sheet for each home with its grown-ups, and one for each of its children.

One more tells how the characters of their names are spoken: with it the phone finds a name by pinyin and initials, that of a
child registered on the road too.

Labels are not sent: they hold for a day, and the phone works them out for its own from the same dated facts
(ccmp/static/js/phone/rules/labels.js). A parent who is noted as gone on the road moves them at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from children.models import (
    OF_AGE,
    Away,
    CareBar,
    Child,
    Guardianship,
    Household,
    Incapacity,
    Kinship,
    ParentContact,
    Relative,
    years_before,
)
from children.models.child import ChildQuerySet
from children.rules.names import syllable_of
from children.rules.resident_id import masked
from children.services.counties import counties_near
from children.services.phone_claims import more_of as claims_of
from children.services.phone_moves import more_of as moves_of
from children.services.phone_moves import with_where_to
from children.services.phone_trust import more_of

LEFT_STAY = timedelta(days=183)  # so long the file of a child who left can still be opened: reports about it go on
By = dict[UUID, list[Any]]


class Kin(NamedTuple):
    """Who is what to a child, and where that grown-up's sheet is."""

    id: int
    child_id: UUID
    relation: str
    relative_id: UUID
    home_id: UUID


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """Each home, and after it its children: neighbours on the wire share what they have in common. Eighteen queries."""
    on = day_of(at)
    children = with_where_to(Child.objects.visible_to(user)).order_by("household", "born_on", "id")
    kin, care, trust, moves = _kin(user), _care(user, on=on), more_of(user), moves_of(user)
    claims = claims_of(user)
    relatives = _relatives(user, kin, on=on)
    by_home: dict[UUID, list[Child]] = defaultdict(list)
    for child in children:
        by_home[child.household_id].append(child)
    yield Doc("counties", _counties(user, children, on=on))
    homes = list(Household.objects.visible_to(user).in_order())
    yield Doc("syllables", _syllables([*(child.name for child in children), *_names_of(homes)]))
    for home in homes:
        here = by_home[home.id]
        held = [child for child in here if _is_held(child, on=on)]
        yield Doc(f"home:{home.id}", _home(home, relatives[home.id], [one for one in here if one not in held]))
        for child in held:
            yield Doc(
                f"child:{child.id}", _child(child, kin[child.id], care[child.id]) | _more(child, trust, moves, claims)
            )


def _more(child: Child, *of_others: Mapping[UUID, dict[str, Any]]) -> dict[str, Any]:
    """What other parts of the register put onto a child's sheet."""
    return {key: value for held in of_others for key, value in held.get(child.id, {}).items()}


def _is_held(child: Child, *, on: date) -> bool:
    """In the register of today, or not long out of it."""
    since = on - LEFT_STAY
    return (child.gone_on is None or child.gone_on > since) and child.born_on > years_before(since, OF_AGE)


def _names_of(homes: Iterable[Household]) -> Iterator[str]:
    """By which a home is looked for, beside its children's."""
    for home in homes:
        yield from (home.head_name, home.neighbourhood)


def _home(home: Household, relatives: list[dict[str, Any]], others: list[Child]) -> dict[str, Any]:
    """`others` lived here as children: a home is still found by their names."""
    return _filled(
        {
            "head_name": home.head_name,
            "neighbourhood": home.neighbourhood,
            "address": home.address,
            "inc": home.income,
            "aid": home.aid,
            "relatives": relatives,
            "others": [[child.name, child.born_on.isoformat()] for child in others],
        }
    )


def _child(child: Child, kin: list[Kin], care: list[Any]) -> dict[str, Any]:
    return _filled(
        {
            "home": str(child.household_id),
            "name": child.name,
            "sex": child.sex,
            "born_on": child.born_on.isoformat(),
            "ethnic": child.ethnic_group,
            "ethnic_words": child.ethnic_words,
            "hukou": child.hukou,
            "hk_c": child.hukou_county,
            "hk_p": child.hukou_place,
            "here": _day(child.lives_here_since),
            "school": child.school_stage,
            "sch": child.school_name,
            "told": _day(child.health_told_on),
            "boarding": child.is_boarding,
            "id_number": masked(child.resident_id),
            "no_id": child.no_id_reason,
            **_stay(child),
            "version": child.version,
            "kin": [_of_kin(one, child) for one in kin],
            "care": care,
        }
    )


def _stay(child: Child) -> dict[str, str]:
    return {
        "registered_on": child.registered_on.isoformat(),
        "since": _day(child.here_since) if child.here_since != child.registered_on else "",
        "gone_on": _day(child.gone_on),
        "why": child.gone_why,
        "to": child.gone_where or "",  # type: ignore[attr-defined]
    }


def _counties(user: User, children: ChildQuerySet, *, on: date) -> dict[str, str]:
    """{"520323": "绥阳县"}: what a hukou can be chosen from, and what those of the village are called."""
    return dict(counties_near(user.post.place_code, children, on=on)) if user.post else {}


def _syllables(names: Iterable[str]) -> dict[str, str]:
    """{"chen": "晨陈"}: the characters of these names by how they are spoken."""
    spoken: dict[str, str] = defaultdict(str)
    for character in sorted({character for name in names for character in name}):
        spoken[syllable_of(character)] += character
    return dict(sorted(spoken.items()))


def _of_kin(kin: Kin, child: Child) -> list[str]:
    """[relation, relative], and the relative's home where it is another one."""
    said = [kin.relation, str(kin.relative_id)]
    return said if kin.home_id == child.household_id else [*said, str(kin.home_id)]


def _kin(user: User) -> dict[UUID, list[Kin]]:
    """By child, in the order of `Child.family`."""
    rows = Kinship.objects.filter(child__in=Child.objects.visible_to(user)).order_by("relation", "id")
    found: dict[UUID, list[Kin]] = defaultdict(list)
    for row in rows.values_list("id", "child_id", "relation", "relative_id", "relative__household_id"):
        found[row[1]].append(Kin(*row))
    return found


def _care(user: User, *, on: date) -> By:
    """Who looks after a child from today on, by child."""
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    rows = Guardianship.objects.filter(lasting, child__in=Child.objects.visible_to(user))
    found: By = defaultdict(list)
    for one in rows.order_by("since", "id"):
        found[one.child_id].append(
            _filled(
                {
                    "carer": str(one.carer_id or ""),
                    "kind": one.kind,
                    "since": one.since.isoformat(),
                    "until": _day(one.until),
                    "entrusted": one.is_entrusted,
                    "signed_on": _day(one.paper_signed_on),
                    "school_on": _day(one.school_told_on),
                    "village_on": _day(one.village_told_on),
                }
            )
        )
    return found


def _relatives(user: User, kin: dict[UUID, list[Kin]], *, on: date) -> By:
    """The grown-ups of each home, in the order in which the registration of a further child names them."""
    stays, unable, last = _stays(user, on=on), _unable(user, on=on), _last_contacts(user, on=on)
    people = {one.id: one for one in Relative.objects.filter(household__in=Household.objects.visible_to(user))}
    barred = set(CareBar.objects.visible_to(user).holding(on=on).values_list("relative_id", flat=True))
    found: By = defaultdict(list)
    named = sorted((one for of_child in kin.values() for one in of_child), key=attrgetter("relation", "id"))
    for one in named:
        person = people.pop(one.relative_id, None)
        if person is None:
            continue
        lived = {
            "stays": stays[person.id],
            "unable": unable[person.id],
            "last": last.get(person.id),
            "barred": person.id in barred,
        }
        found[one.home_id].append(_filled({"id": str(person.id), "as": one.relation} | _person(person) | lived))
    return found


def _person(one: Relative) -> dict[str, Any]:
    return {
        "name": one.name,
        "born_on": _day(one.born_on),
        "phone": one.phone,
        "died_on": _day(one.died_on),
        "missing_since": _day(one.missing_since),
        "declared_on": _day(one.declared_missing_on),
        "address": one.address,
        "work": one.works_at,
        "id_number": masked(one.resident_id),
    }


def _last_contacts(user: User, *, on: date) -> dict[UUID, list[str]]:
    """[day, how] of the last contact with each who was in touch."""
    rows = ParentContact.objects.visible_to(user).filter(on__lte=on).order_by("relative", "-on", "-id")
    last = rows.distinct("relative").values_list("relative_id", "on", "how")
    return {relative_id: [day.isoformat(), how] for relative_id, day, how in last}


def _stays(user: User, *, on: date) -> By:
    """[since, until, where] by relative: the last that the file says, and whatever holds from today on."""
    rows = Away.objects.filter(relative__household__in=Household.objects.visible_to(user))
    of_each: By = defaultdict(list)
    for relative_id, since, until, where in rows.values_list("relative_id", "since", "until", "where"):
        of_each[relative_id].append((until is None, since, until, where))
    found: By = defaultdict(list)
    for relative_id, stays in of_each.items():
        stays.sort()
        wanted = [stay for stay in stays if stay is stays[-1] or stay[0] or stay[2] > on]
        found[relative_id] = [[since.isoformat(), _day(until), where] for _runs, since, until, where in wanted]
    return found


def _unable(user: User, *, on: date) -> By:
    """[reason, since, until] by relative, from today on."""
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    rows = Incapacity.objects.filter(lasting, relative__household__in=Household.objects.visible_to(user))
    found: By = defaultdict(list)
    for relative_id, reason, since, until in rows.order_by("since", "id").values_list(
        "relative_id", "reason", "since", "until"
    ):
        found[relative_id].append([reason, since.isoformat(), _day(until)])
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _filled(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if value}
