import pytest

from ccmp.refusals import NotAllowed
from tests.factories import NOW, SUIYANG, make_child, make_county_officer, make_flag, moment
from visits.enums import NEXT_FLAG_STATES, FlagClockKind, FlagState
from visits.models import Flag, FlagClock, FlagHasMovedOn
from visits.rules.flag_kinds import kind_rule, severity_of
from visits.rules.visits import BadFlag
from visits.services.flags import (
    SecondOfficerNeeded,
    acknowledge_flag,
    close_flag,
    dismiss_flag,
    tell_police,
)


def due(flag: Flag, kind: FlagClockKind):
    return FlagClock.objects.get(flag=flag, kind=kind).due_at


@pytest.mark.parametrize(
    ("kind", "due_at"),
    [
        ("domestic_violence", "2026-03-12 09:00"),  # mandatory: 24 hours
        ("dropped_out", "2026-03-16 09:00"),  # serious: three working days, over a weekend
        ("no_hukou", "2026-03-18 09:00"),  # concern: seven days
    ],
)
def test_the_county_has_as_long_as_the_severity_allows(mother, child, kind, due_at):
    flag = make_flag(mother, child, "2026-03-11 09:00", kind=kind)

    assert due(flag, FlagClockKind.ACKNOWLEDGE) == moment(due_at)


def test_working_days_skip_a_public_holiday(mother, child):
    flag = make_flag(mother, child, "2026-04-02 09:00", kind="dropped_out")  # Thursday before Qingming, 4–6 April

    assert due(flag, FlagClockKind.ACKNOWLEDGE) == moment("2026-04-08 09:00")


def test_a_mandatory_flag_reaches_the_county_in_writing_at_once_and_owes_its_reporter_an_answer(mother, child):
    flag = make_flag(mother, child, kind="sexual_abuse")

    written = flag.clocks.get(kind=FlagClockKind.WRITTEN_RECORD)
    assert written.stopped_at == flag.recorded_at
    assert due(flag, FlagClockKind.TELL_REPORTER) == moment("2026-03-16 09:00")


def test_every_kind_of_flag_has_a_rule():
    from visits.enums import FlagKind  # the enum is the list that the data must cover

    assert {kind: bool(kind_rule(kind).severity) for kind in FlagKind} == dict.fromkeys(FlagKind, True)


def test_a_reporter_may_raise_the_severity_of_a_kind_and_never_lower_it():
    assert severity_of("no_hukou", "mandatory") == "mandatory"
    assert severity_of("sexual_abuse", "concern") == "mandatory"


def test_the_clock_stops_when_the_county_takes_a_flag_up(mother, officer, child):
    flag = make_flag(mother, child)

    acknowledge_flag(flag_id=flag.id, by=officer, at=NOW, answer="今天派人去看。")

    clock = flag.clocks.get(kind=FlagClockKind.ACKNOWLEDGE)
    flag.refresh_from_db()
    assert (clock.stopped_at, clock.stopped_by, clock.was_kept) == (NOW, officer, True)
    assert (flag.state, flag.answer) == (FlagState.ACKNOWLEDGED, "今天派人去看。")
    assert [(move.came_from, move.went_to, move.by) for move in flag.moves.all()] == [
        ("raised", "acknowledged", officer)
    ]


def test_a_second_click_on_take_up_is_told_that_the_flag_has_moved_on(mother, officer, child):
    flag = make_flag(mother, child)
    acknowledge_flag(flag_id=flag.id, by=officer, at=NOW)

    with pytest.raises(FlagHasMovedOn):
        acknowledge_flag(flag_id=flag.id, by=officer, at=NOW)

    assert flag.moves.count() == 1


def test_a_mandatory_flag_is_dismissed_only_by_two_officers_of_the_county(mother, officer, child):
    flag = make_flag(mother, child, kind="domestic_violence")

    proposed = dismiss_flag(flag_id=flag.id, reason="派出所查实是摔伤。", by=officer, at=NOW)
    with pytest.raises(SecondOfficerNeeded):
        dismiss_flag(flag_id=flag.id, reason="派出所查实是摔伤。", by=officer, at=NOW)
    second = make_county_officer(SUIYANG)
    dismissed = dismiss_flag(flag_id=flag.id, reason="派出所查实是摔伤。", by=second, at=NOW)

    assert (proposed.state, dismissed.state) == (FlagState.DISMISSAL_PROPOSED, FlagState.DISMISSED)
    assert dismissed.answer == "派出所查实是摔伤。"
    assert not flag.clocks.running().exists()


def test_who_proposed_last_cannot_confirm_though_the_other_proposed_before(mother, officer, child):
    flag, second = make_flag(mother, child, kind="domestic_violence"), make_county_officer(SUIYANG)
    dismiss_flag(flag_id=flag.id, reason="查实不是。", by=second, at=NOW)
    acknowledge_flag(flag_id=flag.id, by=officer, at=NOW)
    dismiss_flag(flag_id=flag.id, reason="查实不是。", by=officer, at=NOW)

    assert dismiss_flag(flag_id=flag.id, reason="查实不是。", by=second, at=NOW).state == FlagState.DISMISSED


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_dismissal_without_a_reason_is_refused(mother, officer, child, reason):
    flag = make_flag(mother, child)

    with pytest.raises(BadFlag):
        dismiss_flag(flag_id=flag.id, reason=reason, by=officer, at=NOW)

    flag.refresh_from_db()
    assert flag.state == FlagState.RAISED


def test_only_the_villages_own_county_decides(mother, other_county_officer, child):
    flag = make_flag(mother, child)

    for decide in (
        lambda: acknowledge_flag(flag_id=flag.id, by=other_county_officer, at=NOW),
        lambda: dismiss_flag(flag_id=flag.id, reason="不是", by=other_county_officer, at=NOW),
        lambda: close_flag(flag_id=flag.id, answer="好了", by=other_county_officer, at=NOW),
        lambda: acknowledge_flag(flag_id=flag.id, by=mother, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            decide()


def test_the_police_are_told_by_name_and_time(mother, child):
    flag = make_flag(mother, child, kind="domestic_violence")

    told = tell_police(flag_id=flag.id, told_at=moment("2026-03-11 09:05"), told_whom="黄杨派出所", by=mother, at=NOW)

    assert (told.police_told_at, told.police_told_whom) == (moment("2026-03-11 09:05"), "黄杨派出所")


def test_a_flag_about_a_child_that_nobody_knows_is_described(mother):
    assert make_flag(mother, None).child_words == "男孩，约十一岁，姓名不详"
    with pytest.raises(BadFlag):
        make_flag(mother, None, child_words=" ")


def test_the_most_urgent_flag_comes_first_and_a_severe_one_before_a_lesser_at_the_same_time(mother):
    later = make_flag(mother, make_child(mother), "2026-03-11 10:00", kind="dropped_out")
    first = make_flag(mother, make_child(mother), "2026-03-11 09:00", kind="domestic_violence")

    assert list(Flag.objects.most_urgent_first()) == [first, later]


def test_every_state_is_reached_from_the_first_and_the_last_ones_lead_nowhere():
    reached, frontier = set(), {FlagState.RAISED}
    while frontier:
        reached |= frontier
        frontier = {FlagState(state) for one in frontier for state in NEXT_FLAG_STATES[one]} - reached

    assert reached == set(FlagState)
    assert {state for state, following in NEXT_FLAG_STATES.items() if not following} == {"closed", "dismissed"}
