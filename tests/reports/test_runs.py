from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from ccmp.moments import Month
from ccmp.places.models import PROGRAMME_CODE
from ccmp.refusals import NotAllowed
from ccmp.reports.enums import NEXT_STATES, Edition, ReportState, RunState
from ccmp.reports.models import MonthRun, Report, ReportHasMovedOn
from ccmp.reports.services.freezing import freeze_report
from ccmp.reports.services.printing import give_up, print_frozen_report
from ccmp.reports.services.retrying import try_again
from ccmp.reports.services.runs import (
    MonthNotOver,
    NoSuchPlace,
    PlaceWithoutVillages,
    count_month,
    months_due,
    start_restatement,
    start_run,
)
from ccmp.reports.services.verifying import report_with_code, verify_report
from tests.factories import CLOUD_FOOT, FENGGANG, SUIYANG, make_foundation_officer, make_session, moment

MARCH = Month(2026, 3)
ON_THE_THIRD = moment("2026-04-03 02:00")


def make_month(*, at: datetime = ON_THE_THIRD, **facts) -> MonthRun:
    """Everything that the workers would do, in this process."""
    run = start_run(month=MARCH, at=at, **facts)
    finish(run, at=at)
    return run


def county_edition(**facts) -> Report:
    """One county's paper alone: most of what holds for it holds for all, and each paper takes a third of a second."""
    return make_month(place_code=SUIYANG, editions=[Edition.COUNTY], **facts).reports.get()


def finish(run: MonthRun, *, at: datetime) -> None:
    for report_id in count_month(run.id, at=at):
        freeze_report(report_id, at=at)
        print_frozen_report(report_id, at=at)
    count_month(run.id, at=at)
    run.refresh_from_db()


def enter_late(mother, opened="2026-03-16 08:00", closed="2026-03-16 20:00", at="2026-04-10 09:00"):
    from ccmp.identifiers import new_id
    from clubs.entries import SessionEntry
    from clubs.services.sessions import enter_session

    entry = SessionEntry(
        id=new_id(), village_code=CLOUD_FOOT, made_at=moment(opened), opened_at=moment(opened), closed_at=moment(closed)
    )
    enter_session(entry=entry, by=mother, at=moment(at))


def test_a_month_that_is_not_over_is_refused(mother):
    with pytest.raises(MonthNotOver, match="2026年3月还没过完"):
        start_run(month=MARCH, at=moment("2026-03-31 23:59"))
    assert not MonthRun.objects.exists()


def test_a_place_without_villages_is_refused(mother):
    with pytest.raises(PlaceWithoutVillages, match="遵义市"):
        start_run(month=Month(2024, 3), place_code="520300000000", at=ON_THE_THIRD)


def test_an_unknown_place_is_refused(mother):
    with pytest.raises(NoSuchPlace, match="999999000000"):
        start_run(month=MARCH, place_code="999999000000", at=ON_THE_THIRD)


def test_an_officer_makes_reports_of_her_own_county_alone(mother, officer):
    with pytest.raises(NotAllowed):
        start_run(month=MARCH, place_code=FENGGANG, by=officer, at=ON_THE_THIRD)
    with pytest.raises(NotAllowed):
        start_run(month=MARCH, place_code=CLOUD_FOOT, by=mother, at=ON_THE_THIRD)

    assert start_run(month=MARCH, place_code=SUIYANG, by=officer, at=ON_THE_THIRD).place_code == SUIYANG


def test_a_month_gives_a_county_edition_each_a_foundation_edition_and_a_sheet_for_every_village(mother):
    run = make_month()

    made = sorted(run.reports.values_list("edition", "place_code", "state", "version"))
    assert made == [
        ("county", SUIYANG, "printed", 1),
        ("county", FENGGANG, "printed", 1),
        ("foundation", PROGRAMME_CODE, "printed", 1),
        ("village", "520323100201", "printed", 1),
        ("village", "520323100202", "printed", 1),
        ("village", "520323101201", "printed", 1),
        ("village", "520327100201", "printed", 1),
    ]
    assert run.state == RunState.FINISHED
    assert run.finished_at == ON_THE_THIRD


def test_started_twice_a_month_is_one_run_and_one_report_each(mother):
    first = make_month()

    second = make_month(at=moment("2026-04-20 09:00"))

    assert first == second
    assert Report.objects.count() == 7


def test_a_county_s_own_run_leaves_what_the_programme_s_run_finds_to_do(mother, officer):
    make_month(place_code=SUIYANG, by=officer)

    make_month()

    assert Report.objects.count() == 7
    assert not Report.objects.filter(version__gt=1).exists()


def test_a_report_left_half_way_is_taken_up_where_it_was(mother):
    run = start_run(month=MARCH, at=ON_THE_THIRD)
    waiting = count_month(run.id, at=ON_THE_THIRD)
    freeze_report(waiting[0], at=ON_THE_THIRD)
    held = Report.objects.get(pk=waiting[0])

    finish(run, at=moment("2026-04-03 03:00"))

    held.refresh_from_db()
    assert (held.state, held.frozen_at, held.files.count()) == ("printed", ON_THE_THIRD, 2)
    assert Report.objects.count() == 7


def test_printed_again_a_report_stays_as_it_is(mother):
    report = county_edition()

    assert print_frozen_report(report.id, at=moment("2026-04-05 09:00")) is None
    assert freeze_report(report.id, at=moment("2026-04-05 09:00")) == report
    assert report.moves.count() == 3


def test_the_same_facts_give_the_same_hash(mother):
    make_session(mother)
    first = county_edition().sha256
    Report.objects.all().update(supersedes=None)
    for report in Report.objects.all():
        report.moves.all().delete()
        report.files.all().delete()
    Report.objects.all().delete()
    MonthRun.objects.all().delete()

    assert county_edition(at=moment("2026-05-01 09:00")).sha256 == first


def test_what_came_later_gives_a_second_version_that_says_what_changed(mother, officer):
    make_session(mother)
    report = county_edition()
    enter_late(mother)
    at = moment("2026-04-11 09:00")

    run = start_restatement(report_id=report.id, by=officer, at=at)
    finish(run, at=at)

    second = Report.objects.get(edition="county", place_code=SUIYANG, version=2)
    assert second.supersedes == report
    assert ["open_minutes", "", 120, 840] in second.changes
    assert ["open_minutes", "云脚村", 120, 840] in second.changes
    report.refresh_from_db()
    assert (report.state, report.version) == ("printed", 1)
    assert verify_report(report.id).is_whole
    assert second.sha256 != report.sha256


def test_a_restatement_in_which_nothing_changed_makes_no_version(mother, officer):
    make_session(mother)
    report = county_edition()
    at = moment("2026-04-11 09:00")

    run = start_restatement(report_id=report.id, by=officer, at=at)
    finish(run, at=at)

    assert Report.objects.filter(edition="county", place_code=SUIYANG).count() == 1
    assert run.state == RunState.FINISHED


def test_a_changed_figure_or_file_is_found_out(mother):
    report = county_edition()
    assert verify_report(report.id).is_whole

    figures = {**report.figures, "place": "别的县"}
    Report.objects.filter(pk=report.id).update(figures=figures)
    assert not verify_report(report.id).figures_agree

    Report.objects.filter(pk=report.id).update(figures=report.figures)
    file = report.files.get(kind="pdf")
    file.on_disk.write_bytes(b"%PDF another")
    assert not verify_report(report.id).files_agree


def test_a_code_finds_its_report_however_it_is_typed_within_reach(mother, officer, other_county_officer):
    report = county_edition()

    assert report_with_code(report.code.lower().replace("-", " "), by=officer) == report
    assert report_with_code(report.code, by=other_county_officer) is None
    assert report_with_code("7F3A-9C21-E04B-55D0", by=officer) is None
    assert report_with_code("7F3A", by=officer) is None


def test_reports_are_seen_by_place(mother, other_mother, officer, other_county_officer):
    make_month()
    foundation = make_foundation_officer()

    def seen(user):
        return sorted(Report.objects.visible_to(user).values_list("edition", "place_code"))

    assert seen(mother) == [("village", CLOUD_FOOT)]
    assert seen(officer) == [
        ("county", SUIYANG), ("village", "520323100201"), ("village", "520323100202"), ("village", "520323101201"),
    ]  # fmt: skip
    assert seen(other_county_officer) == [("county", FENGGANG), ("village", "520327100201")]
    assert len(seen(foundation)) == 7


def test_a_failed_report_says_why_and_can_be_tried_again(mother, officer):
    run = start_run(month=MARCH, place_code=SUIYANG, at=ON_THE_THIRD)
    report_id = count_month(run.id, at=ON_THE_THIRD)[0]
    freeze_report(report_id, at=ON_THE_THIRD)
    give_up(report_id, at=ON_THE_THIRD)
    assert Report.objects.get(pk=report_id).failure.startswith("这份文件没出成")

    try_again(report_id=report_id, by=officer, at=ON_THE_THIRD)

    assert print_frozen_report(report_id, at=ON_THE_THIRD).state == ReportState.PRINTED
    assert Report.objects.get(pk=report_id).failure == ""


def test_a_printed_report_moves_no_further(mother):
    report = county_edition()

    assert NEXT_STATES[report.state] == frozenset()
    with pytest.raises(ReportHasMovedOn):
        report.move_to(ReportState.QUEUED, at=ON_THE_THIRD)


def test_months_are_due_from_the_first_fact_at_two_on_the_third(mother):
    assert months_due(at=ON_THE_THIRD) == []
    make_session(mother)

    assert months_due(at=moment("2026-04-03 01:59")) == []
    assert months_due(at=ON_THE_THIRD) == [MARCH]
    assert months_due(at=moment("2026-05-04 02:00")) == [MARCH, Month(2026, 4)]

    start_run(month=MARCH, at=ON_THE_THIRD)
    assert months_due(at=ON_THE_THIRD) == []


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"sha256": ""}, "figures_and_their_hash_come_together"),
        ({"figures": None}, "figures_and_their_hash_come_together"),
        ({"state": "failed", "failure": ""}, "a_failed_report_says_why"),
        ({"version": 2}, "a_later_version_says_which_one_it_replaces"),
        ({"sha256": "zz"}, "a_hash_is_64_hexadecimal_digits"),
        ({"month": "2026-13"}, "a_report_is_of_a_month"),
    ],
)
def test_what_must_never_be_false_of_a_report(mother, changed, constraint):
    report = make_month(place_code=CLOUD_FOOT).reports.get()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Report.objects.filter(pk=report.id).update(**changed)


def test_a_report_has_each_version_once(mother):
    report = make_month(place_code=CLOUD_FOOT).reports.get()
    report.pk = None

    with pytest.raises(IntegrityError, match="a_report_has_each_version_once"), transaction.atomic():
        report.save(force_insert=True)
