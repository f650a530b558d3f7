"""Benefits as they are noted and listed: who may, what follows, and what stays unsaid."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from ccmp.refusals import NotAllowed, SameIdOtherContent, permits
from children.entries import HouseholdEntry
from children.enums import ApplicationState, EntitlementState, Ground, Means, Relation
from children.models import Application, ApplicationMove, Child, ChildGround, HouseholdMeans, TakeUpRun, Unclaimed
from children.models.entitlement import ApplicationHasMovedOn
from children.rules.benefits import benefits
from children.rules.claims import BadStep, check_may_note_ground, check_may_note_step, check_may_see_grounds
from children.services.entitlement_part import entitlements_shown
from children.services.entitlements import (
    ApplicationEntry,
    note_application,
    note_end,
    note_grant,
    note_received,
    note_refusal,
)
from children.services.grounds import GroundEntry, note_ground
from children.services.take_up import entitlements_of_child, start_working_out, work_out, work_out_next_villages
from children.tasks import catch_up
from tests import factories
from tests.access.world import make_world
from tests.factories import CLOUD_FOOT, NOW, STONE_SHOOT, TODAY, make_child, parent

LONG_AGO = date(2024, 3, 1)
APPLIED_ON = date(2026, 3, 2)
F, M = Relation.FATHER, Relation.MOTHER


@pytest.fixture
def orphan(mother):
    return make_orphan(mother)


def make_orphan(by, village_code=CLOUD_FOOT, **facts):
    dead = (parent(F, died_on=LONG_AGO), parent(M, "欧阳慧敏", died_on=LONG_AGO))
    return make_child(by, village_code, parents=dead, **facts)


def apply(child, by, benefit="orphan_allowance", **said):
    return note_application(entry=ApplicationEntry(child.id, benefit, APPLIED_ON, **said), by=by, at=NOW)


def ground(child, by, kind, **said):
    return note_ground(entry=GroundEntry(child.id, kind, said.pop("on", LONG_AGO), **said), by=by, at=NOW)


def state_of(child, benefit="orphan_allowance", on=TODAY):
    found = next(one for one in entitlements_of_child(child, on=on) if one.benefit.code == benefit)
    return found.state, found.may_qualify


def listed(child):
    return sorted(Unclaimed.objects.filter(child=child).values_list("benefit", "state", "since"))


# ── the steps ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_application_is_granted_and_ends(orphan, mother):
    application = apply(orphan, mother)
    note_grant(child_id=orphan.id, benefit="orphan_allowance", on=date(2026, 3, 10), by=mother, at=NOW)
    note_end(child_id=orphan.id, benefit="orphan_allowance", on=date(2026, 3, 12), why="收养", by=mother, at=NOW)

    moves = ApplicationMove.objects.filter(application=application).order_by("id")

    assert [(move.came_from, move.went_to, move.on, move.why) for move in moves] == [
        ("applied", "receiving", date(2026, 3, 10), ""),
        ("receiving", "ended", date(2026, 3, 12), "收养"),
    ]


def test_each_day_has_the_state_of_that_day(orphan, mother):
    apply(orphan, mother)
    note_grant(child_id=orphan.id, benefit="orphan_allowance", on=date(2026, 3, 10), by=mother, at=NOW)

    states = [
        state_of(orphan, on=day)[0] for day in (date(2026, 3, 1), APPLIED_ON, date(2026, 3, 9), date(2026, 3, 10))
    ]

    assert states == [
        EntitlementState.MAY_QUALIFY,
        EntitlementState.APPLIED,
        EntitlementState.APPLIED,
        EntitlementState.RECEIVING,
    ]


def test_a_refusal_keeps_its_reason_and_the_child_stays_on_the_list(orphan, mother):
    apply(orphan, mother)

    note_refusal(child_id=orphan.id, benefit="orphan_allowance", on=TODAY, why="缺死亡证明", by=mother, at=NOW)

    assert Application.objects.get().answer == "缺死亡证明"
    assert ("orphan_allowance", "refused", TODAY) in listed(orphan)


def test_a_refusal_without_a_reason_is_not_taken(orphan, mother):
    apply(orphan, mother)

    with pytest.raises(BadStep):
        note_refusal(child_id=orphan.id, benefit="orphan_allowance", on=TODAY, why=" ", by=mother, at=NOW)


def test_who_was_refused_may_apply_again(orphan, mother):
    apply(orphan, mother)
    note_refusal(child_id=orphan.id, benefit="orphan_allowance", on=TODAY, why="缺材料", by=mother, at=NOW)

    again = ApplicationEntry(orphan.id, "orphan_allowance", TODAY)
    note_application(entry=again, by=mother, at=NOW)

    assert state_of(orphan)[0] == EntitlementState.APPLIED


def test_what_is_received_already_is_noted_in_one_step(orphan, mother):
    entry = ApplicationEntry(orphan.id, "orphan_allowance", LONG_AGO)

    first, again = (note_received(entry=entry, by=mother, at=NOW) for _time in (1, 2))

    assert (first, first.state, again.state) == (again, ApplicationState.RECEIVING, ApplicationState.RECEIVING)
    assert ApplicationMove.objects.count() == 1


def test_sent_again_an_application_changes_nothing(orphan, mother):
    key = new_id()

    first, second = apply(orphan, mother, id=key), apply(orphan, mother, id=key)

    assert first == second
    with pytest.raises(SameIdOtherContent):
        apply(orphan, mother, "medical_aid", id=key)


def test_a_benefit_is_applied_for_once_at_a_time(orphan, mother):
    apply(orphan, mother)

    with pytest.raises(BadStep):
        apply(orphan, mother)


def test_nothing_is_granted_that_nobody_applied_for(orphan, mother):
    with pytest.raises(ApplicationHasMovedOn):
        note_grant(child_id=orphan.id, benefit="orphan_allowance", on=TODAY, by=mother, at=NOW)


@pytest.mark.parametrize(
    "on", [date(2026, 3, 13), date(2014, 1, 1), date(2026, 3, 1)], ids=["tomorrow", "unborn", "before"]
)
def test_a_step_has_a_day_on_which_it_can_have_been(orphan, mother, on):
    apply(orphan, mother)

    with pytest.raises(BadStep):
        note_grant(child_id=orphan.id, benefit="orphan_allowance", on=on, by=mother, at=NOW)


# ── who may ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_may_note_steps_and_grounds_and_see_the_childs_health(db):
    """M and D of the village and the county's officer; what is confidential, the officer alone."""
    world = make_world()
    child, known = world.facts["own"].child, benefits()

    def held(check, *args):
        return "".join(role for role, user in world.people.items() if user and permits(check, user, child, *args))

    assert {
        "a step": held(check_may_note_step, known["orphan_allowance"]),
        "a step of the confidential benefit": held(check_may_note_step, known["hiv_allowance"]),
        "the home's means": held(check_may_note_ground, Means.LOW_INCOME),
        "a disability": held(check_may_note_ground, Ground.DISABILITY),
        "an HIV infection": held(check_may_note_ground, Ground.INFECTED),
        "sees grounds of health": held(check_may_see_grounds),
    } == {
        "a step": "MDC",
        "a step of the confidential benefit": "C",
        "the home's means": "MDC",
        "a disability": "MDC",
        "an HIV infection": "C",
        "sees grounds of health": "MDC",
    }


def test_the_mother_next_door_may_note_nothing(orphan, other_mother):
    with pytest.raises(NotAllowed):
        apply(orphan, other_mother)


# ── grounds ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_means_of_a_home_count_for_brothers_and_sisters(mother):
    home = HouseholdEntry(id=new_id(), head_name="陈国富")
    sister, brother = (make_child(mother, household=home, name=name) for name in ("陈雨欣", "陈雨轩"))

    ground(sister, mother, Means.LOW_INCOME)

    assert [state_of(one, "minimum_living") for one in (sister, brother)] == [(EntitlementState.MAY_QUALIFY, True)] * 2
    assert ("minimum_living", "may_qualify", TODAY) in listed(brother)


def test_a_ground_ends(mother, child):
    ground(child, mother, Means.LOW_INCOME)

    ground(child, mother, Means.LOW_INCOME, ends=True, on=TODAY)

    assert state_of(child, "minimum_living") == (EntitlementState.NOT_ELIGIBLE, False)
    assert "minimum_living" not in [row[0] for row in listed(child)]


def test_a_ground_is_noted_once_and_a_disability_by_its_certificate(mother, child):
    ground(child, mother, Ground.DISABILITY, disability="limb", level=2)

    with pytest.raises(BadStep):
        ground(child, mother, Ground.DISABILITY, disability="limb", level=3)
    with pytest.raises(BadStep):
        ground(child, mother, Ground.NEEDS_CARE, ends=True)


def test_what_a_ground_and_an_application_say_cannot_be_read_in_the_database(officer, mother, child):
    ground(child, officer, Ground.INFECTED)
    ground(child, mother, Ground.DISABILITY, disability="intellectual", level=1)
    apply(child, officer, "hiv_allowance")

    with connection.cursor() as cursor:
        stored = ""
        for model in (ChildGround, Application, ApplicationMove, AuditEntry, Unclaimed):
            cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t')
            stored += "".join(row[0] for row in cursor.fetchall())

    assert "disability" not in stored
    assert "intellectual" not in stored
    assert "infected" not in stored
    assert "hiv" not in stored


def test_hiv_is_told_to_the_countys_officer_on_the_one_file_alone(client, officer, mother, child):
    supervisor = factories.make_supervisor()
    ground(child, officer, Ground.INFECTED)
    apply(child, officer, "hiv_allowance")
    work_out([child], on=TODAY)
    pages = [
        reverse("children:entitlements-of", args=[child.id]),
        reverse("children:file", args=[child.id]),
        reverse("children:entitlements"),
        reverse("children:ground", args=[child.id]),
        f"/api/v1/children/{child.id}/entitlements/",
    ]
    told = {}
    for name, user in (("mother", mother), ("supervisor", supervisor), ("officer", officer)):
        client.force_login(user)
        told[name] = [number for number, page in enumerate(pages) if _tells_of_hiv(client.get(page))]

    assert told == {"mother": [], "supervisor": [], "officer": [0, 1, 3]}


def _tells_of_hiv(response):
    text = response.content.decode()
    return any(word in text for word in ("hiv", "艾滋", "infected", "HIV"))


def test_a_confidential_benefit_stands_on_no_list_and_in_no_filter(client, officer, child):
    ground(child, officer, Ground.INFECTED)
    work_out([child], on=TODAY)
    client.force_login(officer)

    page = client.get(reverse("children:entitlements"), {"benefit": "hiv_allowance"})

    assert "艾滋" not in page.content.decode()
    assert "hiv_allowance" not in [row[0] for row in listed(child)]


def test_a_supervisor_reads_that_there_is_a_fact_of_health_and_not_which(mother, child):
    ground(child, mother, Ground.DISABILITY, disability="limb", level=1)
    ground(child, mother, Ground.NEEDS_CARE)
    supervisor = factories.make_supervisor()

    shown = {one.entitlement.benefit.code: one for one in entitlements_shown(child, supervisor, on=TODAY)}

    care = shown["disability_care"]
    assert [(fact.word, fact.is_kept_back) for fact in care.facts] == [
        ("under", False),
        ("disability", True),
        ("needs_care", True),
    ]
    assert "hiv_allowance" not in shown


def test_the_trail_says_who_noted_and_never_what(officer, child):
    ground(child, officer, Ground.INFECTED)
    apply(child, officer, "hiv_allowance")

    noted = AuditEntry.objects.filter(did="noted").order_by("id")

    assert [(one.on_kind, one.detail) for one in noted] == [
        ("children.childground", {}),
        ("children.application", {"state": "applied"}),
    ]


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_working_out_writes_what_differs_and_no_more(orphan, mother):
    work_out([orphan], on=date(2026, 3, 5))
    before = {row.pk: row.since for row in Unclaimed.objects.all()}

    work_out([orphan], on=TODAY)

    assert {row.pk: row.since for row in Unclaimed.objects.all()} == before
    assert [row[0] for row in listed(orphan)] == ["medical_aid", "orphan_allowance"]


def test_what_is_received_leaves_the_list_and_comes_back_when_it_ends(orphan, mother):
    work_out([orphan], on=TODAY)
    note_received(entry=ApplicationEntry(orphan.id, "orphan_allowance", APPLIED_ON), by=mother, at=NOW)
    received = listed(orphan)

    note_end(child_id=orphan.id, benefit="orphan_allowance", on=TODAY, why="停发", by=mother, at=NOW)

    assert "orphan_allowance" not in [row[0] for row in received]
    assert ("orphan_allowance", "ended", TODAY) in listed(orphan)


def test_a_child_who_left_the_register_leaves_the_list(orphan):
    work_out([orphan], on=TODAY)
    Child.objects.filter(pk=orphan.pk).update(gone_on=TODAY, gone_why="left")

    work_out(list(Child.objects.all()), on=TODAY)

    assert listed(orphan) == []


@pytest.mark.parametrize("children", [1, 3])
def test_working_out_asks_as_many_questions_for_one_child_as_for_three(mother, children, django_assert_num_queries):
    rows = [make_orphan(mother, name=f"孩子{number}") for number in range(children)]
    work_out(rows, on=TODAY)

    with django_assert_num_queries(6):
        work_out(rows, on=TODAY)


def test_the_register_is_worked_out_village_by_village_and_goes_on_where_it_was_killed(mother, other_mother):
    here, there = make_orphan(mother), make_orphan(other_mother, STONE_SHOOT)
    run = start_working_out(at=NOW)

    more = work_out_next_villages(run.id, at=NOW, villages=1)
    half = TakeUpRun.objects.get()
    done = [work_out_next_villages(run.id, at=NOW) for _again in (1, 2)]

    assert (more, half.done, half.reached, done) == (True, 1, CLOUD_FOOT, [False, False])
    assert TakeUpRun.objects.get().finished_at == NOW
    assert len(listed(here)) == len(listed(there)) == 2


def test_a_day_is_worked_out_once_by_the_same_rules(mother, orphan):
    assert start_working_out(at=NOW) is not None
    assert start_working_out(at=NOW) is None
    assert start_working_out(at=datetime.fromisoformat("2026-03-13T01:00:00+08:00")) is not None


def test_the_calendar_begins_the_days_working_out(mother, orphan, django_capture_on_commit_callbacks, settings):
    with django_capture_on_commit_callbacks() as queued:
        catch_up()

    assert (len(queued), TakeUpRun.objects.get().on) == (1, day_of(now()))


# ── the pages ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def note(client, child, **typed):
    sent = {"id": uuid4(), "benefit": "orphan_allowance", "step": "applied", "on": "2026-03-02"}
    return client.post(reverse("children:note-step", args=[child.id]), sent | typed)


def test_the_list_shows_who_may_claim_what_and_how_long_it_waits(desk, orphan):
    work_out([orphan], on=TODAY)

    page = desk.get(reverse("children:entitlements"))

    assert page.status_code == 200
    assert [(line.row.child, line.benefit.code, line.mark) for line in page.context["rows"]] == [
        (orphan, code, "short") for code in ("orphan_allowance", "medical_aid")
    ]
    assert "孤儿基本生活保障" in page.content.decode()


def test_the_list_is_narrowed_by_benefit_village_and_days(desk, orphan, other_mother):
    work_out([orphan, make_orphan(other_mother, STONE_SHOOT)], on=TODAY)

    def rows(**asked):
        return desk.get(reverse("children:entitlements"), asked).context["page"].paginator.count

    assert (rows(), rows(benefit="medical_aid"), rows(under=CLOUD_FOOT), rows(days="30")) == (4, 2, 2, 4)
    assert rows(benefit="nonsense", under="x", days="y") == 4


def test_an_empty_list_teaches(desk):
    assert "还没有核对过" in desk.get(reverse("children:entitlements")).content.decode()


@pytest.mark.parametrize("children", [1, 3])
def test_the_list_asks_as_many_questions_for_one_row_as_for_three(desk, mother, children, django_assert_num_queries):
    rows = [make_orphan(mother, name=f"孩子{number}") for number in range(children)]
    work_out(rows, on=TODAY)
    desk.get(reverse("children:entitlements"))

    with django_assert_num_queries(18):
        desk.get(reverse("children:entitlements"))


def test_a_step_is_noted_on_the_childs_page(desk, orphan):
    answer = note(desk, orphan)

    assert answer.url == reverse("children:entitlements-of", args=[orphan.id])
    assert Application.objects.get().state == ApplicationState.APPLIED


def test_a_step_that_does_not_follow_is_told_at_the_form(desk, orphan):
    assert note(desk, orphan, step="granted").status_code == 409
    assert note(desk, orphan, step="refused").status_code == 409
    assert note(desk, orphan, on="").status_code == 200


def test_a_mother_may_not_type_the_confidential_benefit(client, mother, orphan):
    client.force_login(mother)

    assert note(client, orphan, benefit="hiv_allowance").status_code == 200
    assert Application.objects.count() == 0


def test_a_ground_is_noted_and_what_follows_from_it(desk, child):
    sent = {"id": uuid4(), "kind": "disability", "on": "2026-03-01", "disability": "limb", "level": "1"}

    answer = desk.post(reverse("children:ground", args=[child.id]), sent)

    assert answer.status_code == 302
    assert [(one.kind, one.particulars) for one in ChildGround.objects.all()] == [("disability", "limb:1")]
    assert desk.post(reverse("children:ground", args=[child.id]), sent | {"id": uuid4()}).status_code == 409


def test_the_desks_file_shows_the_benefits_and_the_mothers_leads_to_them(client, officer, mother, orphan):
    address = reverse("children:entitlements-of", args=[orphan.id])
    shown = {}
    for name, user in (("desk", officer), ("phone", mother)):
        client.force_login(user)
        text = client.get(orphan.get_absolute_url()).content.decode()
        shown[name] = (address in text, "孤儿基本生活保障" in text)

    assert shown == {"desk": (True, True), "phone": (True, False)}


def test_reading_a_childs_benefits_is_recorded(desk, orphan):
    desk.get(reverse("children:entitlements-of", args=[orphan.id]))

    assert AuditEntry.objects.filter(did="read", detail={"part": "entitlements"}).count() == 1


def test_the_api_tells_each_benefit_with_its_rule_and_facts(client, officer, orphan):
    client.force_login(officer)
    officer.language = "en"
    officer.save(update_fields=["language"])

    with override("en"):
        told = client.get(f"/api/v1/children/{orphan.id}/entitlements/", {"on": "2026-03-12"}).json()

    found = {one["benefit"]: one for one in told["entitlements"]}
    assert found["orphan_allowance"] == {
        "benefit": "orphan_allowance",
        "name": "Orphan's allowance",
        "department": "civil_affairs",
        "state": "may_qualify",
        "may_qualify": True,
        "since": None,
        "rule": {"version": 1, "since": "2010-11-16", "source": "国办发〔2010〕54号"},
        "facts": [
            {"fact": "under", "holds": True, "words": f"Born on {orphan.born_on}, so under 18."},
            {"fact": "orphan", "holds": True, "words": "Father: died on 2024-03-01. Mother: died on 2024-03-01."},
        ],
    }


def test_means_are_kept_as_they_were_noted(mother, child):
    ground(child, mother, Means.MONITORED)

    assert [(one.kind, one.since, one.until) for one in HouseholdMeans.objects.all()] == [("monitored", LONG_AGO, None)]
