"""Each constraint of the database keeps out the row that its name forbids.

`change` alters a row that is valid, `copy` adds a second one beside it, with these values. A constraint without a line
here fails the last test.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from ccmp.audit.models import AuditEntry, AuditSeal
from ccmp.audit.sealing import seal_trail
from ccmp.identifiers import new_id
from ccmp.people.enums import TryKind
from ccmp.people.models import ApiToken, BackgroundCheck, Department, DoorTry, Posting, User
from ccmp.phone.models import OutboxEntry, Phone, PhoneState
from ccmp.places.models import Enrolment, Place, SchoolTerm
from children.enums import Relation
from children.models import (
    Application,
    Away,
    CareBar,
    Child,
    ChildGround,
    Confirmation,
    Consent,
    Difference,
    FileCheck,
    Guardianship,
    Household,
    HouseholdMeans,
    Incapacity,
    Kinship,
    Move,
    ParentContact,
    PastHukou,
    PastStay,
    RegisterFile,
    Relative,
    TakeUpMonth,
    TakeUpRun,
    Transfer,
    TransferMove,
    Unclaimed,
)
from children.models.difference import mark_of
from clubs.models import Activity, Attendance, Club, ClubClosure, ClubSession, OpeningTime
from referrals.models import Referral, Task, TaskClock
from tests import factories
from tests.factories import CLOUD_FOOT, NOW, STONE_SHOOT, moment, parent
from visits.models import Flag, FlagClock, Visit, VisitDeadline

EARLY, LATE = date(2020, 1, 1), date(2030, 1, 1)
LONG_AGO, FAR_OFF = moment("2001-01-01 00:00"), moment("2090-01-01 00:00")
APPS = ("places", "people", "audit", "children", "clubs", "visits", "referrals", "phone")


@dataclass(frozen=True)
class Change:
    model: type[models.Model]
    values: dict[str, Any]
    where: dict[str, Any] | None = None


class Copy(Change):
    """The same row once more, with other values."""


FORBIDDEN: dict[str, Change] = {
    "a_place_code_has_twelve_digits": Copy(Place, {"pk": "52032310020A"}),
    "a_place_ends_after_it_begins": Change(Place, {"valid_from": LATE, "valid_until": EARLY}),
    "an_enrolment_ends_after_it_begins": Change(Enrolment, {"ends_on": EARLY}),
    "a_village_is_in_one_arm_at_a_time": Copy(Enrolment, {"arm": "government"}),
    "a_term_ends_after_it_begins": Change(SchoolTerm, {"ends_on": EARLY}),
    "a_term_belongs_to_a_county": Change(SchoolTerm, {"county_code": CLOUD_FOOT}),
    "a_county_has_one_term_at_a_time": Copy(SchoolTerm, {"name": "同时"}),
    "a_user_has_a_username": Change(User, {"username": ""}),
    "a_user_has_a_name": Change(User, {"full_name": ""}),
    "nobody_may_do_everything": Change(User, {"is_superuser": True}),
    "a_next_check_comes_after_this_one": Change(BackgroundCheck, {"next_due_on": EARLY}),
    "a_county_names_each_department_once": Copy(Department, {"group": "another"}),
    "a_department_belongs_to_a_county": Change(Department, {"county_code": CLOUD_FOOT}),
    "a_posting_ends_after_it_begins": Change(Posting, {"ends_at": LONG_AGO}),
    "only_a_department_officer_has_a_department": Change(Posting, {"department": None}, {"role": "department_officer"}),
    "only_a_village_role_has_a_substitute": Change(Posting, {"is_substitute": True}, {"role": "county_officer"}),
    "a_village_has_one_mother_at_a_time": Copy(Posting, {"user": "another"}, {"role": "companion_mother"}),
    "nobody_holds_the_same_post_twice_at_once": Copy(Posting, {}, {"role": "county_officer"}),
    "a_token_expires_after_it_is_made": Change(ApiToken, {"expires_at": LONG_AGO}),
    "a_token_reads_or_writes": Change(ApiToken, {"scope": "all"}),
    "only_a_given_password_expires": Change(User, {"password_until": LONG_AGO}),
    "a_line_of_the_trail_is_sealed_once": Copy(AuditSeal, {"pk": 1_000_000}),
    "tries_are_counted_in_one_place": Copy(DoorTry, {"count": 3}),
    "a_household_is_named_for_its_head": Change(Household, {"head_name": ""}),
    "a_stay_away_ends_after_it_begins": Change(Away, {"until": EARLY}),
    "one_is_away_in_one_place": Copy(Away, {"where": "浙江义乌"}),
    "an_incapacity_ends_after_it_begins": Change(Incapacity, {"until": EARLY}),
    "a_child_has_a_name": Change(Child, {"name": ""}),
    "a_child_is_born_before_it_is_registered": Change(Child, {"born_on": LATE}),
    "a_stay_begins_with_the_registration_or_later": Change(Child, {"here_since": EARLY}),
    "who_is_gone_is_so_for_a_reason": Change(Child, {"gone_on": LATE}),
    "nobody_leaves_before_coming": Change(Child, {"gone_on": EARLY, "gone_why": "left"}),
    "an_id_number_is_found_by_its_tail": Change(Child, {"resident_id_tail": "x" * 64}),
    "a_court_declares_missing_who_is_missing": Change(Relative, {"missing_since": LATE, "declared_missing_on": EARLY}),
    "a_relatives_id_number_is_found_again": Change(Relative, {"resident_id_index": "x" * 64}),
    "only_entrusted_care_has_a_paper_and_notices": Change(
        Guardianship, {"is_entrusted": False, "school_told_on": LATE}
    ),
    "a_bar_to_care_ends_after_it_begins": Change(CareBar, {"until": EARLY}),
    "a_contact_is_with_somebody": Change(ParentContact, {"with_child": False}),
    "a_past_stay_ends_after_it_begins": Change(PastStay, {"until": EARLY}),
    "a_child_belonged_to_one_village_at_a_time": Copy(PastStay, {"village_code": STONE_SHOOT}),
    "only_time_itself_moves_a_child_without_somebody": Change(Move, {"recorded_by": None}),
    "a_hukou_ends_once_on_a_day": Copy(PastHukou, {"hukou": "urban"}),
    "a_child_has_one_transfer_waiting": Copy(Transfer, {"on": LATE}),
    "a_transfer_is_answered_by_somebody_or_over": Change(TransferMove, {"by": None}),
    "a_transfer_leads_to_another_village": Change(Transfer, {"to_village_code": CLOUD_FOOT}),
    "a_file_is_confirmed_with_somebody": Change(Confirmation, {"with_whom": ""}),
    "a_file_goes_back_with_a_remark": Change(FileCheck, {"remark": ""}),
    "only_what_was_sent_back_is_answered_by_somebody": Change(FileCheck, {"answered_at": NOW}),
    "a_file_is_sent_back_once_at_a_time": Copy(FileCheck, {"remark": "还要再问一次"}),
    "consent_is_given_by_somebody": Change(Consent, {"given_by": ""}),
    "what_is_signed_on_the_screen_is_kept": Change(Consent, {"evidence": "screen"}),
    "a_withdrawal_says_who_and_when": Change(Consent, {"withdrawn_on": LATE}),
    "consent_is_withdrawn_after_it_is_given": Change(
        Consent,
        {
            "withdrawn_on": EARLY,
            "withdrawn_by": "陈国富",
            "withdrawal_recorded_by": "another",
            "withdrawal_recorded_at": NOW,
        },
    ),
    "a_purpose_is_agreed_to_once_at_a_time": Copy(Consent, {"given_by": "田秀英"}),
    "no_more_rows_are_done_than_there_are": Change(RegisterFile, {"rows": 1, "done": 2}),
    "a_child_has_an_id_number_or_a_reason_why_not": Change(Child, {"no_id_reason": ""}),
    "a_relative_is_named_once_for_a_child": Copy(Kinship, {"relation": "97"}),
    "a_child_has_one_father_in_the_file": Copy(Kinship, {"relative": "another"}, {"relation": Relation.FATHER}),
    "a_child_has_one_mother_in_the_file": Copy(Kinship, {"relative": "another"}, {"relation": Relation.MOTHER}),
    "a_guardianship_ends_after_it_begins": Change(Guardianship, {"until": EARLY}),
    "a_child_has_one_carer_at_a_time": Copy(Guardianship, {"kind": "good"}),
    "a_carer_is_named_unless_there_is_none": Change(Guardianship, {"carer": None}),
    "a_decided_difference_says_who_when_and_what": Change(Difference, {"kept": "held"}),
    "an_open_difference_has_two_values": Change(Difference, {"brought_mark": mark_of("primary")}),
    "what_is_said_of_a_relative_differs_about_one": Change(Difference, {"field": "whereabouts"}),
    "a_value_differs_once_until_it_is_decided": Copy(Difference, {"brought_by": "another"}),
    "a_homes_means_end_after_they_begin": Change(HouseholdMeans, {"until": EARLY}),
    "a_homes_means_are_noted_once": Copy(HouseholdMeans, {"since": LATE}),
    "a_ground_ends_after_it_begins": Change(ChildGround, {"until": EARLY}),
    "a_ground_is_noted_once": Copy(ChildGround, {"since": LATE}),
    "a_refused_application_says_why": Change(Application, {"state": "refused"}),
    "an_application_moves_on_after_it_is_made": Change(Application, {"since": EARLY}),
    "a_benefit_is_applied_for_once_at_a_time": Copy(Application, {"state": "receiving"}),
    "a_benefit_is_unclaimed_once": Copy(Unclaimed, {"state": "refused"}),
    "what_is_unclaimed_is_not_received": Change(Unclaimed, {"state": "receiving"}),
    "a_day_is_worked_out_once_by_the_same_rules": Copy(TakeUpRun, {"children": 2}),
    "a_villages_month_of_benefits_is_counted_once": Copy(TakeUpMonth, {"on": LATE}),
    "a_village_has_one_club": Copy(Club, {"opened_on": LATE}, {"village_code": CLOUD_FOOT}),
    "a_club_ends_after_it_opens": Change(Club, {"ended_on": EARLY}),
    "a_closure_ends_after_it_begins": Change(ClubClosure, {"ends_on": EARLY}),
    "a_closure_is_approved_by_somebody_at_some_time": Change(ClubClosure, {"approved_at": NOW}),
    "a_closure_is_not_both_approved_and_declined": Change(
        ClubClosure, {"approved_at": NOW, "approved_by": "another", "declined_at": NOW}
    ),
    "a_closure_has_a_reason": Change(ClubClosure, {"reason": ""}),
    "a_week_has_seven_days": Change(OpeningTime, {"weekday": 7}),
    "opening_times_end_after_they_begin": Change(OpeningTime, {"closes_at": time(1, 0)}),
    "an_opening_time_is_told_once": Copy(OpeningTime, {}),
    "a_club_closes_after_it_opens": Change(ClubSession, {"closed_at": LONG_AGO}),
    "a_session_does_not_cross_midnight": Change(ClubSession, {"closed_at": moment("2026-03-10 00:10")}),
    "a_session_does_not_open_in_the_future": Change(ClubSession, {"opened_at": FAR_OFF, "closed_at": None}),
    "a_club_is_not_open_twice_at_once": Copy(ClubSession, {}),
    "a_child_comes_once_to_a_session": Copy(Attendance, {}),
    "an_activity_is_recorded_after_it_began": Change(Activity, {"held_at": FAR_OFF}),
    "somebody_takes_part_in_an_activity": Change(Activity, {"children": 0, "adults": 0}),
    "only_a_completed_visit_assesses_the_risk": Change(Visit, {"outcome": "refused"}),
    "an_override_makes_a_child_high_risk": Change(Visit, {"override": "violence"}),
    "a_child_has_one_visit_deadline_running": Copy(VisitDeadline, {"level": "high"}, {"closed_on": None}),
    "a_visit_is_due_after_it_is_set": Change(VisitDeadline, {"due_on": EARLY}),
    "a_closed_visit_deadline_says_why": Change(VisitDeadline, {"closed_on": LATE}, {"closed_on": None}),
    "a_flag_says_which_child_it_is_about": Change(Flag, {"child": None, "child_words": ""}),
    "a_flag_says_what_was_seen": Change(Flag, {"seen": ""}),
    "a_flag_is_recorded_after_it_is_raised": Change(Flag, {"raised_at": FAR_OFF}),
    "the_police_are_told_by_name_and_time": Change(Flag, {"police_told_at": NOW}),
    "flagclock_is_due_after_it_starts": Change(FlagClock, {"due_at": LONG_AGO}),
    "flagclock_is_stopped_by_somebody_at_some_time": Change(FlagClock, {"stopped_by": "another", "stopped_at": None}),
    "a_flag_has_each_clock_once": Copy(FlagClock, {}),
    "a_referral_has_a_goal": Change(Referral, {"goal": ""}),
    "a_closed_referral_says_what_became_of_it": Change(Referral, {"state": "closed"}),
    "a_task_has_a_title": Change(Task, {"title": ""}),
    "a_task_asks_for_something": Change(Task, {"asked": ""}),
    "a_returned_task_says_why": Change(Task, {"state": "returned"}),
    "taskclock_is_due_after_it_starts": Change(TaskClock, {"due_at": LONG_AGO}),
    "taskclock_is_stopped_by_somebody_at_some_time": Change(TaskClock, {"stopped_by": "another"}),
    "a_task_runs_each_clock_once": Copy(TaskClock, {}),
    "a_phone_is_revoked_by_somebody_at_some_time": Change(Phone, {"revoked_at": NOW}),
    "a_phone_is_heard_after_it_is_made": Change(Phone, {"last_contact_at": LONG_AGO}),
    "a_phone_has_a_key_for_its_store": Change(Phone, {"data_key": ""}),
    "a_phone_has_each_cursor_once": Copy(PhoneState, {}),
    "a_refused_entry_keeps_why_and_what_it_said": Change(OutboxEntry, {"state": "refused"}),
    "a_kept_entry_says_when_it_was_made": Change(OutboxEntry, {"made_at": None}),
    "an_entry_came_first_before_it_came_again": Change(OutboxEntry, {"received_at": LONG_AGO}),
    "an_entry_came_at_least_once": Change(OutboxEntry, {"times_sent": 0}),
}


@pytest.fixture
def one_of_each(mother, officer, education, education_officer) -> User:
    """A valid row of every kind; returns somebody else, to stand for `another`."""
    away = parent(Relation.FATHER, away_since=date(2025, 3, 1))
    unable = parent(Relation.MOTHER, "欧阳慧敏", unable_reason="serious_illness", unable_since=date(2025, 1, 1))
    child = factories.make_child(mother, parents=(away, unable))
    factories.make_session(mother, attended=frozenset({child.id}))
    factories.make_activity(mother)
    factories.make_visit(mother, child)
    factories.make_referral(officer, factories.make_flag(mother, child), [education])
    club = Club.objects.get(village_code=CLOUD_FOOT)
    OpeningTime.objects.create(
        club=club, village_code=CLOUD_FOOT, weekday=0, opens_at=time(16, 30), closes_at=time(18, 30)
    )
    ClubClosure.objects.create(
        village_code=CLOUD_FOOT, club=club, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 8), reason="修房子",
        made_at=NOW, recorded_at=NOW, recorded_by=mother, fingerprint="x" * 64,
    )  # fmt: skip
    Difference.objects.create(
        village_code=CLOUD_FOOT, child=child, field="school_stage",
        held="primary", held_mark=mark_of("primary"), held_by=mother, held_at=NOW,
        brought="junior", brought_mark=mark_of("junior"), brought_by=mother, made_at=NOW, recorded_at=NOW,
    )  # fmt: skip
    entered = {"village_code": CLOUD_FOOT, "made_at": NOW, "recorded_at": NOW, "recorded_by": mother, "fingerprint": ""}
    day = {"since": date(2026, 3, 1), **entered}
    add_to_the_register(child, mother, entered)
    HouseholdMeans.objects.create(household=child.household, kind="low_income", **day)
    ChildGround.objects.create(child=child, kind="needs_care", kind_index="x" * 64, **day)
    Application.objects.create(
        child=child, benefit="orphan_allowance", benefit_index="x" * 64, applied_on=date(2026, 3, 1), **day
    )
    Unclaimed.objects.create(
        child=child, village_code=CLOUD_FOOT, benefit="orphan_allowance", rule_version=1, state="applied",
        since=date(2026, 3, 1),
    )  # fmt: skip
    TakeUpMonth.objects.create(village_code=CLOUD_FOOT, month="2026-03", on=date(2026, 3, 1), known_before=NOW)
    TakeUpRun.objects.create(on=date(2026, 3, 1), rules="x" * 64, children=1, started_at=NOW, touched_at=NOW)
    phone = Phone.objects.create(
        user=mother, village_code=CLOUD_FOOT, made_at=NOW, last_contact_at=NOW, digest="d" * 64, data_key="key"
    )
    PhoneState.objects.create(phone=phone, cursor="c", hash="h", made_at=NOW)
    OutboxEntry.objects.create(
        id=new_id(), user=mother, phone=phone.id, village_code=CLOUD_FOOT, kind="flag", made_at=NOW,
        first_received_at=NOW, received_at=NOW, fingerprint="x" * 64, state="kept",
    )  # fmt: skip
    DoorTry.objects.create(kind=TryKind.ACCOUNT, mark="e" * 64, began_at=NOW)
    ApiToken.objects.create(user=mother, digest="d" * 64, made_at=NOW, expires_at=NOW + timedelta(days=1))
    seal_trail(at=NOW)
    return factories.make_person("别人")


def add_to_the_register(child, mother, entered) -> None:
    grandmother, day = child.family[0].relative, date(2026, 3, 1)
    CareBar.objects.create(relative=grandmother, kind="gambling", since=day, **entered)
    ParentContact.objects.create(relative=grandmother, on=day, how="call", **entered)
    PastStay.objects.create(
        child=child, household=child.household, village_code=CLOUD_FOOT, since=day, until=LATE, why="left"
    )
    Move.objects.create(child=child, kind="left", on=day, **entered)
    PastHukou.objects.create(child=child, hukou="none", until=day)
    offered = Transfer.objects.create(
        child=child, to_village_code=STONE_SHOOT, asked_by_side="old", on=day, **entered
    )  # fmt: skip
    TransferMove.objects.create(transfer=offered, came_from="waiting", went_to="declined", by=mother, at=NOW)
    Confirmation.objects.create(child=child, on=day, with_whom="陈国富", version=1, **entered)
    FileCheck.objects.create(
        child=child, village_code=CLOUD_FOOT, version=1, is_sent_back=True, remark="缺父亲电话", checked_by=mother,
        checked_at=NOW,
    )  # fmt: skip
    Consent.objects.create(
        child=child,
        purpose="care",
        text_version=1,
        given_by="陈国富",
        relation="61",
        on=day,
        evidence="paper",
        **entered,
    )
    RegisterFile.objects.create(
        village_code=CLOUD_FOOT, name="花名册.xlsx", sha256="x" * 64, size=1, uploaded_by=mother, uploaded_at=NOW,
        touched_at=NOW,
    )  # fmt: skip


def _another(row: models.Model, field: str, somebody: User) -> object:
    if field == "relative":
        return Relative.objects.create(household=Household.objects.get(), village_code=CLOUD_FOOT, name="别的人")
    if field == "group":
        return Department._meta.get_field("group").related_model.objects.create(name="别的组")
    return somebody


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_row_that_the_constraint_forbids_is_kept_out(one_of_each, name):
    forbidden = FORBIDDEN[name]
    row = forbidden.model._default_manager.filter(**(forbidden.where or {})).order_by("pk").last()
    if isinstance(forbidden, Copy):
        row.pk = new_id() if isinstance(row._meta.pk, models.UUIDField) else None
        row._state.adding = True
    for field, value in forbidden.values.items():
        setattr(row, field, _another(row, field, one_of_each) if value == "another" else value)

    with pytest.raises(IntegrityError) as kept_out, transaction.atomic():
        row.save(force_insert=isinstance(forbidden, Copy))

    assert name in str(kept_out.value)


def test_every_constraint_has_its_line():
    named = {
        constraint.name
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }

    assert named == set(FORBIDDEN) | {A_LINE_ONCE}


A_LINE_ONCE = "a_line_of_the_trail_is_written_once"


def test_a_line_of_the_trail_is_written_once(one_of_each):
    """PostgreSQL names the index of the month in which the line lies."""
    line = AuditEntry.objects.latest("pk")
    line.pk, line._state.adding = None, True

    with pytest.raises(IntegrityError, match="number_at"), transaction.atomic():
        line.save(force_insert=True)
