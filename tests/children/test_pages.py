"""The register's pages, used as the mother uses them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from children.entries import HouseholdEntry
from children.enums import Relation
from children.models import Child, Guardianship, Household, Relative, years_before
from children.rules.labels import labels_of
from children.rules.resident_id import check_character
from tests.factories import STONE_SHOOT, make_child, parent
from visits.models import VisitDeadline


def a_number(seventeen: str) -> str:
    return seventeen + check_character(seventeen)


def registration(**changes):
    """A girl of eleven with both parents, cared for by her father's father; father in Dongguan since the New Year."""
    fields = {
        "id": str(new_id()),
        "household_id": str(new_id()),
        "head_name": "陈国富",
        "neighbourhood": "上寨组",
        "name": "陈雨欣",
        "sex": "2",
        "born_on": "2014-06-01",
        "ethnic_group": "06",
        "hukou": "rural",
        "no_id_reason": "not_at_hand",
        "school_stage": "primary",
        "father_id": str(new_id()),
        "father": "new",
        "father_name": "陈志强",
        "father_whereabouts": "away",
        "father_since": "2026-02-23",
        "father_where": "广东东莞",
        "mother_id": str(new_id()),
        "mother": "new",
        "mother_name": "欧阳慧敏",
        "mother_whereabouts": "home",
        "carer_id": str(new_id()),
        "carer": "new",
        "carer_name": "陈国富",
        "carer_relation": "61",
        "carer_kind": "fair",
        "carer_since": "2025-01-01",
    }
    return fields | changes


@pytest.fixture
def her(client, mother):
    client.force_login(mother)
    return client


def send(client, sent, household="new"):
    return client.post(f"{reverse('children:register')}?household={household}", sent)


# ── registering ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_child_is_registered_once_however_often_it_is_sent(her, mother):
    sent = registration()

    first, second = send(her, sent), send(her, sent)

    child = Child.objects.get()
    assert first.url == second.url == reverse("children:file", args=[child.id])
    assert (child.name, child.village_code, child.household.head_name) == (
        "陈雨欣",
        mother.post.place_code,
        "陈国富",
    )
    labels = labels_of(child, on=day_of(now()))
    assert (labels.father.away.where, labels.mother.is_away, labels.left_by) == ("广东东莞", False, "one")
    assert child.guardianships.get().carer.name == "陈国富"
    assert VisitDeadline.objects.filter(child=child).count() == 1


def test_a_brother_shares_the_home_and_its_grown_ups(her):
    send(her, registration())
    home = Household.objects.get()
    father = Relative.objects.get(name="陈志强")
    grandfather = Relative.objects.get(name="陈国富")
    sent = registration(
        name="陈浩然", sex="1", born_on="2017-09-09", father=str(father.id), mother="none", carer=str(grandfather.id)
    )

    send(her, sent, household=home.id)

    brother = Child.objects.get(name="陈浩然")
    assert brother.household == home
    assert {one.relative for one in brother.kinships.all()} == {father, grandfather}
    assert labels_of(brother, on=day_of(now())).father.is_away
    assert Relative.objects.count() == 3


def test_a_parent_can_be_the_one_who_looks_after_the_child_and_nobody_can(her):
    send(her, registration(carer="mother"))
    send(her, registration(name="龙家宝", carer="none"))

    by_name = {one.child.name: one for one in Guardianship.objects.select_related("child", "carer")}
    assert by_name["陈雨欣"].carer.name == "欧阳慧敏"
    assert (by_name["龙家宝"].carer, by_name["龙家宝"].kind) == (None, "none")


OF_AGE = f"{years_before(day_of(now()), 18):%Y-%m-%d}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"born_on": "2100-01-01"}, "born_on"),
        ({"born_on": OF_AGE}, "born_on"),
        ({"born_on": ""}, "born_on"),
        ({"sex": ""}, "sex"),
        ({"hukou": ""}, "hukou"),
        ({"head_name": ""}, "head_name"),
        ({"no_id_reason": ""}, "resident_id"),
        ({"resident_id": "5203"}, "resident_id"),
        ({"resident_id": "520323201406010011", "no_id_reason": ""}, "resident_id"),  # its last digit is mistyped
        ({"resident_id": a_number("52032320140601002"), "no_id_reason": "newborn"}, "no_id_reason"),
        ({"father_name": ""}, "father_name"),
        ({"father_since": ""}, "father_since"),
        ({"mother_unable_reason": "serious_illness"}, "mother_unable_since"),
        ({"carer": ""}, "carer"),
        ({"carer": "father", "father": "none"}, "carer"),
        ({"carer_name": ""}, "carer_name"),
        ({"carer_relation": ""}, "carer_relation"),
        ({"carer_since": ""}, "carer_since"),
        ({"carer_since": "2100-01-01"}, "carer_since"),
    ],
)
def test_a_registration_that_cannot_be_true_comes_back_with_its_sentence_and_what_was_typed(her, changes, field):
    answer = send(her, registration(address="石笋树下第三家") | changes)

    page = answer.content.decode()
    assert list(answer.context["form"].errors) == [field]
    assert "error-summary" in page
    assert "石笋树下第三家" in page
    assert not Child.objects.exists()
    assert not Household.objects.exists()
    assert not Relative.objects.exists()


def test_a_parents_day_in_the_future_is_refused_whole(her):
    answer = send(her, registration(father_since="2100-01-01"))

    assert answer.status_code == 409
    assert "陈志强" in answer.content.decode()
    assert not Child.objects.exists()


def test_the_same_name_is_shown_before_a_second_file_is_made(her, child):
    answer = send(her, registration())

    assert child.get_absolute_url() in answer.content.decode()
    assert Child.objects.count() == 1

    send(her, registration(another_child="on"))

    assert Child.objects.filter(name="陈雨欣").count() == 2


def test_a_number_that_stands_in_another_village_is_refused_and_where_is_not_told(her, other_mother):
    number = a_number("52032320140601002")
    make_child(other_mother, STONE_SHOOT, name="令狐冲", resident_id=number)

    answer = send(her, registration(resident_id=number, no_id_reason=""))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "石笋沟村" not in page
    assert "令狐冲" not in page
    assert Child.objects.count() == 1


def test_another_villages_home_is_not_there(her, other_mother):
    stranger = make_child(other_mother, STONE_SHOOT, household=HouseholdEntry(id=new_id(), head_name="令狐家主"))

    assert "令狐家主" not in her.get(reverse("children:register")).content.decode()
    for household in (stranger.household_id, new_id(), "rubbish"):
        assert her.get(f"{reverse('children:register')}?household={household}").status_code == 404
        assert send(her, registration(), household=household).status_code == 404
    assert Child.objects.count() == 1


def test_a_home_is_found_by_its_head_a_child_or_the_hamlet(her, child):
    for words in ("陈国富", "雨欣", "上寨", "chen guofu", "cgf", "Chén", "szz", "陈 shangzhai"):
        assert (
            str(child.household_id)
            in her.post(reverse("children:register"), {"q": words}, follow=True).content.decode()
        )
    for words in ("王", "guochen", "gfc", "陈 wang"):
        assert (
            str(child.household_id)
            not in her.post(reverse("children:register"), {"q": words}, follow=True).content.decode()
        )


def test_the_county_registers_nobody(client, officer):
    client.force_login(officer)

    assert client.get(reverse("children:register")).status_code == 403
    assert send(client, registration()).status_code == 403
    assert not Child.objects.exists()


# ── finding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_register_is_found_by_characters_pinyin_and_initials(her, child, other_mother):
    make_child(other_mother, STONE_SHOOT, name="陈雨不该看见")

    for words, found in (("雨", 1), ("chenyux", 1), ("cyx", 1), ("王", 0), ("", 1)):
        page = her.post(reverse("children:list"), {"q": words}, follow=True)
        assert [row[0].name for row in page.context["rows"]] == ["陈雨欣"] * found, words


def test_an_empty_register_says_what_will_stand_there(her):
    page = her.get(reverse("children:list")).content.decode()

    assert reverse("children:register") in page
    assert 'class="empty"' in page


def test_the_county_narrows_the_register_by_label(client, mother, officer):
    make_child(mother, name="留守", parents=(parent(away_since=date(2026, 1, 1)), _mother(away_since=date(2026, 1, 1))))
    make_child(mother, name="不留守", parents=(parent(), _mother()))
    client.force_login(officer)

    page = client.get(reverse("children:list"), {"label": "left_behind"})

    assert page.templates[0].name == "children/list.html"
    assert [row[0].name for row in page.context["rows"]] == ["留守"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_costs_the_same_for_one_child_and_for_three(her, mother, rows, django_assert_num_queries):
    for _ in range(rows):
        make_child(mother)

    with django_assert_num_queries(15):
        her.get(reverse("children:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_homes_cost_the_same_for_one_and_for_three(her, mother, rows, django_assert_num_queries):
    for _ in range(rows):
        make_child(mother)

    with django_assert_num_queries(8):
        her.get(reverse("children:register"))


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _mother(**facts):
    return parent(Relation.MOTHER, "欧阳慧敏", **facts)


def test_the_file_tells_each_label_with_the_facts_that_made_it(her, mother):
    away = {"away_since": date(2026, 2, 23), "away_where": "广东东莞"}
    child = make_child(mother, parents=(parent(**away), _mother(**(away | {"away_where": "浙江义乌"}))))

    page = her.get(child.get_absolute_url()).content.decode()

    for told in ("农村留守儿童", "广东东莞", "浙江义乌", "农业户口", "未满 16 周岁", "tel:13800002716"):
        assert told in page, told


def test_the_number_is_masked(her, mother):
    number = a_number("52032320140601002")
    child = make_child(mother, resident_id=number)

    page = her.get(child.get_absolute_url()).content.decode()

    assert number not in page
    assert f"520323**********{number[-2:]}" in page


def test_reading_a_file_is_noted(her, mother, child):
    her.get(child.get_absolute_url())

    entry = AuditEntry.objects.get(did="read")
    assert (entry.by, entry.on_kind, entry.on_id, entry.detail) == (mother, "children.child", str(child.id), {})


def test_another_villages_file_is_not_there(her, other_mother, client):
    stranger = make_child(other_mother, STONE_SHOOT, parents=(parent(),))
    relative = stranger.kinships.get(relation=Relation.FATHER).relative_id

    assert her.get(stranger.get_absolute_url()).status_code == 404
    assert her.get(reverse("children:file", args=[new_id()])).status_code == 404
    assert her.post(reverse("children:whereabouts", args=[stranger.id, relative]), {}).status_code == 404
    assert not AuditEntry.objects.filter(did="read").exists()


def test_the_county_reads_a_file_at_its_desk_and_changes_nothing(client, officer, mother):
    child = make_child(mother, parents=(parent(),))
    relative = child.kinships.get(relation=Relation.FATHER).relative_id
    client.force_login(officer)

    page = client.get(child.get_absolute_url()).content.decode()

    assert 'data-room="desk"' in page
    assert reverse("children:whereabouts", args=[child.id, relative]) not in page
    answer = client.post(
        reverse("children:whereabouts", args=[child.id, relative]), {"whereabouts": "away", "since": "2026-03-01"}
    )
    assert answer.status_code in (403, 409)
    assert not child.kinships.get(relation=Relation.FATHER).relative.stays_away.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_costs_the_same_for_one_grown_up_and_for_three(her, mother, rows, django_assert_num_queries):
    parents = (parent(away_since=date(2026, 1, 1)), _mother(away_since=date(2026, 1, 1)))
    child = make_child(mother, parents=parents[: rows - 1])

    with django_assert_num_queries(27):
        her.get(child.get_absolute_url())


# ── where the parents are ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def family(mother):
    return make_child(mother, parents=(parent(away_since=date(2026, 1, 5), away_where="广东东莞"), _mother()))


def whereabouts_of(child, relation=Relation.FATHER):
    relative = child.kinships.get(relation=relation).relative_id
    return reverse("children:whereabouts", args=[child.id, relative])


def test_a_father_who_came_home_and_left_again_leaves_both_in_the_file(her, family):
    url = whereabouts_of(family)

    home = her.post(url, {"whereabouts": "home", "since": "2026-02-10"})
    her.post(url, {"whereabouts": "away", "since": "2026-02-23", "where": "浙江义乌"})
    her.post(url, {"whereabouts": "away", "since": "2026-02-23", "where": "浙江义乌"})

    stays = family.kinships.get(relation=Relation.FATHER).relative.stays_away.order_by("since")
    assert home.url == family.get_absolute_url()
    assert list(stays.values_list("since", "until", "where")) == [
        (date(2026, 1, 5), date(2026, 2, 10), "广东东莞"),
        (date(2026, 2, 23), None, "浙江义乌"),
    ]
    fresh = Child.objects.get(pk=family.pk)
    by_day = [
        labels_of(fresh, on=day).father.is_away for day in (date(2026, 2, 1), date(2026, 2, 15), date(2026, 3, 1))
    ]
    assert by_day == [True, False, True]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"whereabouts": "home", "since": "2100-01-01"}, "since"),
        ({"whereabouts": "home", "since": "2026-01-05"}, "since"),  # the day on which he left
        ({"whereabouts": "home", "since": ""}, "since"),
        ({"whereabouts": "", "since": "2026-02-10"}, "whereabouts"),
        ({"whereabouts": "moon", "since": "2026-02-10"}, "whereabouts"),
    ],
)
def test_whereabouts_that_cannot_be_true_are_refused(her, family, sent, field):
    answer = her.post(whereabouts_of(family), sent)

    assert list(answer.context["form"].errors) == [field]
    stay = family.kinships.get(relation=Relation.FATHER).relative.stays_away.get()
    assert (stay.since, stay.until) == (date(2026, 1, 5), None)


def test_a_mother_who_cannot_be_found_makes_a_child_with_an_absent_father_left_behind(her, family):
    today = day_of(now())
    assert not labels_of(family, on=today).left_behind

    her.post(
        whereabouts_of(family, Relation.MOTHER),
        {"whereabouts": "missing", "since": f"{today - timedelta(days=200):%Y-%m-%d}"},
    )

    assert labels_of(Child.objects.get(pk=family.pk), on=today).left_behind
