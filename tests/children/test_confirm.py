"""A file is gone through with the family twice a year: the page, and the list of what is due."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from ccmp.people.models import User
from ccmp.places.rules.standards import value
from ccmp.refusals import NotAllowed
from children.enums import MoveKind
from children.models import Child, Confirmation
from children.rules.confirmation import BadConfirmation
from children.services.confirm import ConfirmationEntry, confirm_file
from tests import factories
from tests.factories import NOW, TODAY, make_child, moment, parent
from tests.factories.moves import come_back, leave, move_over
from tests.phone.sending import of_page, take_one


def confirm(child: Child, by: User, on: date = TODAY, whom: str = "陈国富", **facts) -> Confirmation:
    entry = ConfirmationEntry(facts.pop("id", new_id()), child.id, NOW, on, whom, facts.pop("version", child.version))
    return confirm_file(entry=entry, by=by, at=facts.pop("at", NOW))


def registered(mother: User, days_ago: int, **facts) -> Child:
    return make_child(mother, made_at=now() - timedelta(days=days_ago), **facts)


# ── what is noted ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_confirmation_says_with_whom_on_which_day_and_of_which_version(mother, child):
    one = confirm(child, mother, version=9)

    child.refresh_from_db()
    assert (one.with_whom, one.on, one.version, one.recorded_by, one.village_code) == (
        "陈国富",
        TODAY,
        child.version,
        mother,
        child.village_code,
    )
    assert child.confirmed_on == TODAY


def test_an_older_confirmation_that_comes_later_does_not_turn_the_day_back(mother, child):
    confirm(child, mother, TODAY)
    confirm(child, mother, date(2026, 3, 5))

    child.refresh_from_db()
    assert child.confirmed_on == TODAY
    assert Confirmation.objects.count() == 2


def test_the_same_confirmation_sent_twice_is_one(mother, child):
    same = new_id()
    confirm(child, mother, id=same)
    confirm(child, mother, id=same, at=NOW + timedelta(hours=2))

    assert Confirmation.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "whom", "field"),
    [
        (date(2026, 3, 13), "陈国富", "on"),
        (date(2026, 2, 28), "陈国富", "on"),
        (TODAY, "  ", "with_whom"),
    ],
    ids=["tomorrow", "before it was registered", "with nobody"],
)
def test_what_cannot_be_so_is_refused_at_its_field(mother, child, on, whom, field):
    with pytest.raises(BadConfirmation) as refused:
        confirm(child, mother, on, whom)

    assert refused.value.field == field
    assert not Confirmation.objects.exists()


def test_who_left_or_died_is_confirmed_for_the_days_before_alone(mother, child):
    leave(mother, child, on=date(2026, 3, 10), kind=MoveKind.DIED)

    with pytest.raises(BadConfirmation) as refused:
        confirm(child, mother, date(2026, 3, 10), "陈国富")

    assert refused.value.field == "on"
    assert "3月10日" in str(refused.value)
    assert confirm(child, mother, date(2026, 3, 9), "陈国富").on == date(2026, 3, 9)


def test_a_day_before_the_child_came_to_this_village_is_refused_with_the_day(mother, other_mother, child):
    move_over(mother, other_mother, child, on=date(2026, 3, 11))

    with pytest.raises(BadConfirmation) as refused:
        confirm(child, other_mother, date(2026, 3, 10))

    assert (refused.value.field, "3月11日" in str(refused.value)) == ("on", True)
    assert confirm(child, other_mother, date(2026, 3, 11)).village_code == factories.STONE_SHOOT


def test_what_was_confirmed_before_a_child_left_comes_in_after_it_is_back(mother, child):
    leave(mother, child, on=date(2026, 3, 8))
    come_back(mother, child, on=date(2026, 3, 10))

    with pytest.raises(BadConfirmation):
        confirm(child, mother, date(2026, 3, 9))
    assert confirm(child, mother, date(2026, 3, 7)).on == date(2026, 3, 7)


@pytest.mark.parametrize("who", ["mother", "officer"])
def test_the_list_says_the_days_of_the_setting(request, client, who):
    client.force_login(request.getfixturevalue(who))
    days = value("register.confirm_days", on=day_of(now()))

    page = client.get(reverse("children:to-confirm")).content.decode()

    assert (f"至少每{days}天" in page, f"{days}天没有和家里人核对" in page, "半年" in page) == (True, True, False)


def test_only_who_keeps_the_register_of_the_village_confirms(mother, child, other_mother, officer):
    for somebody in (other_mother, officer, factories.make_supervisor()):
        with pytest.raises(NotAllowed):
            confirm(child, somebody)


# ── what is due ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_query_and_the_file_agree_on_what_is_due(mother):
    on = day_of(now())
    never_young, never_old = registered(mother, 179, name="甲"), registered(mother, 180, name="乙")
    long_ago, lately = registered(mother, 400, name="丙"), registered(mother, 400, name="丁")
    gone = registered(mother, 400, name="戊")
    Child.objects.filter(pk=long_ago.pk).update(confirmed_on=on - timedelta(days=180))
    Child.objects.filter(pk=lately.pk).update(confirmed_on=on - timedelta(days=179))
    Child.objects.filter(pk=gone.pk).update(gone_on=on, gone_why="left")

    due = set(Child.objects.due_a_confirmation(on=on))

    assert due == {never_old, long_ago}
    assert due == {child for child in Child.objects.all() if child.is_due_a_confirmation(on=on)}
    assert never_young not in due


def test_the_longest_unconfirmed_stands_first(client, mother):
    registered(mother, 200, name="陈二")
    registered(mother, 300, name="陈大")
    client.force_login(mother)

    page = client.get(reverse("children:to-confirm")).content.decode()

    assert page.index("陈大") < page.index("陈二")


def test_the_desk_narrows_the_list_to_a_township_or_a_village(client, mother, other_mother, officer):
    registered(mother, 200, name="陈云脚")
    make_child(other_mother, factories.STONE_SHOOT, name="罗石笋", made_at=now() - timedelta(days=200))
    client.force_login(officer)
    address = reverse("children:to-confirm")

    for under, seen, unseen in (("520323100", {"陈云脚", "罗石笋"}, set()), ("520323100201", {"陈云脚"}, {"罗石笋"})):
        page = client.get(address, {"under": under}).content.decode()
        assert all(name in page for name in seen)
        assert not any(name in page for name in unseen)


def test_the_list_shows_nobody_of_another_county(client, mother, other_county_officer):
    registered(mother, 200, name="陈云脚")
    client.force_login(other_county_officer)

    assert "陈云脚" not in client.get(reverse("children:to-confirm")).content.decode()


@pytest.mark.parametrize("who", ["mother", "officer"])
def test_the_list_costs_as_much_for_three_as_for_one(
    client, request, mother, who, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(request.getfixturevalue(who))
    registered(mother, 200)
    with django_assert_max_num_queries(16) as first:
        client.get(reverse("children:to-confirm"))

    registered(mother, 200)
    registered(mother, 200)

    with django_assert_num_queries(len(first)):
        client.get(reverse("children:to-confirm"))


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_reads_the_file_out_with_a_door_to_each_change(client, mother):
    father = parent(name="陈建国", away_since=date(2026, 2, 23), away_where="广东东莞", phone="13900001111")
    child = make_child(mother, name="陈雨欣", parents=(father,))
    client.force_login(mother)

    page = client.get(reverse("children:confirm", args=[child.id])).content.decode()

    for words in ("陈雨欣", "2014年6月1日", "苗族", "陈建国", "广东东莞", "13900001111", "陈国富"):
        assert words in page
    assert reverse("children:change", args=[child.id, "identity"]) in page
    assert reverse("children:whereabouts", args=[child.id, father.id]) in page


def test_somebody_else_is_confirmed_with_by_name(client, mother, child):
    client.force_login(mother)
    given = {"id": new_id(), "version": 1, "on": day_of(now()).isoformat(), "with_whom": "else"}
    address = reverse("children:confirm", args=[child.id])

    refused = client.post(address, given | {"whom_else": ""})
    taken = client.post(address, given | {"whom_else": "邻居石大山"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["whom_else"])
    assert (taken.status_code, Confirmation.objects.get().with_whom) == (302, "邻居石大山")


def test_a_confirmation_that_waited_on_a_phone_comes_in_with_its_moment(mother, child):
    grandfather = child.family[0].relative_id
    entry = of_page("children:confirm", child.id, version=1, on="2026-03-11", with_whom=grandfather, whom_else="")

    answers = [take_one(mother, entry), take_one(mother, entry)]

    assert [answer.is_kept for answer in answers] == [True, True]
    one = Confirmation.objects.get()
    assert (one.with_whom, one.on, one.made_at) == ("陈国富", date(2026, 3, 11), moment("2026-03-11 16:05"))
