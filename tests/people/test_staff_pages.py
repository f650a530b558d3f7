"""Who serves where: the lists, one person's page, taking on and posting, as counties and the foundation use them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from ccmp.moments import day_of, now
from ccmp.people.enums import CheckResult, Role, Schooling, Sex
from ccmp.people.models import ApiToken, CompanionFile, Posting, User
from ccmp.people.reach import reach_of
from ccmp.people.rules.posting import check_may_keep_person, check_may_see_staff, check_may_take_on
from ccmp.people.services.accounts import fill_in_file, make_token, record_check
from ccmp.people.services.postings import post_person
from ccmp.places.models import PROGRAMME_CODE, Place
from ccmp.refusals import permits
from tests.factories import (
    CLOUD_FOOT,
    FENGGANG_VILLAGE,
    PEAR_GARDEN,
    STONE_SHOOT,
    make_administrator,
    make_auditor,
    make_county_officer,
    make_department_officer,
    make_director,
    make_foundation_officer,
    make_mother,
    make_person,
    make_researcher,
    make_supervisor,
)

LIST, ADD, POST = reverse("people:list"), reverse("people:add"), reverse("people:post")
PASSWORD = "lan-shan-hua-9"


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def page(client, where=LIST, **asked):
    return client.get(where, asked).content.decode()


def person_page(user):
    return reverse("people:person", args=[user.pk])


def days_ago(days):
    return day_of(now()) - timedelta(days=days)


def candidate(home=STONE_SHOOT, **facts):
    """Somebody who meets every criterion, unless told otherwise."""
    user = make_person(facts.pop("name", ""))
    checked = facts.pop("checked_on", days_ago(30))
    result = facts.pop("result", CheckResult.CLEAR)
    given = {"born_on": days_ago(35 * 365), "sex": Sex.FEMALE, "schooling": Schooling.SENIOR, "is_full_time": True}
    fill_in_file(user=user, by=None, at=now(), home_code=home, **(given | facts))
    if checked:
        record_check(user=user, checked_on=checked, authority="县公安局", result=result, by=None, at=now())
    return user


def posting(user, **changes):
    fields = {
        "username": user.username,
        "role": "companion_mother",
        "place_code": STONE_SHOOT,
        "starts_on": day_of(now()).isoformat(),
    }
    return fields | changes


def taking_on(**changes):
    fields = {
        "full_name": "龙秀英",
        "username": "138 0000 1111",
        "password": PASSWORD,
        "file-born_on": "1990-05-01",
        "file-sex": "2",
        "file-schooling": "senior",
        "file-is_full_time": "yes",
        "file-home": STONE_SHOOT,
    }
    return fields | changes


def test_a_county_sees_its_own_staff_and_nobody_elses(desk, mother):
    make_mother(FENGGANG_VILLAGE, name="石小凤")

    said = page(desk)

    assert mother.full_name in said
    assert "石小凤" not in said


def test_another_countys_person_is_not_there(desk):
    stranger = make_mother(FENGGANG_VILLAGE)
    theirs = Posting.objects.get(user=stranger)

    assert desk.get(person_page(stranger)).status_code == 404
    for name in ("file", "check", "new-password"):
        assert desk.post(reverse(f"people:{name}", args=[stranger.pk])).status_code == 404
    assert desk.post(reverse("people:end", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize(
    ("checked_on", "result", "word"),
    [
        (None, None, "没有"),
        (400, "clear", "过期"),
        (350, "clear", "前要再查"),
        (30, "record", "记录"),
    ],
)
def test_who_needs_a_check_stands_under_checks_due_with_the_reason(desk, checked_on, result, word):
    user = make_mother(STONE_SHOOT, name="龙秀英")
    user.background_checks.all().delete()
    if checked_on:
        record_check(user=user, checked_on=days_ago(checked_on), authority="县公安局", result=result, by=None, at=now())
    fine = make_mother(PEAR_GARDEN, name="杨柳青")
    record_check(user=fine, checked_on=days_ago(10), authority="县公安局", result="clear", by=None, at=now())

    said = page(desk, tab="checks")

    row = said[said.index("龙秀英") :]
    assert word in row[: row.index("</tr>")]
    assert "杨柳青" not in said


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"area": "520323101"}, {"杨柳青"}),
        ({"role": "child_director"}, {"龙秀英"}),
        ({"q": "柳青"}, {"杨柳青"}),
        ({"q": "石笋沟"}, {"龙秀英"}),
        ({"tab": "ended"}, set()),
        ({"role": "no such role"}, {"龙秀英", "杨柳青"}),
    ],
)
def test_the_filter_lives_in_the_address(desk, asked, found):
    make_director(STONE_SHOOT, name="龙秀英")
    make_mother(PEAR_GARDEN, name="杨柳青")

    said = page(desk, **asked)

    assert {name for name in ("龙秀英", "杨柳青") if name in said} == found


def test_a_county_takes_a_mother_on_and_posts_her(desk):
    checks = {"check-checked_on": days_ago(5).isoformat(), "check-authority": "县公安局", "check-result": "clear"}

    answer = desk.post(ADD, taking_on(**checks))
    user = User.objects.get(username="13800001111")
    desk.post(POST, posting(user))

    assert answer.url == person_page(user)
    assert user.check_password(PASSWORD)
    assert list(user.postings.values_list("role", "place_code")) == [("companion_mother", STONE_SHOOT)]
    assert reach_of(User.objects.get(pk=user.pk), "children.add_child").prefixes == (STONE_SHOOT,)


def test_a_second_click_takes_nobody_on_twice_and_posts_nobody_twice(desk):
    user = candidate()

    first = desk.post(POST, posting(user))
    second = desk.post(POST, posting(user))
    desk.post(ADD, taking_on())
    again = desk.post(ADD, taking_on())

    assert (first.status_code, second.status_code, again.status_code) == (302, 409, 409)
    assert (user.postings.count(), User.objects.filter(username="13800001111").count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"file-home": FENGGANG_VILLAGE}, 409),
        ({"file-home": ""}, 409),
        ({"password": "123"}, 409),
        ({"full_name": ""}, 409),
        ({"file-born_on": "2999-01-01"}, 409),
        ({"check-checked_on": "2999-01-01", "check-authority": "县公安局", "check-result": "clear"}, 409),
        ({"check-authority": "县公安局"}, 409),
    ],
)
def test_taking_on_with_a_mistake_leaves_nothing_half_written(desk, changes, status):
    answer = desk.post(ADD, taking_on(**changes))

    assert answer.status_code == status
    assert "error-summary" in answer.content.decode()
    assert not User.objects.filter(username="13800001111").exists()
    assert CompanionFile.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"sex": Sex.MALE}, "女性"),
        ({"born_on": days_ago(57 * 365)}, "55"),
        ({"born_on": days_ago(18 * 365)}, "19"),
        ({"is_full_time": False}, "全职"),
        ({"schooling": Schooling.JUNIOR}, "高中"),
        ({"home": PEAR_GARDEN}, "乡镇"),
        ({"checked_on": None}, "背景核查"),
        ({"checked_on": days_ago(400)}, "背景核查"),
        ({"result": CheckResult.RECORD}, "背景核查"),
    ],
)
def test_a_refused_posting_names_the_criterion(desk, facts, named):
    user = candidate(**facts)

    answer = desk.post(POST, posting(user))

    assert answer.status_code == 409
    summary = answer.content.decode().partition("error-summary")[2].partition("</div>")[0]
    assert named in summary
    assert user.postings.count() == 0


def test_a_county_posts_nowhere_else_and_nobody_of_another_rank(desk, officer):
    user = candidate(home=FENGGANG_VILLAGE)
    new = {"full_name": "石小龙", "password": PASSWORD}

    elsewhere = desk.post(POST, posting(user, place_code=FENGGANG_VILLAGE))
    higher = desk.post(POST, posting(officer, role="county_officer", place_code="520323000000", username="n1", **new))
    everywhere = desk.post(
        POST, posting(officer, role="administrator", place_code=PROGRAMME_CODE, username="n2", **new)
    )

    assert [answer.status_code for answer in (elsewhere, higher, everywhere)] == [409] * 3
    assert user.postings.count() == 0
    assert not User.objects.filter(username__in=["n1", "n2"]).exists()


def test_a_departments_officer_is_posted_with_a_new_account_at_once(desk, education):
    sent = {
        "username": "edu1",
        "full_name": "石小龙",
        "password": PASSWORD,
        "role": "department_officer",
        "place_code": "520323000000",
        "department": str(education.pk),
        "starts_on": day_of(now()).isoformat(),
    }

    without = desk.post(POST, sent | {"department": ""})
    answer = desk.post(POST, sent)

    post = Posting.objects.get(user__username="edu1")
    assert (without.status_code, answer.status_code, post.department) == (409, 302, education)


def test_somebody_new_without_a_name_is_refused_and_told_what_to_fill_in(desk):
    answer = desk.post(POST, posting(make_person(), username="nobody-yet"))

    assert answer.status_code == 409
    assert "full_name" in answer.content.decode().partition("error-summary")[2].partition("</div>")[0]


def test_an_ended_posting_reaches_nothing_from_that_minute(desk, mother):
    post = Posting.objects.get(user=mother)

    answer = desk.post(reverse("people:end", args=[post.pk]), {"ends_at": now().strftime("%Y-%m-%dT%H:%M")})
    before_it_began = desk.post(reverse("people:end", args=[post.pk]), {"ends_at": "2020-01-01T08:00"})

    assert (answer.status_code, before_it_began.status_code) == (302, 409)
    post.refresh_from_db()
    assert post.ends_at is not None


def test_a_village_whose_mother_left_gets_the_next_one_the_same_day(desk, mother):
    successor = candidate(home=CLOUD_FOOT)
    post = Posting.objects.get(user=mother)

    too_early = desk.post(POST, posting(successor, place_code=CLOUD_FOOT))
    desk.post(reverse("people:end", args=[post.pk]), {"ends_at": _a_minute_ago()})
    answer = desk.post(POST, posting(successor, place_code=CLOUD_FOOT))

    assert (too_early.status_code, answer.status_code) == (409, 302)


def _a_minute_ago():
    from ccmp.moments import CHINA  # the form's field is in China's time

    return (now() - timedelta(minutes=1)).astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")


def test_the_file_and_a_check_are_kept_and_show_what_is_met(desk, mother):
    file = {"born_on": "1980-02-02", "sex": "2", "schooling": "junior", "is_full_time": "no", "home": STONE_SHOOT}

    desk.post(reverse("people:file", args=[mother.pk]), file)
    desk.post(
        reverse("people:check", args=[mother.pk]),
        {"checked_on": days_ago(3).isoformat(), "authority": "县公安局", "result": "clear"},
    )
    said = page(desk, person_page(mother))

    mother.companion_file.refresh_from_db()
    assert (mother.companion_file.schooling, mother.companion_file.home_code) == ("junior", STONE_SHOOT)
    criteria = said.partition('class="criteria"')[2].partition("</ul>")[0]
    assert (criteria.count('data-state="danger"'), criteria.count('data-state="met"')) == (2, 3)


def test_a_given_password_is_told_once_to_the_superior_who_says_that_she_stands_before_her(desk, mother):
    absent = desk.post(reverse("people:new-password", args=[mother.pk]))
    told = desk.post(reverse("people:new-password", args=[mother.pk]), {"is_here": "on"}).content.decode()

    mother.refresh_from_db()
    password = re.search(r"<code>(.+?)</code>", told)[1]
    assert (absent.status_code, mother.check_password(password), mother.must_change_password) == (409, True, True)


def test_a_new_password_ends_the_keys_to_the_api_that_the_old_one_bought(desk, client, mother):
    make_token(user=mother, at=now())
    desk.post(reverse("people:new-password", args=[mother.pk]), {"is_here": "on"})
    ended_by_the_county = not ApiToken.objects.exists()
    mother.refresh_from_db()
    mother.set_password(PASSWORD)
    mother.save()

    make_token(user=mother, at=now())
    client.force_login(mother)
    new = {"old_password": PASSWORD, "new_password1": f"{PASSWORD}-2", "new_password2": f"{PASSWORD}-2"}
    client.post(reverse("people:password"), new)

    assert (ended_by_the_county, ApiToken.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    "asked", [{"account": "\x00"}, {"county": "\x00"}, {"place": "\x00"}, {"account": "\x00 nobody"}]
)
def test_an_address_with_a_nul_asks_for_nothing(desk, asked):
    assert desk.get(reverse("people:post"), asked).status_code == 200


def test_nobody_gets_a_new_password_whose_reach_is_wider_than_the_countys(desk, officer, mother):
    colleague = make_county_officer(name="吴国伟")
    post_person(
        user=mother,
        role=Role.FOUNDATION_OFFICER,
        place=Place.objects.get(pk=PROGRAMME_CODE),
        starts_at=now() + timedelta(days=1),
        by=None,
        at=now(),
    )

    for person in (colleague, officer, mother):
        answer = desk.post(reverse("people:new-password", args=[person.pk]), {"password": PASSWORD})
        person.refresh_from_db()
        assert (answer.status_code, person.check_password(PASSWORD)) == (409, False)
        assert reverse("people:new-password", args=[person.pk]) not in page(desk, person_page(person))


def test_the_foundation_keeps_everybody_and_posts_by_county(client, mother):
    client.force_login(make_foundation_officer())
    user = candidate()

    all_of_them = page(client)
    of_the_county = page(client, POST, county="520323")
    answer = client.post(f"{POST}?county=520323", posting(user))
    blank_file = {name: "" for name in taking_on() if name.startswith("file-")}
    account_alone = client.post(ADD, taking_on(**blank_file))

    assert mother.full_name in all_of_them
    assert STONE_SHOOT in of_the_county
    assert FENGGANG_VILLAGE not in of_the_county
    assert (answer.status_code, account_alone.status_code) == (302, 302)
    assert CompanionFile.objects.filter(user__username="13800001111").count() == 0


def test_an_administrator_sees_accounts_and_no_childs_name(client, mother, child):
    make_person("石无岗")
    client.force_login(make_administrator())

    said = page(client) + page(client, tab="unposted") + page(client, person_page(mother))

    assert "石无岗" in said
    assert mother.full_name in said
    assert child.name not in said


def test_a_county_sees_of_people_without_a_post_only_those_who_live_there(desk):
    here, elsewhere = candidate(name="龙秀英"), candidate(home=FENGGANG_VILLAGE, name="石小凤")
    make_person("杨无档")

    said = page(desk, tab="unposted")

    assert {name for name in (here.full_name, elsewhere.full_name, "杨无档") if name in said} == {"龙秀英"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_page_cost_the_same_for_one_row_and_for_three(desk, rows, django_assert_num_queries):
    made = [make_mother(code) for code in (CLOUD_FOOT, STONE_SHOOT, PEAR_GARDEN)[:rows]]
    page(desk)

    with django_assert_num_queries(LISTING):
        page(desk)
    for day in range(rows - 1):
        record_check(user=made[0], checked_on=days_ago(day), authority="县公安局", result="clear", by=None, at=now())
    with django_assert_num_queries(ONE):
        page(desk, person_page(made[0]))


LISTING, ONE = 19, 25

ROLES = {
    "mother": lambda: make_mother(STONE_SHOOT),
    "director": lambda: make_director(PEAR_GARDEN),
    "supervisor": make_supervisor,
    "county": make_county_officer,
    "foundation": make_foundation_officer,
    "researcher": make_researcher,
    "administrator": make_administrator,
    "auditor": make_auditor,
}


def test_who_sees_staff_takes_on_and_keeps_a_mothers_file(mother, other_county_officer, education):
    people = {name: make() for name, make in ROLES.items()} | {
        "another county": other_county_officer,
        "department": make_department_officer(education),
    }

    sees = {name for name, user in people.items() if permits(check_may_see_staff, user)}
    takes_on = {name for name, user in people.items() if permits(check_may_take_on, user)}
    keeps = {name for name, user in people.items() if permits(check_may_keep_person, user, mother)}

    assert sees == takes_on == {"county", "another county", "foundation", "administrator"}
    assert keeps == {"county", "foundation", "administrator"}


@pytest.mark.parametrize("role", ["mother", "director", "supervisor", "researcher", "auditor"])
def test_who_does_not_keep_staff_is_turned_away(client, mother, role):
    client.force_login(ROLES[role]())

    assert [client.get(where).status_code for where in (LIST, ADD, POST)] == [403] * 3
    assert client.get(person_page(mother)).status_code == 404
