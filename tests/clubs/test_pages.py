"""The club's pages, used as the mother and the county use them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import CHINA, Month, day_of, now
from clubs.entries import ClosureEntry
from clubs.models import Activity, Attendance, ClubClosure, ClubSession, OpeningTime
from clubs.services.clubs import ask_for_closure
from tests.factories import STONE_SHOOT, make_child, make_foundation_officer, make_session, moment


def enter_form(**changes):
    fields = {"id": str(new_id()), "day": "2026-03-09", "opened": "16:00", "closed": "18:00", "visitors": "2"}
    return fields | changes


def test_she_opens_and_closes_the_door_and_a_second_click_changes_nothing(client, mother):
    client.force_login(mother)
    pressed = {"id": str(new_id())}

    client.post(reverse("clubs:open"), pressed)
    client.post(reverse("clubs:open"), pressed)

    session = ClubSession.objects.get()
    assert session.closed_at is None
    assert client.get(reverse("clubs:club")).status_code == 200
    ClubSession.objects.update(opened_at=session.opened_at - timedelta(minutes=5))
    pressed_at = now().replace(second=0, microsecond=0)
    client.post(reverse("clubs:close", args=[session.id]))
    session.refresh_from_db()
    closed_at = session.closed_at
    client.post(reverse("clubs:close", args=[session.id]))
    session.refresh_from_db()
    assert pressed_at <= closed_at <= now()
    assert session.closed_at == closed_at


def test_a_door_left_open_yesterday_is_closed_with_its_time(client, mother):
    yesterday = (now().astimezone(CHINA) - timedelta(days=1)).replace(hour=16, minute=0, second=0, microsecond=0)
    session = make_session(mother, f"{yesterday:%Y-%m-%d %H:%M}", None)
    client.force_login(mother)

    assert 'name="closed_at"' in client.get(reverse("clubs:club")).content.decode()
    client.post(reverse("clubs:close", args=[session.id]), {"closed_at": f"{yesterday:%Y-%m-%d}T18:30"})

    session.refresh_from_db()
    assert session.minutes(at=now()) == 150


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opened": "17:30", "closed": "19:00"}, "opened"),  # overlaps
        ({"opened": "19:00", "closed": "00:30"}, "closed"),  # past midnight
        ({"opened": "19:00", "closed": "18:30"}, "closed"),
        ({"day": "2100-01-01"}, "opened"),  # the future
        ({"day": "2024-03-09"}, "opened"),  # before the club opened
        ({"visitors": "-1"}, "visitors"),
        ({"day": ""}, "day"),
    ],
)
def test_a_session_that_cannot_be_true_comes_back_with_its_sentence_and_what_was_typed(client, mother, changes, field):
    make_session(mother, "2026-03-09 16:30", "2026-03-09 18:15")
    client.force_login(mother)

    answer = client.post(reverse("clubs:enter-session"), enter_form(opened="18:20", closed="18:40") | changes)

    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == [field]
    assert ClubSession.objects.count() == 1


def test_a_missed_session_is_entered_once_and_asks_who_came(client, mother, child):
    client.force_login(mother)
    sent = enter_form()

    first = client.post(reverse("clubs:enter-session"), sent)
    client.post(reverse("clubs:enter-session"), sent)
    client.post(first.url, {"attended": [str(child.id)], "visitors": "1"})

    session = ClubSession.objects.get()
    assert first.url == reverse("clubs:session", args=[session.id])
    assert list(Attendance.objects.values_list("child_id", flat=True)) == [child.id]


def test_nobody_from_another_village_can_be_ticked_and_another_clubs_session_is_not_there(client, mother, other_mother):
    stranger = make_child(other_mother, STONE_SHOOT)
    theirs = make_session(other_mother, village_code=STONE_SHOOT)
    session = make_session(mother)
    client.force_login(mother)

    client.post(
        reverse("clubs:session", args=[session.id]), {"attended": [str(stranger.id), "rubbish"], "visitors": "0"}
    )

    assert not Attendance.objects.exists()
    assert client.get(reverse("clubs:session", args=[theirs.id])).status_code == 404


def test_an_activity_a_closure_and_the_weeks_hours(client, mother, officer):
    client.force_login(mother)
    client.post(
        reverse("clubs:activity"),
        {
            "id": str(new_id()),
            "theme": "drowning",
            "held_at": "2026-03-09T16:30",
            "minutes": "40",
            "children": "12",
            "adults": "0",
        },
    )
    asked = {"id": str(new_id()), "starts_on": "2026-03-16", "ends_on": "2026-03-20", "reason": "修房子"}
    client.post(reverse("clubs:ask-closure"), asked)
    client.post(reverse("clubs:ask-closure"), asked)
    client.post(reverse("clubs:times"), {"opens0": "16:30", "closes0": "18:30"})
    client.force_login(officer)
    closure = ClubClosure.objects.get()

    client.post(reverse("clubs:approve-closure", args=[closure.id]))

    closure.refresh_from_db()
    assert (Activity.objects.count(), OpeningTime.objects.count(), closure.approved_by) == (1, 1, officer)


def test_an_activity_with_nobody_and_a_closure_that_ends_before_it_begins_are_refused(client, mother):
    client.force_login(mother)

    activity = client.post(
        reverse("clubs:activity"),
        {
            "id": str(new_id()),
            "theme": "drowning",
            "held_at": "2026-03-09T16:30",
            "minutes": "40",
            "children": "0",
            "adults": "0",
        },
    )
    closure = client.post(
        reverse("clubs:ask-closure"),
        {"id": str(new_id()), "starts_on": "2026-03-20", "ends_on": "2026-03-16", "reason": "x"},
    )

    assert (activity.status_code, closure.status_code) == (409, 409)
    assert not Activity.objects.exists()
    assert not ClubClosure.objects.exists()


@pytest.mark.parametrize("view", ["weeks", "table"])
def test_the_county_compares_its_villages_and_no_others(client, officer, view):
    client.force_login(officer)

    page = client.get(reverse("clubs:hours"), {"month": now().strftime("%Y-%m"), "view": view}).content.decode()

    assert "云脚村" in page
    assert "梨园坝村" in page
    assert "青岩口村" not in page


@pytest.mark.parametrize(
    ("only", "found"),
    [("silent", {"云脚村", "石笋沟村", "梨园坝村"}), ("short", set()), ("met", set()), ("nonsense", {"云脚村"})],
)
def test_a_figure_leads_to_the_villages_that_it_counts(client, officer, only, found):
    client.force_login(officer)
    last_month = str(Month.of(day_of(now())).previous())

    page = client.get(reverse("clubs:hours"), {"month": last_month, "which": only, "view": "table"}).content.decode()

    rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert {name for name in ("云脚村", "石笋沟村", "梨园坝村") if name in rows} >= found
    assert bool(rows) == bool(found)


def test_the_foundation_compares_every_village_and_sees_no_childs_name(client, mother, child):
    client.force_login(make_foundation_officer())

    page = client.get(reverse("clubs:hours")).content.decode()

    assert "青岩口村" in page
    assert child.name not in page


def test_comparing_costs_the_same_for_one_village_and_for_all(client, mother, officer, django_assert_max_num_queries):
    client.force_login(officer)
    for under in ("520323100", ""):
        with django_assert_max_num_queries(20):
            client.get(reverse("clubs:hours"), {"under": under})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_clubs_page_costs_the_same_for_one_session_and_for_three(
    client, mother, rows, django_assert_max_num_queries
):
    for number in range(rows):
        make_session(
            mother,
            f"2026-03-0{number + 2} 16:00",
            f"2026-03-0{number + 2} 18:00",
            attended=frozenset({make_child(mother).id}),
        )
    client.force_login(mother)

    with django_assert_max_num_queries(16):
        client.get(reverse("clubs:club"), {"month": "2026-03"})


@pytest.mark.parametrize("month", ["9999-12", "2999-01", "0000-01", "2026-13", "soon"])
def test_a_month_to_come_or_none_at_all_shows_this_month(client, mother, month):
    client.force_login(mother)

    answer = client.get(reverse("clubs:club"), {"month": month})

    assert (answer.status_code, answer.context["month"].month) == (
        200,
        Month.of_week(answer.context["door"].week.monday),
    )


@pytest.mark.parametrize("reason", ["\x00", "长" * 201])
def test_a_reason_that_cannot_be_kept_declines_nothing(client, mother, officer, reason):
    asked = ClosureEntry(new_id(), mother.post.place_code, now(), day_of(now()), day_of(now()), "屋顶漏雨")
    closure = ask_for_closure(entry=asked, by=mother, at=now())
    client.force_login(officer)

    answer = client.post(reverse("clubs:decline-closure", args=[closure.id]), {"reason": reason}, follow=True)

    closure.refresh_from_db()
    assert (answer.status_code, closure.declined_at) == (200, None)
    assert "200" in answer.content.decode()


def test_a_week_that_has_not_begun_lacks_nothing_yet(client, mother, monkeypatch):
    monkeypatch.setattr("clubs.views.club.now", lambda: moment("2026-03-05 10:00"))
    client.force_login(mother)

    page = client.get(reverse("clubs:club")).content.decode()

    assert page.count("还没到") == 3  # the weeks of the 9th, 16th and 23rd of March
    assert page.count("还差 16 小时") == 2  # in the heading, and at the week that runs
