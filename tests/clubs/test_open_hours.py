from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ccmp.moments import Month
from ccmp.people.models import Posting
from clubs.enums import WeekState
from clubs.models import Club, ClubClosure
from clubs.rules.open_hours import ClubCalendar, required_minutes, week_of
from clubs.services.open_hours import hours_of_month
from tests.factories import CLOUD_FOOT, NOW, make_session, moment

STANDARDS = (960, 1920)
TERM = (date(2026, 3, 2), date(2026, 7, 10))


def calendar(**facts: object) -> ClubCalendar:
    given_facts: dict[str, object] = {
        "opened_on": date(2025, 9, 1),
        "ended_on": None,
        "terms": [TERM],
        "closures": [],
        "notice": {},
    }
    return ClubCalendar(**(given_facts | facts))  # type: ignore[arg-type]


def week(monday: date, minutes: int, *, today: date = date(2026, 5, 1), recorded: bool = True, **facts: object):
    return week_of(
        monday=monday,
        calendar=calendar(**facts),
        standards=STANDARDS,
        open_minutes=minutes,
        is_recorded=recorded,
        today=today,
    )


def test_a_week_of_term_asks_for_sixteen_hours():
    assert week(date(2026, 3, 9), 960).required_minutes == 960


def test_a_week_outside_every_term_asks_for_thirty_two_hours():
    assert week(date(2026, 2, 2), 0).required_minutes == 1920


def test_a_mixed_week_asks_in_proportion_and_rounds_down():
    assert required_minutes(term_days=5, holiday_days=2, term_standard=960, holiday_standard=1920) == 1234


def test_a_public_holiday_is_exempt_also_on_its_weekend_and_an_ordinary_weekend_is_not():
    stretch = {date(2026, 4, day): "public_holiday" for day in (4, 5, 6)}

    qingming = week(date(2026, 3, 30), 0, notice=stretch)

    assert (qingming.term_days, qingming.holiday_days, qingming.exempt_days) == (5, 0, 2)
    assert week(date(2026, 3, 9), 0).exempt_days == 0


def test_a_makeup_working_day_is_a_day_like_any_other():
    assert week(date(2026, 3, 9), 0, notice={date(2026, 3, 14): "makeup_workday"}).exempt_days == 0


def test_a_club_that_opens_on_thursday_owes_four_days_of_its_first_week():
    first = week(date(2026, 3, 9), 0, opened_on=date(2026, 3, 12))

    assert (first.term_days, first.exempt_days, first.required_minutes) == (4, 3, 548)


def test_a_club_owes_nothing_from_the_day_on_which_it_ended():
    last = week(date(2026, 3, 9), 0, ended_on=date(2026, 3, 10))

    assert (last.term_days, last.exempt_days, last.required_minutes) == (1, 6, 137)


def test_a_week_without_any_day_that_counts_is_exempt():
    shut = week(date(2026, 3, 9), 0, closures=[(date(2026, 3, 9), date(2026, 3, 15))], recorded=False)

    assert (shut.required_minutes, shut.state) == (0, WeekState.EXEMPT)


def test_one_minute_less_than_required_is_short_and_exactly_enough_is_met():
    assert week(date(2026, 3, 9), 959).state == WeekState.SHORT
    assert week(date(2026, 3, 9), 959).missing_minutes == 1
    assert week(date(2026, 3, 9), 960).state == WeekState.MET


def test_a_week_is_running_until_its_sunday_is_over_even_when_enough_was_opened():
    assert week(date(2026, 3, 9), 2000, today=date(2026, 3, 15)).state == WeekState.RUNNING
    assert week(date(2026, 3, 9), 2000, today=date(2026, 3, 16)).state == WeekState.MET


def test_a_week_of_which_nobody_recorded_anything_is_silent_and_its_gap_is_unknown():
    silent = week(date(2026, 3, 9), 0, recorded=False)

    assert (silent.state, silent.missing_minutes) == (WeekState.SILENT, 0)


def test_a_week_belongs_to_the_month_of_its_thursday():
    assert Month(2026, 10).mondays[0] == date(2026, 9, 28)
    assert Month(2026, 10).mondays[-1] == date(2026, 10, 26)
    assert Month(2026, 12).mondays[-1] == date(2026, 12, 28)  # Thursday is 31 December


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_every_week_belongs_to_exactly_one_month(day: date):
    month = Month.of(day)

    assert (set(month.mondays) & set(month.next().mondays)) == set()
    assert (month.next().mondays[0] - month.mondays[-1]).days == 7


@given(st.integers(0, 7), st.integers(0, 7))
def test_more_days_never_ask_for_less(term: int, holiday: int):
    here = required_minutes(term_days=term, holiday_days=holiday, term_standard=960, holiday_standard=1920)

    assert here <= required_minutes(term_days=term + 1, holiday_days=holiday, term_standard=960, holiday_standard=1920)
    assert here * 7 <= 960 * term + 1920 * holiday < here * 7 + 7


def test_the_month_adds_up_what_was_recorded(mother):
    make_session(mother, "2026-03-02 08:00", "2026-03-02 18:00")
    make_session(mother, "2026-03-03 08:00", "2026-03-03 18:00")
    make_session(mother, "2026-03-09 16:00", "2026-03-09 18:30")

    month = hours_of_month(list(Club.objects.filter(village_code=CLOUD_FOOT)), Month(2026, 3), at=NOW)[CLOUD_FOOT]

    assert [(one.monday.day, one.required_minutes, one.open_minutes, one.state) for one in month.weeks] == [
        (2, 960, 1200, WeekState.MET),
        (9, 960, 150, WeekState.RUNNING),
        (16, 960, 0, WeekState.RUNNING),
        (23, 960, 0, WeekState.RUNNING),
    ]
    assert (month.open_minutes, month.required_minutes, month.met) == (1350, 3840, False)


def test_a_session_counts_only_while_its_keeper_is_posted_there(mother):
    make_session(mother, "2026-03-02 08:00", "2026-03-02 10:00")
    make_session(mother, "2026-03-03 08:00", "2026-03-03 10:00")
    Posting.objects.filter(user=mother).update(ends_at=moment("2026-03-03 00:00"))

    month = hours_of_month(list(Club.objects.filter(village_code=CLOUD_FOOT)), Month(2026, 3), at=NOW)[CLOUD_FOOT]

    assert month.open_minutes == 120


def test_a_closure_exempts_only_once_it_is_approved(mother, officer):
    club = Club.objects.get(village_code=CLOUD_FOOT)
    asked = ClubClosure.objects.create(
        village_code=CLOUD_FOOT,
        club=club,
        starts_on=date(2026, 3, 2),
        ends_on=date(2026, 3, 8),
        reason="修房子",
        made_at=NOW,
        recorded_at=NOW,
        recorded_by=mother,
        fingerprint="x" * 64,
    )
    before = hours_of_month([club], Month(2026, 3), at=NOW)[CLOUD_FOOT].weeks[0]

    asked.approved_at, asked.approved_by = NOW, officer
    asked.save()
    after = hours_of_month([club], Month(2026, 3), at=NOW)[CLOUD_FOOT].weeks[0]

    assert (before.state, after.state) == (WeekState.SILENT, WeekState.EXEMPT)


def test_many_clubs_cost_as_many_queries_as_one(mother, django_assert_num_queries):
    make_session(mother, "2026-03-02 08:00", "2026-03-02 10:00")
    one, every = list(Club.objects.filter(village_code=CLOUD_FOOT)), list(Club.objects.all())

    with django_assert_num_queries(4):
        hours_of_month(one, Month(2026, 3), at=NOW)
    with django_assert_num_queries(4):
        hours_of_month(every, Month(2026, 3), at=NOW)


def test_what_reached_the_server_after_the_cut_off_is_not_counted(mother):
    make_session(mother, "2026-03-02 08:00", "2026-03-02 10:00")
    clubs = list(Club.objects.filter(village_code=CLOUD_FOOT))

    frozen = hours_of_month(clubs, Month(2026, 3), at=NOW, recorded_before=moment("2026-03-02 09:00"))

    assert frozen[CLOUD_FOOT].open_minutes == 0
