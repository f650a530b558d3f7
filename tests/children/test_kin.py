"""The grown-ups of a file as people: what is said of one holds for all her children, and nobody's word is written over."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.refusals import NotAllowed
from children.entries import HouseholdEntry
from children.enums import FileField, Kept, LabelKind, Relation
from children.forms.change import seen_text
from children.models import Child, Difference, FileChange, Incapacity, Relative
from children.rules.id_slips import check_character
from children.rules.kin import BadKin, ability_of, kin_seen
from children.rules.labels import labels_of
from children.services.differences import decide_difference
from children.services.kin import KinEntry, NewKinEntry, add_kin, change_kin
from tests import factories
from tests.factories import NOW, TODAY, make_child, parent

LATER = NOW + timedelta(hours=5)


@pytest.fixture
def director(mother):
    return factories.make_director(name="石大山", is_substitute=True)


@pytest.fixture
def child(mother):
    return make_child(mother, parents=(parent(Relation.FATHER, away_since=date(2026, 2, 1), away_where="广东东莞"),))


def father(child) -> Relative:
    return child.kinships.get(relation=Relation.FATHER).relative


def say(child, by, said, *, seen=None, at=NOW, entry_id: UUID | None = None, relative=None):
    relative = relative or father(child)
    before = seen or kin_seen(relative, on=TODAY)
    entry = KinEntry(entry_id or new_id(), child.id, relative.id, at, before | said, before)
    return change_kin(entry=entry, by=by, at=at)


def test_what_is_said_of_a_father_stands_in_the_file_and_is_found_again(mother, child):
    said = {
        "kin_name": "陈建军",
        "kin_born_on": "1985-05-01",
        "kin_phone": "138 0000 4444",
        "kin_work": "东莞电子厂",
        "kin_address": "广东东莞长安镇",
        "ability": "serious_illness 2026-01-01",
    }

    assert say(child, mother, said) == []

    held = father(child)
    assert kin_seen(held, on=TODAY) == kin_seen(held, on=TODAY) | said
    assert held.phone_index != ""
    change = FileChange.objects.get(relative=held)
    assert change.taken["kin_phone"] == ["", "138 **** 4444"]
    assert change.taken["ability"] == ["able -", "serious_illness 2026-01-01"]


def test_the_same_sent_again_changes_nothing(mother, child):
    number, before = new_id(), kin_seen(father(child), on=TODAY)
    say(child, mother, {"kin_work": "砖厂"}, entry_id=number, seen=before)
    say(child, mother, {"kin_work": "砖厂"}, entry_id=number, seen=before)

    assert FileChange.objects.filter(relative=father(child)).count() == 1


def test_two_people_say_different_things_of_a_father_and_both_are_kept(mother, director, child):
    before = kin_seen(father(child), on=TODAY)
    say(child, director, {"kin_work": "砖厂", "kin_born_on": "1985-05-01"}, seen=before)

    (difference,) = say(child, mother, {"kin_work": "电子厂", "kin_address": "东莞"}, seen=before, at=LATER)

    held = father(child)
    assert (held.works_at, held.address, held.born_on) == ("砖厂", "东莞", date(1985, 5, 1))
    assert (difference.field, difference.held, difference.brought, difference.relative) == (
        "kin_work",
        "砖厂",
        "电子厂",
        held,
    )
    decide_difference(difference_id=difference.id, keep=Kept.BROUGHT, seen="砖厂", by=mother, at=LATER)
    assert father(child).works_at == "电子厂"
    assert not Difference.objects.open().exists()


def test_an_id_number_of_a_grown_up_lies_sealed_and_is_told_masked(mother, child):
    number = "52032319850501123" + check_character("52032319850501123")

    say(child, mother, {"kin_id": number})

    held = father(child)
    assert (held.resident_id, held.resident_id_index != "") == (number, True)
    taken = FileChange.objects.get(relative=held).taken["kin_id"]
    assert number not in str(taken)
    with pytest.raises(BadKin) as refused:
        say(child, mother, {"kin_id": number[:-1] + ("1" if number[-1] != "1" else "2")})
    assert refused.value.field == "kin_id"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kin_name": ""}, "kin_name"),
        ({"kin_born_on": "2027-01-01"}, "kin_born_on"),
        ({"declared_missing": "2026-02-20"}, "declared_missing"),
        ({"ability": "serious_illness 2027-01-01"}, "unable_since"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_written(mother, child, said, field):
    before = kin_seen(father(child), on=TODAY)

    with pytest.raises(BadKin) as refused:
        say(child, mother, {"kin_work": "砖厂"} | said)

    assert refused.value.field == field
    assert kin_seen(father(child), on=TODAY) == before


def test_a_sentence_counts_by_its_term_from_the_first_day_and_ends_by_itself(mother, child):
    """Six months or more by 民发〔2019〕62号: the term is known when it begins, nobody has to wait for them to pass."""
    dead = make_child(mother, parents=(parent("51"), parent("52", died_on=date(2020, 1, 1))))
    say(dead, mother, {"ability": "serving_sentence 2026-03-10 2026-09-10"})
    say(child, mother, {"ability": "serving_sentence 2026-03-10 2026-09-09"})
    short = make_child(mother, parents=(parent("51"), parent("52", died_on=date(2020, 1, 1))))
    say(short, mother, {"ability": "serving_sentence 2026-03-10 2026-09-09"})

    labels = {
        on: labels_of(Child.objects.get(pk=dead.pk), on=on) for on in (TODAY, date(2026, 9, 9), date(2026, 9, 10))
    }

    assert [one.of(LabelKind.UNSUPPORTED).holds for one in labels.values()] == [True, True, False]
    assert labels_of(Child.objects.get(pk=short.pk), on=TODAY).of(LabelKind.UNSUPPORTED).holds is False
    assert ability_of(father(dead), on=TODAY).text == "serving_sentence 2026-03-10 2026-09-10"
    assert ability_of(father(dead), on=date(2026, 9, 10)).text == "able -"


@pytest.mark.parametrize(
    "told",
    ["serving_sentence 2026-01-01 2026-01-01", "serious_illness 2026-01-01 2027-01-01"],
    ids=["no day", "no term"],
)
def test_only_a_term_ends_by_itself_and_after_it_began(mother, child, told):
    with pytest.raises(BadKin) as refused:
        say(child, mother, {"ability": told})

    assert (refused.value.field, ability_of(father(child), on=TODAY).text) == ("unable_until", "able -")


def test_a_sentence_that_was_written_wrong_leaves_no_trace_in_the_labels(mother, child):
    say(child, mother, {"ability": "serving_sentence 2026-01-01 2028-01-01"})

    say(child, mother, {"ability": "able -"})

    assert not Incapacity.objects.exists()


def test_the_file_shows_what_is_written_of_a_grown_up_and_the_number_masked(client, mother, child):
    number = "52032319850501001" + check_character("52032319850501001")
    said = {"kin_id": number, "kin_work": "东莞电子厂", "kin_address": "广东东莞长安镇", "kin_born_on": "1985-05-01"}
    say(child, mother, said | {"kin_phone": "13800004444"})
    client.force_login(mother)

    page = client.get(reverse("children:file", args=[child.id])).content.decode()

    for told in ("东莞电子厂", "广东东莞长安镇", "1985年5月1日", f"520323**********{number[-2:]}", "138 **** 4444"):
        assert told in page
    assert number not in page


def test_a_carer_who_lives_elsewhere_is_not_said_to_live_with_the_child(client, mother, child):
    client.force_login(mother)
    address = reverse("children:file", args=[child.id])
    assert "同住" in client.get(address).content.decode()

    Relative.objects.filter(cares_for__child=child).update(address="旺草镇老街 12 号")

    page = client.get(address).content.decode()
    assert "同住" not in page
    assert "旺草镇老街 12 号" in page


def test_the_page_takes_until_when_a_sentence_lasts_and_shows_it_again(client, mother, child):
    address = reverse("children:kin", args=[child.id, father(child).id])
    seen = kin_seen(father(child), on=TODAY)
    typed = seen | {"id": new_id(), "seen": seen_text(seen), "kin_id": "", "unable_reason": "serving_sentence"}
    client.force_login(mother)

    answer = client.post(address, typed | {"unable_since": "2026-01-01", "unable_until": "2028-01-01"})

    assert answer.status_code == 302
    assert Incapacity.objects.get().until == date(2028, 1, 1)
    assert 'name="unable_until" value="2028-01-01"' in client.get(address).content.decode()


def test_an_ability_that_came_back_leaves_the_time_without_it_in_the_file(mother, child):
    say(child, mother, {"ability": "serving_sentence 2025-03-01"})
    say(child, mother, {"ability": "able 2026-02-01"})

    times = Incapacity.objects.values_list("reason", "since", "until")
    assert list(times) == [("serving_sentence", date(2025, 3, 1), date(2026, 2, 1))]
    assert ability_of(father(child), on=TODAY).text == "able -"


def test_a_grandmother_is_named_once_and_shared_by_brothers_and_sisters(mother, child):
    sister = make_child(mother, name="陈雨桐", household=HouseholdEntry(child.household_id, "陈国富"))
    entry = NewKinEntry(new_id(), child.id, new_id(), "62", NOW, name="田秀英", born_on=date(1956, 4, 1))
    grandmother = add_kin(entry=entry, by=mother, at=NOW)

    add_kin(entry=entry, by=mother, at=LATER)
    add_kin(entry=NewKinEntry(new_id(), sister.id, grandmother.id, "62", NOW, is_new=False), by=mother, at=NOW)

    assert {one.child_id for one in grandmother.kinships.all()} == {child.id, sister.id}
    with pytest.raises(BadKin):
        add_kin(entry=NewKinEntry(new_id(), child.id, new_id(), "57", NOW, name="后爸"), by=mother, at=NOW)


def test_only_the_village_changes_its_grown_ups(officer, child):
    with pytest.raises(NotAllowed):
        say(child, officer, {"kin_work": "砖厂"})


def test_the_pages_take_what_is_typed(client, mother, child):
    client.force_login(mother)
    address = reverse("children:kin", args=[child.id, father(child).id])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"kin_work": "砖厂"}

    assert client.post(address, typed).status_code == 302
    assert father(child).works_at == "砖厂"
    new = reverse("children:kin-new", args=[child.id])
    typed = {"id": new_id(), "relative_id": new_id(), "relation": "52", "who": "new", "name": "欧阳慧敏"}
    assert client.post(new, typed).status_code == 302
    assert Child.objects.get().kinships.filter(relation="52").count() == 1
    assert FileField.KIN_NAME in FileChange.objects.latest("recorded_at").taken
