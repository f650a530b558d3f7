"""The history of a file: every change in plain words, newest first; nothing that its reader may not know."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.people.models import User
from children.entries import HouseholdEntry
from children.enums import Ground, Kept, MoveKind, Whereabouts
from children.models import Child, Difference, Move, ParentContact
from children.rules.resident_id import check_character
from children.services.change import change_child
from children.services.check import answer_check, check_file
from children.services.confirm import ConfirmationEntry, confirm_file
from children.services.consent import ConsentEntry, give_consent, withdraw_consent
from children.services.differences import decide_difference
from children.services.grounds import GroundEntry, note_ground
from children.services.history import Detail, Happening, history_of
from children.services.of_age import close_stays_of_age
from children.services.transfers import hand_over
from children.services.whereabouts import Change, change_whereabouts
from tests import factories
from tests.factories import NOW, TODAY, make_child, moment, parent
from tests.factories.differences import differ, say
from tests.factories.moves import ask_for, move_over

NUMBER = "52032320140601002" + check_character("52032320140601002")


@pytest.fixture
def family(mother: User) -> Child:
    return make_child(mother, name="陈雨欣", parents=(parent(name="陈建国", phone="13900001111"),))


def told(child: Child, user: User) -> list[Happening]:
    return history_of(Child.objects.get(pk=child.pk), User.objects.get(pk=user.pk), on=TODAY)


def words(child: Child, user: User) -> list[str]:
    return [one.words for one in told(child, user)]


def page(client, user: User, child: Child) -> str:
    client.force_login(user)
    return client.get(reverse("children:history", args=[child.id])).content.decode()


# ── what is told ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_change_says_who_when_and_from_what_to_what(family, mother):
    say(family, mother, school_stage="junior")

    one = told(family, mother)[0]

    assert (one.by, one.at, one.words) == ("罗小琴", NOW, "改了档案")
    assert one.details == (Detail("上学情况", "小学", "初中"),)


def test_time_itself_has_no_name(mother):
    child = make_child(mother, name="陈大", born_on=date(2010, 6, 10))
    close_stays_of_age(at=moment("2028-06-10 00:05"))

    [grown] = [one for one in told(child, mother) if "满18岁" in one.words.replace(" ", "")]

    assert (grown.by, grown.at) == ("", moment("2028-06-10 00:05"))


def test_a_transfer_names_both_villages_and_which_of_them_asked(mother, other_mother):
    one, other = make_child(mother, name="陈雨欣"), make_child(mother, name="陈雨辰", resident_id=NUMBER)
    move_over(mother, other_mother, one)
    hand_over(transfer_id=ask_for(other_mother, NUMBER).id, words="爱画画。", by=mother, at=NOW)

    offered, asked = words(one, other_mother), words(other, other_mother)

    assert "石笋沟村" in "".join(offered)
    assert any("云脚村请" in line and "石笋沟村接收孩子" in line and "3月11日" in line for line in offered), offered
    assert any("石笋沟村向" in line and "云脚村要档案" in line for line in asked), asked
    assert [line for line in (*offered, *asked) if "已交接" in line] == ["交接：已交接"] * 2


def test_where_a_parent_is_names_the_parent(family, mother):
    change = Change(Whereabouts.AWAY, date(2026, 3, 2), "广东东莞")
    change_whereabouts(child=family, relative_id=family.family[0].relative_id, change=change, by=mother, at=NOW)

    [detail] = told(family, mother)[0].details

    assert "陈建国" in detail.label
    assert "广东东莞" in detail.after


def test_a_county_is_told_by_its_name_and_a_birth_as_a_screen_says_days(client, family, mother):
    say(family, mother, hukou_county="520323", born_on="2014-06-02")

    one = told(family, mother)[0]
    seen = page(client, mother, family)

    assert Detail("户籍所在县", "没有填写", "绥阳县") in one.details
    assert "2014年6月2日" in seen
    assert "→ 520323" not in seen


def test_what_is_said_of_a_sister_tells_what_is_shared_and_no_more(mother):
    home = HouseholdEntry(new_id(), "陈国富", "上寨组")
    child, sister = make_child(mother, name="陈雨欣", household=home), make_child(mother, name="陈雨馨", household=home)
    say(sister, mother, school_stage="junior", address="桥头第一家")

    one = told(child, mother)[0]

    assert [detail.after for detail in one.details] == ["桥头第一家"]
    assert one.note == "在陈雨馨的档案里说的。"


def test_a_choice_between_two_values_keeps_the_other_one_in_the_history(mother):
    child = make_child(mother, name="陈雨欣", parents=(parent(away_since=date(2026, 1, 5), away_where="广东东莞"),))
    director = factories.make_director(name="石大山", is_substitute=True)
    differ(child, director, mother)
    one = Difference.objects.get(field="school_stage")
    decide_difference(difference_id=one.id, keep=Kept.BROUGHT, seen=one.held, by=mother, at=NOW, made_at=NOW)

    [chosen] = [line for line in told(child, mother) if line.words == "在两个说法里选定了一个"]

    assert chosen.details == (Detail("上学情况", "初中", "辍学"),)


def test_everything_that_becomes_of_a_file_stands_there(family, mother):
    supervisor = factories.make_supervisor(name="龙海燕")
    confirm_file(entry=ConfirmationEntry(new_id(), family.id, NOW, TODAY, "陈国富", 1), by=mother, at=NOW)
    back = {"check_id": new_id(), "version": 1, "is_sent_back": True, "remark": "缺母亲"}
    check = check_file(child_id=family.id, **back, by=supervisor, at=NOW)
    answer_check(check=check, by=mother, at=NOW, made_at=NOW)
    given = {"purpose": "care", "text_version": 1, "given_by": "陈国富", "relation": "61", "evidence": "paper"}
    give_consent(entry=ConsentEntry(new_id(), family.id, NOW, on=TODAY, **given), by=mother, at=NOW)
    withdraw_consent(child=family, purpose="care", on=TODAY, withdrawn_by="陈建国", by=mother, at=NOW)
    entry = {"village_code": family.village_code, "made_at": NOW, "recorded_at": NOW, "recorded_by": mother}
    Move.objects.create(child=family, kind=MoveKind.LEFT, on=TODAY, where="广东", **entry)
    father = family.family[0].relative
    ParentContact.objects.create(relative=father, on=TODAY, how="video", **entry)

    said = "\n".join(words(family, mother))

    for wanted in (
        "登记建档",
        "和陈国富核对过",
        "退回了档案",
        "改好了退回的地方",
        "陈国富 3月12日同意",
        "陈建国 3月12日撤回同意",
    ):
        assert wanted in said
    for wanted in ("3月12日", "陈建国 3月12日联系过家里", "由陈国富照看"):
        assert wanted in said


def test_the_newest_stands_first_and_what_came_late_says_so(family, mother):
    late = ConfirmationEntry(new_id(), family.id, moment("2026-03-09 08:00"), date(2026, 3, 9), "陈国富", 1)
    confirm_file(entry=late, by=mother, at=NOW)
    say(family, mother, school_stage="junior")

    lines = told(family, mother)

    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert [line.came_late for line in lines if "核对" in line.words] == [True]
    assert [line.came_late for line in lines if line.words == "改了档案"] == [False]


# ── what is not told ────────────────────────────────────────────────────────────────────────────────────────────────


def test_numbers_and_telephones_are_masked(client, family, mother):
    say(family, mother, resident_id=NUMBER)

    shown = page(client, mother, family)

    assert NUMBER not in shown
    assert NUMBER[-4:] in shown or "*" in shown


def test_a_ground_of_health_is_told_to_who_may_see_it_and_an_infection_in_no_history(family, mother, officer):
    for kind, facts in ((Ground.ILLNESS, {}), (Ground.INFECTED, {})):
        note_ground(entry=GroundEntry(family.id, kind, date(2026, 3, 1), **facts), by=officer, at=NOW)
    illness, infection = str(Ground.ILLNESS.label), str(Ground.INFECTED.label)

    seen = {
        name: [what for what in (illness, infection) if what in "\n".join(words(family, user))]
        for name, user in (("mother", mother), ("supervisor", factories.make_supervisor()), ("officer", officer))
    }

    assert seen == {"mother": [illness], "supervisor": [], "officer": [illness]}


def test_another_village_reads_no_history(client, family, other_mother):
    client.force_login(other_mother)

    assert client.get(reverse("children:history", args=[family.id])).status_code == 404


def test_that_it_was_read_is_recorded(client, family, officer):
    page(client, officer, family)

    assert AuditEntry.objects.filter(did="read", detail__part="history").count() == 1


def test_a_long_history_costs_as_much_as_a_short_one(
    client, family, mother, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(mother)
    address = reverse("children:history", args=[family.id])
    say(family, mother, school_stage="junior")
    with django_assert_max_num_queries(24) as first:
        client.get(address)
    for number in range(3):
        day = TODAY - timedelta(days=number)
        confirm_file(entry=ConfirmationEntry(new_id(), family.id, NOW, day, "陈国富", 1), by=mother, at=NOW)
        say(family, mother, school_stage="senior" if number % 2 else "primary")

    with django_assert_num_queries(len(first)):
        client.get(address)


# ── the API ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_change_by_the_api_stands_in_the_history_and_one_that_came_too_late_is_told_both_values(
    client, family, mother
):
    change_child(child_id=family.id, version=1, changes={"school_stage": "junior"}, by=mother, at=NOW)
    client.force_login(mother)
    address = f"/api/v1/children/{family.id}/"

    answer = client.patch(address, {"version": 1, "school_stage": "senior"}, content_type="application/json")

    assert answer.status_code == 409
    assert answer.json()["values"] == {"school_stage": {"sent": "senior", "held": "junior"}}
    assert [line.details for line in told(family, mother) if line.details] == [(Detail("上学情况", "小学", "初中"),)]
