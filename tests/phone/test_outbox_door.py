"""POST /api/v1/outbox/: the contract that outsiders build on."""

import pytest

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.phone.models import OutboxEntry
from children.models import Child
from clubs.models import ClubClosure, ClubSession
from referrals.models import Task
from referrals.services.tasks import accept_task, complete_task
from tests import factories
from tests.factories import CLOUD_FOOT, moment
from tests.phone.calling import phone_of
from tests.phone.sending import flag_of, mended, of_api, send, send_by_phone, session_of, visit_of
from visits.models import Flag, Visit

CHILD = {
    "village_code": CLOUD_FOOT,
    "household": {"id": "01890a5d-ac96-774b-bcce-b302099a8057", "head_name": "陈国富"},
    "name": "陈雨轩",
    "sex": "1",
    "born_on": "2020-06-01",
    "ethnic_group": "06",
    "hukou": "rural",
    "school_stage": "kindergarten",
    "no_id_reason": "not_at_hand",
}


@pytest.fixture
def mother(mother: User) -> User:
    """She reads English, the language of the source."""
    User.objects.filter(pk=mother.pk).update(language="en")
    return mother


def test_entries_of_every_resource_are_answered_in_their_order(mother, child):
    new = of_api("child", **CHILD)
    entries = [
        new,
        of_api("visit", child=new["id"], outcome="nobody_home"),
        of_api("visit", child=str(new_id()), outcome="nobody_home"),
        of_api("flag", village_code=CLOUD_FOOT, child=new["id"], kind="hazard", seen="水井没有盖子"),
        session_of(attended=[str(child.id), new["id"]]),
        of_api("closure", village_code=CLOUD_FOOT, starts_on="2026-04-20", ends_on="2026-04-21", reason="修屋顶"),
    ]

    response = send(mother, entries)

    assert response.status_code == 200
    assert [(one["id"], one["kept"]) for one in response.json()] == [
        (entry["id"], number != 2) for number, entry in enumerate(entries)
    ]
    assert response.json()[2]["reason"] == (
        "This child is not in the register of your village. Look the child up in the list again."
    )
    assert (Child.objects.count(), Visit.objects.count(), Flag.objects.count()) == (2, 1, 1)
    assert (ClubSession.objects.get().attendances.count(), ClubClosure.objects.count()) == (2, 1)
    assert str(Child.objects.get(name="陈雨轩").id) == new["id"]
    assert Visit.objects.get().made_at == moment("2026-03-11 16:05")


def test_a_body_with_an_id_and_moment_of_its_own_keeps_them(mother, child):
    visit_id = str(new_id())
    entry = of_api(
        "visit", id=visit_id, child=str(child.id), made_at="2026-03-10T15:00:00+08:00", outcome="nobody_home"
    )

    send(mother, [entry])

    assert (str(Visit.objects.get().id), Visit.objects.get().made_at) == (visit_id, moment("2026-03-10 15:00"))


def test_a_door_is_opened_and_shut_by_two_entries(mother):
    opening = session_of(closed_at=None)

    answers = send(
        mother,
        [opening, of_api("club-session-close", session=opening["id"], closed_at="2026-03-11T17:00:00+08:00")],
    ).json()

    assert [one["kept"] for one in answers] == [True, True]
    assert ClubSession.objects.get().closed_at == moment("2026-03-11 17:00")


def test_a_task_is_confirmed_by_an_entry(mother, child, officer, education, education_officer):
    factories.make_referral(officer, factories.make_flag(mother, child), [education], at=moment("2026-03-11 10:00"))
    task = Task.objects.get()
    accept_task(task_id=task.id, by=education_officer, at=moment("2026-03-11 11:00"))
    complete_task(task_id=task.id, words="已办好", by=education_officer, at=moment("2026-03-11 12:00"))

    answers = send(mother, [of_api("task-confirm", task=str(task.id), words="看见了")]).json()

    assert [one["kept"] for one in answers] == [True]
    assert Task.objects.get().state == "confirmed"


def test_a_body_that_is_not_understood_says_which_field(mother, child):
    entry = of_api("visit", child=str(child.id), outcome="unheard_of", note=5)

    (answer,) = send(mother, [entry]).json()

    assert answer["fields"]["note"] == ["Send text in quotation marks."]
    assert answer["fields"]["outcome"][0].startswith("Send one of: completed")
    assert answer["reason"] in (answer["fields"]["note"][0], answer["fields"]["outcome"][0])


def test_a_refused_entry_is_mended_under_its_id(mother, child):
    entry = visit_of(child.id)

    first = send(mother, [mended(entry, outcome="")]).json()
    second = send(mother, [entry]).json()

    assert [one["kept"] for one in first + second] == [False, True]


def test_a_hundred_entries_come_at_once_and_no_more(mother, child):
    entries = [flag_of(child.id) for _number in range(101)]

    too_many = send(mother, entries)
    answers = send(mother, entries[:100]).json()

    assert (too_many.status_code, too_many.headers["Content-Type"]) == (400, "application/problem+json")
    assert too_many.json()["detail"] == "Send at most 100 entries at once."
    assert [one["kept"] for one in answers] == [True] * 100
    assert Flag.objects.count() == 100


@pytest.mark.parametrize("sent", [{}, "text", 7, None])
def test_what_is_no_list_is_a_problem(mother, sent):
    assert send(mother, "null" if sent is None else sent).status_code == 400


def test_half_a_character_in_an_entry_is_answered_like_any_other_mistake(mother, child):
    half = "\ud800"
    entries = [
        mended(visit_of(child.id), outcome=half),
        of_api("flag", village_code=CLOUD_FOOT, kind="hazard", seen="水井", **{half: half}),
        {**visit_of(child.id), "id": half},
        visit_of(child.id),
    ]

    response = send(mother, entries)

    assert response.status_code == 200
    assert [one["kept"] for one in response.json()] == [False, False, False, True]
    assert half in response.json()[0]["reason"]


def test_nothing_waits_at_nobodys_door(mother):
    assert send(mother, []).json() == []
    assert send_by_phone("unknown", []).status_code == 401


def test_a_receipt_names_the_phone_and_how_far_its_clock_was_ahead(mother, child):
    phone = phone_of(mother)

    send_by_phone(phone.token, [flag_of(child.id)])
    send(mother, [flag_of(child.id)], **{"X-Phone": phone.id, "X-Phone-Clock": "2001-01-01T00:00:00Z"})
    send(mother, [flag_of(child.id)], **{"X-Phone": str(new_id()), "X-Phone-Clock": "noon"})

    receipts = OutboxEntry.objects.order_by("id")
    assert [str(one.phone) for one in receipts] == [phone.id, phone.id, "None"]
    assert [one.skew is None for one in receipts] == [True, False, True]


def test_a_lost_phone_that_was_revoked_still_brings_what_was_written_on_it(mother, child):
    phone = phone_of(mother)
    row = phone.row
    row.revoked_at, row.revoked_by = moment("2026-03-11 20:00"), mother
    row.save(update_fields=["revoked_at", "revoked_by"])

    assert [one["kept"] for one in send_by_phone(phone.token, [flag_of(child.id)]).json()] == [True]


def test_the_reasons_are_in_her_language(mother, child):
    User.objects.filter(pk=mother.pk).update(language="zh-hans")

    (answer,) = send(mother, [mended(visit_of(child.id), outcome="")]).json()

    assert answer["reason"] == "这一项还空着，请填上或选一个。"
