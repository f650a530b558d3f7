"""Invented facts of children: every sort of family, at and beside the days on which something turns."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.places.rules.standards import values_in_turn
from children.enums import CareKind, Hukou, IncapacityReason, Means, SchoolStage
from children.models import (
    Away,
    Child,
    Guardianship,
    Household,
    HouseholdMeans,
    Incapacity,
    Kinship,
    PastHukou,
    Relative,
    years_before,
)
from children.rules.child_facts import CareFacts, ChildFacts, HukouFacts, ParentFacts, Span
from children.services.phone_labels import STANDARDS

ON = date(2026, 3, 12)
VILLAGE = "520323100201"
COUNTIES = ("", "520323", "520323", "520327")


def near(chance: random.Random) -> date:
    """A day at or beside the one that is asked for, half a year before it, or long before."""
    return ON + timedelta(days=chance.choice([-2000, -400, -182, -181, -180, -30, -1, 0, 0, 1, 30]))


def span(chance: random.Random) -> Span:
    since = near(chance)
    return Span(since, chance.choice([None, None, since + timedelta(days=chance.choice([1, 30, 181, 600, 2400]))]))


def spans(chance: random.Random, number: int) -> list[Span]:
    """At most one of them lasts."""
    made = [span(chance) for _ in range(number)]
    lasting = [one for one in made if one.until is None]
    return [one for one in made if one.until] + lasting[:1]


def a_grown_up(chance: random.Random) -> ParentFacts:
    maybe = lambda often: near(chance) if chance.random() < often else None  # noqa: E731
    missing_since = maybe(0.2)
    some = lambda: spans(chance, chance.choice([0, 1, 1, 2]))  # noqa: E731
    return ParentFacts(
        known=True,
        died_on=maybe(0.2),
        missing_since=missing_since,
        declared_missing_on=missing_since + timedelta(days=730) if missing_since and chance.random() < 0.4 else None,
        unable=tuple((chance.choice(list(IncapacityReason)), one) for one in sorted(some(), key=_by_day)),
        stays=tuple((chance.choice(["", "广东东莞"]), one) for one in sorted(some(), key=_by_day)),
        name=chance.choice(["陈志强", "李芳", "杨秀英"]),
    )


def _by_day(one: Span) -> tuple[date, bool]:
    return one.since, one.until is None


def a_hukou(chance: random.Random, until: date | None) -> HukouFacts:
    return HukouFacts(
        chance.choice([Hukou.RURAL, *Hukou]), chance.choice(COUNTIES), chance.choice(["", "花秋镇"]), until
    )


def facts(chance: random.Random) -> ChildFacts:
    father, mother = (a_grown_up(chance) if chance.random() < 0.85 else ParentFacts() for _ in range(2))
    granny = a_grown_up(chance)
    known = [one for one in (father, mother, granny) if one.known]
    cared = sorted(spans(chance, chance.choice([0, 1, 1, 1, 2])), key=_by_day)
    care = [(chance.choice(list(CareKind)), one) for one in cared]
    kinds = chance.sample(list(Means), chance.choice([0, 0, 1, 2]))
    ages = [6, 7, 8, 16, 18]
    birthday = years_before(ON, chance.choice(ages)) + timedelta(days=chance.choice([-400, -1, 0, 1, 400]))
    return ChildFacts(
        born_on=birthday,
        village_code=VILLAGE,
        school_stage=SchoolStage.PRIMARY,
        is_boarding=False,
        father=father,
        mother=mother,
        means=tuple((kind, span(chance)) for kind in kinds),
        hukou=tuple(
            a_hukou(chance, until)
            for until in [None, *sorted({near(chance) for _ in range(chance.choice([0, 0, 1, 2]))})]
        ),
        lives_here_since=near(chance) if chance.random() < 0.7 else None,
        care=tuple(
            CareFacts(kind, when, None if kind == CareKind.NONE else chance.choice(known)) for kind, when in care
        ),
        grown_ups=tuple(chance.sample(known, chance.randint(0, len(known)))),
    )


def plain_facts(born_on: date) -> ChildFacts:
    """A child of the village whose parents are alive and at home."""
    able = ParentFacts(known=True, name="陈志强")
    return ChildFacts(
        born_on=born_on, village_code=VILLAGE, school_stage=SchoolStage.PRIMARY, is_boarding=False, father=able,
        mother=able, hukou=(HukouFacts(Hukou.RURAL, "520323"),), care=(CareFacts(CareKind.GOOD, Span(born_on), able),),
        grown_ups=(able,),
    )  # fmt: skip


def as_rows(facts: ChildFacts, by: User, at: datetime) -> Child:
    """A file in the database that says the same."""
    number = new_id()
    home = Household.objects.create(village_code=facts.village_code, head_name="陈国富")
    entry = {"village_code": facts.village_code, "made_at": at, "recorded_at": at, "recorded_by": by, "fingerprint": ""}
    present = next(one for one in facts.hukou if one.until is None)
    born = {"born_on": facts.born_on, "registered_on": facts.born_on, "here_since": facts.born_on}
    child = Child.objects.create(
        id=number, household=home, name="陈雨欣", pinyin="chenyuxin", initials="cyx", sex="2", ethnic_group="01",
        no_id_reason="not_at_hand", school_stage=facts.school_stage, hukou=present.hukou, hukou_county=present.county,
        hukou_place=present.place, lives_here_since=facts.lives_here_since, **born, **entry,
    )  # fmt: skip
    for one in facts.hukou:
        if one.until:
            past = {"hukou": one.hukou, "hukou_county": one.county, "hukou_place": one.place, "until": one.until}
            PastHukou.objects.create(child=child, **past)
    HouseholdMeans.objects.bulk_create(
        HouseholdMeans(id=new_id(), household=home, kind=kind, since=when.since, until=when.until, **entry)
        for kind, when in facts.means
    )
    _family_rows(facts, child)
    return child


def _family_rows(facts: ChildFacts, child: Child) -> None:
    held: dict[int, Relative] = {}
    others = [one for one in (*facts.grown_ups, *(care.carer for care in facts.care)) if one]
    for relation, one in [("51", facts.father), ("52", facts.mother), *(("97", one) for one in others)]:
        if not one.known or id(one) in held:
            continue
        lives_in = any(one is other for other in facts.grown_ups)
        held[id(one)] = Relative.objects.create(
            village_code=child.village_code, household=child.household, name=one.name, died_on=one.died_on,
            missing_since=one.missing_since, declared_missing_on=one.declared_missing_on,
            address="" if lives_in else "县城",
        )  # fmt: skip
        Kinship.objects.create(child=child, relative=held[id(one)], relation=relation)
        for where, when in one.stays:
            Away.objects.create(relative=held[id(one)], where=where, since=when.since, until=when.until)
        for why, when in one.unable:
            Incapacity.objects.create(relative=held[id(one)], reason=why, since=when.since, until=when.until)
    for care in facts.care:
        carer = held[id(care.carer)] if care.carer else None
        Guardianship.objects.create(
            child=child, carer=carer, kind=care.kind, since=care.span.since, until=care.span.until
        )


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def as_the_phone_has_it(facts: ChildFacts) -> dict[str, Any]:
    """The same facts by the names that ccmp/static/js/phone/rules/labels.js asks for."""
    hukou = facts.hukou_on(ON)
    return {
        "born_on": iso(facts.born_on), "village_code": facts.village_code, "hukou": hukou.hukou.value,
        "county": hukou.county, "place": hukou.place, "here": iso(facts.lives_here_since),
        "father": _grown_up(facts.father), "mother": _grown_up(facts.mother),
        "grown_ups": [_grown_up(one) for one in facts.grown_ups],
        "care": [
            {"kind": one.kind.value, "since": iso(one.span.since), "until": iso(one.span.until),
             "carer": one.carer and _grown_up(one.carer)} for one in facts.care
        ],
        "means": [[kind.value, iso(when.since), iso(when.until)] for kind, when in facts.means],
    }  # fmt: skip


def _grown_up(one: ParentFacts) -> dict[str, Any] | None:
    if not one.known:
        return None
    return {
        "name": one.name, "died_on": iso(one.died_on), "missing_since": iso(one.missing_since),
        "declared_on": iso(one.declared_missing_on),
        "stays": [[iso(when.since), iso(when.until), where] for where, when in one.stays],
        "unable": [[why.value, iso(when.since), iso(when.until)] for why, when in one.unable],
    }  # fmt: skip


def standards() -> dict[str, Any]:
    return {name: [list(turn) for turn in turns] for name, turns in values_in_turn(STANDARDS).items()}
