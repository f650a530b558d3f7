"""The supervisor's word on a file: in order, or back with a remark; the village's answer; going through them quickly."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.people.models import User
from ccmp.refusals import NotAllowed
from children.entries import HouseholdEntry
from children.enums import Whereabouts
from children.models import Child, FileCheck
from children.rules.file_checks import BadCheck, CheckedAnotherVersion
from children.services.check import answer_check, beside, check_file, files_to_check
from children.services.confirm import ConfirmationEntry, confirm_file
from children.services.trust import signatures_of
from children.services.whereabouts import Change, change_whereabouts
from tests import factories
from tests.factories import NOW, TODAY, make_child, moment, parent
from tests.factories.differences import say
from tests.phone.sending import of_page, take_one

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def supervisor(world: None) -> User:
    return factories.make_supervisor(name="龙海燕")


def check(child: Child, by: User, remark: str = "", **facts) -> FileCheck:
    given = {"check_id": new_id(), "child_id": child.id, "version": Child.objects.get(pk=child.pk).version, "at": NOW}
    return check_file(is_sent_back=bool(remark), remark=remark, by=by, **(given | facts))


def waiting(user: User) -> list[str]:
    return [child.name for child in files_to_check(user, on=TODAY)]


# ── what is noted ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_in_order_says_who_checked_which_version_and_when(child, supervisor):
    one = check(child, supervisor)

    assert (one.is_sent_back, one.remark, one.version, one.checked_by, one.checked_at) == (
        False,
        "",
        child.version,
        supervisor,
        NOW,
    )
    assert signatures_of(child).checked_by == "龙海燕"


def test_a_file_goes_back_with_a_remark_and_not_without(child, supervisor):
    with pytest.raises(BadCheck) as refused:
        check(child, supervisor, " ")
    assert refused.value.field == "remark"

    assert check(child, supervisor, "缺父亲电话").is_open


def test_a_file_that_moved_on_while_it_was_read_is_read_again(child, mother, supervisor):
    say(child, mother, school_stage="junior")

    with pytest.raises(CheckedAnotherVersion):
        check(child, supervisor, version=child.version)


def test_the_same_check_sent_twice_is_one(child, supervisor):
    same = new_id()
    check(child, supervisor, check_id=same)
    check(child, supervisor, check_id=same)

    assert FileCheck.objects.count() == 1


@pytest.mark.parametrize("who", ["mother", "other_county_officer"])
def test_nobody_else_checks(request, child, who):
    with pytest.raises(NotAllowed):
        check(child, request.getfixturevalue(who))


def test_the_new_word_stands_for_the_old(child, supervisor):
    first = check(child, supervisor, "缺父亲电话")
    second = check(child, supervisor, "缺监护人", at=LATER)

    first.refresh_from_db()
    assert (first.is_open, second.is_open) == (False, True)


# ── what waits for it ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_waits_until_it_is_checked_and_again_when_something_is_said_of_it(child, mother, supervisor):
    assert waiting(supervisor) == ["陈雨欣"]

    check(child, supervisor)
    assert waiting(supervisor) == []

    say(child, mother, school_stage="junior")
    child.changes.update(recorded_at=LATER)
    assert waiting(supervisor) == ["陈雨欣"]


def test_what_is_said_of_the_home_or_a_grown_up_through_a_sister_brings_each_file_back(mother, supervisor):
    home, father = HouseholdEntry(new_id(), "陈国富", "上寨组"), parent("51")
    child = make_child(mother, name="陈雨欣", household=home, parents=(father,))
    sister = make_child(mother, name="陈雨馨", household=home, parents=(father,))
    neighbour = make_child(mother, name="罗小军", household=HouseholdEntry(new_id(), "罗大山", "下寨组"))
    for one in (child, sister, neighbour):
        check(one, supervisor)
    say(sister, mother, school_stage="junior")
    sister.changes.update(recorded_at=LATER)
    assert waiting(supervisor) == ["陈雨馨"]

    say(sister, mother, aid="村里送米")
    sister.changes.filter(taken__has_key="aid").update(recorded_at=LATER)
    assert waiting(supervisor) == ["陈雨欣", "陈雨馨"]

    check(child, supervisor, at=LATER)
    assert waiting(supervisor) == ["陈雨馨"]
    change = Change(Whereabouts.AWAY, TODAY, "广东东莞")
    relative = child.kinships.get(relation="51").relative
    change_whereabouts(child=sister, relative_id=relative.id, change=change, by=mother, at=LATER + timedelta(hours=1))
    assert waiting(supervisor) == ["陈雨欣", "陈雨馨"]


def test_a_confirmation_brings_a_file_back_to_the_supervisor(child, mother, supervisor):
    check(child, supervisor)
    confirm_file(entry=ConfirmationEntry(new_id(), child.id, NOW, TODAY, "陈国富", 1), by=mother, at=LATER)

    assert waiting(supervisor) == ["陈雨欣"]


def test_what_was_sent_back_waits_for_the_village_and_once_put_right_for_the_supervisor(child, mother, supervisor):
    one = check(child, supervisor, "缺父亲电话")
    assert waiting(supervisor) == []

    answer_check(check=one, by=mother, at=LATER, made_at=LATER)

    one.refresh_from_db()
    assert (one.answered_by, one.answered_at, waiting(supervisor)) == (mother, LATER, ["陈雨欣"])
    assert [child.came_back for child in files_to_check(supervisor, on=TODAY)] == [True]


def test_a_supervisor_checks_her_township_alone(mother, supervisor):
    make_child(mother, name="陈云脚")
    make_child(factories.make_mother(factories.PEAR_GARDEN), factories.PEAR_GARDEN, name="罗梨园")

    assert waiting(supervisor) == ["陈云脚"]


def test_one_goes_from_each_file_to_the_next_and_back(mother, other_mother, supervisor):
    one, two = make_child(mother, name="安一"), make_child(mother, name="白二")
    three = make_child(other_mother, factories.STONE_SHOOT, name="阿三")
    rows = files_to_check(supervisor, on=TODAY)

    assert [beside(rows, child) for child in (one, two, three)] == [(None, two.id), (one.id, three.id), (two.id, None)]


def test_the_list_costs_as_much_for_three_as_for_one(
    client, mother, supervisor, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(supervisor)
    make_child(mother)
    with django_assert_max_num_queries(15) as first:
        client.get(reverse("children:to-check"))
    make_child(mother)
    make_child(mother)

    with django_assert_num_queries(len(first)):
        client.get(reverse("children:to-check"))


@pytest.mark.parametrize("who", ["mother", "supervisor"])
def test_the_list_of_what_was_sent_back_costs_as_much_for_three_as_for_one(
    client, request, mother, supervisor, who, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(request.getfixturevalue(who))
    check(make_child(mother), supervisor, "缺父亲电话")
    with django_assert_max_num_queries(13) as first:
        client.get(reverse("children:sent-back"))
    for _number in range(2):
        check(make_child(mother), supervisor, "缺父亲电话")

    with django_assert_num_queries(len(first)):
        client.get(reverse("children:sent-back"))


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_word_is_given_on_the_file_and_the_next_file_comes(client, mother, supervisor):
    one, two = make_child(mother, name="安一"), make_child(mother, name="白二")
    client.force_login(supervisor)

    page = client.get(one.get_absolute_url()).content.decode()
    answer = client.post(
        reverse("children:check", args=[one.id]), {"id": new_id(), "version": 1, "word": "in_order", "remark": ""}
    )

    assert reverse("children:check", args=[one.id]) in page
    assert (answer.status_code, answer.url) == (302, two.get_absolute_url())
    assert not FileCheck.objects.get().is_sent_back


def test_a_remark_is_not_lost_when_the_file_moved_on(client, mother, child, supervisor):
    client.force_login(supervisor)
    say(child, mother, school_stage="junior")
    given = {"id": new_id(), "version": 1, "word": "back", "remark": "缺父亲电话"}

    answer = client.post(reverse("children:check", args=[child.id]), given)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "缺父亲电话" in page
    assert f'name="version" value="{Child.objects.get(pk=child.pk).version}"' in page


@pytest.mark.parametrize("who", ["herself", "her sister"])
def test_what_was_said_of_the_home_after_it_was_read_is_read_first(client, mother, supervisor, who):
    home = HouseholdEntry(new_id(), "陈国富", "上寨组")
    child, sister = make_child(mother, name="陈雨欣", household=home), make_child(mother, name="陈雨馨", household=home)
    client.force_login(supervisor)
    [read] = re.findall(r'name="last" value="([^"]*)"', client.get(child.get_absolute_url()).content.decode())
    say(child if who == "herself" else sister, mother, address="桥头第一家")
    given = {"id": new_id(), "version": 1, "last": read, "word": "in_order", "remark": ""}

    answer = client.post(reverse("children:check", args=[child.id]), given)

    assert (answer.status_code, FileCheck.objects.count()) == (409, 0)
    [now_read] = re.findall(r'name="last" value="([^"]*)"', answer.content.decode())
    [version] = re.findall(r'name="version" value="([^"]*)"', answer.content.decode())
    again = client.post(reverse("children:check", args=[child.id]), given | {"last": now_read, "version": version})
    assert (again.status_code, FileCheck.objects.get().child) == (302, child)


def test_what_was_said_of_the_neighbours_home_is_nothing_to_read_again(client, mother, child, supervisor):
    neighbour = make_child(mother, name="罗小军", household=HouseholdEntry(new_id(), "罗大山", "下寨组"))
    client.force_login(supervisor)
    say(neighbour, mother, address="桥头第一家")
    given = {"id": new_id(), "version": 1, "last": "", "word": "in_order", "remark": ""}

    assert client.post(reverse("children:check", args=[child.id]), given).status_code == 302


def test_the_remark_stands_on_the_file_and_in_the_mothers_list(client, mother, child, supervisor):
    check(child, supervisor, "缺父亲电话")
    client.force_login(mother)

    for address in (child.get_absolute_url(), reverse("children:sent-back")):
        page = client.get(address).content.decode()
        assert "缺父亲电话" in page
        assert "龙海燕" in page


def test_a_remark_is_read_by_nobody_of_another_village(client, child, supervisor, other_mother):
    check(child, supervisor, "缺父亲电话")
    client.force_login(other_mother)

    assert "缺父亲电话" not in client.get(reverse("children:sent-back")).content.decode()


def test_an_answer_that_waited_on_a_phone_is_about_the_remark_that_she_saw(mother, child, supervisor):
    first = check(child, supervisor, "缺父亲电话", at=moment("2026-03-10 09:00"))
    entry = of_page("children:answer-check", child.id, check=first.id)
    second = check(child, supervisor, "缺监护人", at=moment("2026-03-12 08:00"))

    assert take_one(mother, entry).is_kept

    second.refresh_from_db()
    assert second.is_open


def test_whose_word_stands_behind_a_file(child, mother, supervisor):
    confirm_file(entry=ConfirmationEntry(new_id(), child.id, NOW, TODAY, "陈国富", 1), by=mother, at=NOW)
    check(child, supervisor, "缺父亲电话")

    told = signatures_of(child)

    assert (told.filled_in_by, told.filled_in_on) == ("罗小琴", child.registered_on)
    assert (told.confirmed_with, told.confirmed_on) == ("陈国富", TODAY)
    assert (told.checked_by, told.checked_on, told.was_sent_back) == ("龙海燕", TODAY, True)


def test_the_file_of_a_child_who_left_waits_for_nobody(child, supervisor):
    Child.objects.filter(pk=child.pk).update(gone_on=TODAY, gone_why="left")

    assert waiting(supervisor) == []
    assert not files_to_check(supervisor, on=now().date()).exists()
