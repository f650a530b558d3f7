"""Today, visits and flags: what the phone writes is what the server sends, and what she writes down moves it at once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from ccmp.moments import day_of, now
from ccmp.people.models import User
from tests.factories import child_entry, make_county_officer, make_flag, make_referral, make_visit
from tests.phone.same_page import assert_same_page, on_the_phone, plain
from tests.phone.village import addresses_of, ago, homes_in, registered, state_of
from visits.services.flags import acknowledge_flag, close_flag, dismiss_flag, tell_police

pytestmark = pytest.mark.browser
IN_BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])


def speaks(user: User, language: str) -> None:
    user.language = language
    user.save(update_fields=["language"])


@IN_BOTH
def test_the_first_day_is_the_same(client, in_chromium, mother, language):
    speaks(mother, language)

    for address in addresses_of():
        assert_same_page(client, in_chromium, mother, address)


@IN_BOTH
def test_a_day_on_which_nobody_is_due_is_the_same(client, in_chromium, mother, language):
    speaks(mother, language)
    child = registered(mother, 1)

    for address in addresses_of(child):
        assert_same_page(client, in_chromium, mother, address)


@IN_BOTH
def test_homes_that_are_late_due_and_soon_due_are_the_same(client, in_chromium, mother, language):
    speaks(mother, language)
    late = registered(mother, 70)
    registered(mother, 65, household=child_entry(late.village_code).household)
    for days in (60, 56, 50):
        registered(mother, days, born_on=day_of(now()) - timedelta(days=400))
    visited = registered(mother, 90)
    make_visit(mother, visited, ago(24 * 8), answers={"mood": 2})  # high: due after seven days

    for address in [*addresses_of(late), f"{reverse('visits:due')}?page=2", f"{reverse('visits:due')}?page=nine"]:
        assert_same_page(client, in_chromium, mother, address)


def test_a_list_of_homes_over_more_than_one_page_is_the_same(client, in_chromium, mother):
    for number in range(63):
        registered(mother, 61 + number % 5)

    for page in ("", "?page=2", "?page=9"):
        assert_same_page(client, in_chromium, mother, f"{reverse('visits:due')}{page}")
    assert_same_page(client, in_chromium, mother, reverse("visits:today"))


@pytest.mark.parametrize("query", ["?days=7", "?days=30&level=high", "?level=none", "?days=many&level=odd"])
def test_the_list_is_narrowed_by_its_address_in_the_same_way(client, in_chromium, mother, query):
    for days in (70, 56, 40):
        registered(mother, days)
    make_visit(mother, registered(mother, 90), ago(24 * 5), answers={"mood": 2})
    client.force_login(mother)

    on_server = client.get(reverse("visits:due") + query).content.decode()
    on_phone = on_the_phone(in_chromium, mother, reverse("visits:due") + query, at=now())["html"]

    assert homes_in(on_phone) == homes_in(on_server)
    chosen = re.search(r'<option value="(\w*)" selected', on_server)
    assert state_of(on_phone)["values"]["days"] == (chosen[1] if chosen else "")


@IN_BOTH
def test_visits_are_the_same_whatever_came_of_them(client, in_chromium, mother, language):
    speaks(mother, language)
    child, other = registered(mother, 100), registered(mother, 90)
    visits = [
        make_visit(mother, child, ago(24 * 40), answers={"carer": 0}),
        make_visit(mother, child, ago(30), answers={"injury": 2, "food": 1, "bullying": 2}, override="violence"),
        make_visit(
            mother, other, ago(24 * 6), answers={"carer": 1, "school": 2, "mood": 0}, notes={"school": "三天没去"},
            seen_alone=False, not_alone_because="奶奶一直在旁边", note="想妈妈",
        ),
        make_visit(mother, other, ago(24), outcome="nobody_home", answers={}, note="门锁着\n邻居说去赶场了"),
    ]  # fmt: skip
    registered(mother, 58, household=child_entry(child.village_code).household)
    make_flag(mother, child, ago(29), kind="bullying", visit=visits[1].id)

    for address in [*addresses_of(child, visits=visits), *addresses_of(other)]:
        assert_same_page(client, in_chromium, mother, address)


def test_an_old_visit_of_which_the_phone_holds_a_line_is_left_to_the_server(in_chromium, mother, child):
    old, *_newer = [make_visit(mother, child, ago(hours)) for hours in (300, 200, 100)]

    assert on_the_phone(in_chromium, mother, reverse("visits:visit", args=[old.id]), at=now()) is None


@IN_BOTH
def test_flags_are_the_same_wherever_they_stand(client, in_chromium, mother, officer, other_officer, language):
    speaks(mother, language)
    child, at = registered(mother, 30), now()
    flags = [
        make_flag(mother, child, ago(30), kind="domestic_violence", situation="在外婆家", seen="手臂上\n有淤青"),
        make_flag(mother, child, ago(9), kind="hazard"),
        make_flag(mother, child, ago(8), kind="dropped_out"),
        make_flag(mother, registered(mother, 20), ago(7), kind="sexual_abuse"),
        make_flag(mother, None, ago(6), kind="vagrancy", child_words="河边的男孩，八九岁"),
        make_flag(mother, registered(mother, 3), ago(5), kind="bullying"),
    ]
    tell_police(flag_id=flags[0].id, told_at=at, told_whom="洋川派出所", by=mother, at=at)
    acknowledge_flag(flag_id=flags[1].id, by=officer, at=at, answer="明天派人去看。")
    close_flag(flag_id=flags[1].id, by=officer, at=at, answer="已经填平。")
    dismiss_flag(flag_id=flags[2].id, by=officer, at=at, reason="已复学")
    for who in (officer, other_officer):
        dismiss_flag(flag_id=flags[5].id, by=who, at=at, reason="查明没有")

    for address in addresses_of(child, flags=flags):
        assert_same_page(client, in_chromium, mother, address)


@pytest.fixture
def other_officer(world: None) -> User:

    return make_county_officer(name="石景明")


@IN_BOTH
def test_a_flag_that_is_with_the_departments_is_the_same(
    client, in_chromium, mother, officer, education, child, language
):
    speaks(mother, language)
    flag = make_flag(mother, child, ago(30), kind="dropped_out")
    make_referral(officer, flag, [education], at=now())

    for address in addresses_of(child, flags=[flag]):
        assert_same_page(client, in_chromium, mother, address)


def test_a_report_from_a_visit_begins_with_what_was_found(client, in_chromium, mother, child):
    visit = make_visit(mother, child, ago(3), answers={"injury": 2})
    address = f"{reverse('visits:raise-flag')}?child={child.id}&kind=domestic_violence&visit={visit.id}"
    client.force_login(mother)

    on_server = client.get(address).content.decode()
    on_phone = on_the_phone(in_chromium, mother, address, at=now())["html"]

    as_blank = on_server.replace(f' value="{visit.id}"', "").replace(
        '<option value="domestic_violence" selected', '<option value="domestic_violence"'
    )
    assert plain(on_phone.replace('<option value="" selected', '<option value=""')) == plain(as_blank)
    held = state_of(on_phone)["values"]
    assert (held["kind"], held["visit"]) == ("domestic_violence", str(visit.id))
