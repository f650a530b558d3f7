"""Invented people: names as they are heard, numbers that belong to nobody, families as the evaluation counted them."""

import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from ccmp.demo.chance import Chance
from ccmp.demo.geography import MOSTLY_HAN
from ccmp.demo.names import People, child_name, surname_of
from ccmp.demo.numbers import A_DAY, NumberBook
from ccmp.demo.register import Home, invent_homes
from ccmp.demo.village_names import village_names
from children.enums import EthnicGroup, Relation, Sex
from children.rules.resident_id import read_resident_id

FIRST, TODAY = date(2026, 1, 1), date(2026, 6, 20)
HAN = People(MOSTLY_HAN)


def homes_of(seed: int = 7, **facts: int) -> list[Home]:
    numbers = NumberBook("520323", 0)
    return invent_homes(
        Chance(seed, "village"), HAN, numbers, village_code="520323101901", opens_on=FIRST, today=TODAY, **facts
    )


def test_the_same_seed_draws_the_same_and_another_path_does_not() -> None:
    assert homes_of() == homes_of()
    assert homes_of(7) != homes_of(8)
    assert [Chance(7, "a").draw(), Chance(7, "a").apart("b").draw()] == [
        Chance(7, "a").draw(),
        Chance(7, "a", "b").draw(),
    ]
    assert Chance(7, "a").draw() != Chance(7, "b").draw()


def test_an_id_is_a_uuid7_of_its_moment() -> None:
    moment = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)

    made = Chance(7).id_at(moment)

    assert (made.version, made.variant, made.int >> 80) == (7, uuid.RFC_4122, int(moment.timestamp() * 1000))


def test_weights_are_kept_to() -> None:
    chance = Chance(7)

    drawn = Counter(chance.weighted({"often": 3, "seldom": 1, "never": 0}) for _turn in range(4000))

    assert drawn["never"] == 0
    assert 2900 < drawn["often"] < 3100


def test_numbers_have_a_right_check_character_and_an_area_that_was_never_issued() -> None:
    numbers = NumberBook("520323", 1)
    day = date(2015, 3, 9)

    issued = [numbers.next(born_on=day, sex=sex) for sex in (Sex.MALE, Sex.FEMALE) for _turn in range(A_DAY + 1)]

    read = [read_resident_id(number, on=TODAY) for number in issued]
    assert len(set(issued)) == 2 * (A_DAY + 1)
    assert {(one.born_on, one.area) for one in read} == {(day, "520399"), (day, "520398")}
    assert Counter(one.sex for one in read) == {Sex.MALE: A_DAY + 1, Sex.FEMALE: A_DAY + 1}


def test_counties_of_one_prefecture_do_not_share_numbers() -> None:
    day = date(2015, 3, 9)
    books = [NumberBook(prefix, shelf) for shelf, prefix in enumerate(("520323", "520327"))]

    numbers = [book.next(born_on=day, sex=Sex.MALE) for book in books for _turn in range(A_DAY)]

    assert len(set(numbers)) == 2 * A_DAY


def test_a_village_has_three_to_four_hundred_children_as_many_left_as_the_evaluation_counted() -> None:
    villages = [homes_of(seed) for seed in range(12)]
    children = [sum(len(home.children) for home in homes) for homes in villages]
    left_by: Counter[str] = Counter()
    for home in (home for homes in villages for home in homes):
        left_by[home.family.left_by] += len(home.children)

    shares = {label: count / sum(left_by.values()) for label, count in left_by.items()}
    assert all(300 <= count <= 400 for count in children)
    assert {label: round(share, 1) for label, share in shares.items()} == {"both": 0.3, "one": 0.3, "none": 0.4}
    assert abs(shares["both"] - 0.32) < 0.03
    assert abs(shares["one"] - 0.32) < 0.03


def test_brothers_and_sisters_share_home_parents_and_carer() -> None:
    homes = [home for home in homes_of() if len(home.children) > 1]

    for home in homes:
        assert len({(child.household, child.parents, child.carer) for child in home.children}) == 1
        births = [child.born_on for child in home.children]
        assert all(later - earlier > timedelta(days=400) for earlier, later in pairwise(births))


def test_with_both_parents_away_grandparents_mostly_look_after_the_children() -> None:
    carers = Counter(home.family.carer.relation for home in homes_of() if home.family.left_by == "both")
    grand = ("61", "62", "63", "64")

    assert sum(carers[relation] for relation in grand) > 0.75 * carers.total()
    assert not {Relation.FATHER, Relation.MOTHER} & set(carers)


def test_uyghur_and_yi_names_are_long_and_rare_characters_occur() -> None:
    chance = Chance(7)
    yi = People({EthnicGroup.YI: 1}, yi_names=True)

    uyghur = child_name(chance, Sex.MALE, "", born=2015, group=EthnicGroup.UYGHUR, father="阿卜杜热合曼·吐尔逊")
    of_yi = child_name(chance, Sex.FEMALE, surname_of(chance, EthnicGroup.YI, yi), born=2015, group=EthnicGroup.YI)
    han = {child_name(chance, Sex.MALE, "陈", born=2015, group=EthnicGroup.HAN) for _turn in range(2000)}

    assert uyghur.endswith("·阿卜杜热合曼")
    assert len(of_yi) >= 4
    assert any(ord(character) > 0xFFFF or character in "䶮㙓" for name in han for character in name)


def test_villages_have_different_names_however_many() -> None:
    names = village_names(Chance(7), 2500)

    assert len(set(names)) == 2500
    assert all(name.endswith("村") for name in names)
