"""Every page whose form may wait on the phone takes it from there: once, with the phone's moment; or says why not."""

from datetime import timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.phone.models import OutboxEntry
from ccmp.phone.services.pack import pages_that_post
from children.models import Child, Kinship
from clubs.models import Activity, ClubClosure, ClubSession, OpeningTime
from referrals.models import Task
from referrals.services.tasks import accept_task, complete_task
from tests import factories
from tests.factories import NOW, moment, parent
from tests.phone.sending import MADE, flag_of, of_page, registration_of, take, take_one, visit_of
from visits.models import Flag, Visit


@pytest.fixture
def mother(mother: User) -> User:
    """She reads English, the language of the source."""
    User.objects.filter(pk=mother.pk).update(language="en")
    return mother


def kept(user, entry) -> bool:
    """Taken the first time, and the second time as well, with one receipt."""
    answers = [take_one(user, entry), take_one(user, entry)]
    assert [answer.as_sent() for answer in answers] == [{"id": entry["id"], "kept": True}] * 2
    return OutboxEntry.objects.get(pk=entry["id"]).state == "kept"


def names(resolver=None, namespace=""):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)
        elif isinstance(one, URLPattern):
            yield f"{namespace}{one.name}"


def test_the_pages_that_take_entries_are_pages_of_ours():
    assert set(pages_that_post()) <= set(names())


def test_a_visit_comes_from_the_phone(mother, child):
    assert kept(mother, visit_of(child.id))

    assert (Visit.objects.get().made_at, Visit.objects.get().recorded_by) == (moment(MADE), mother)


def test_a_flag_comes_from_the_phone(mother, child):
    assert kept(mother, flag_of(child.id))

    assert Flag.objects.get().raised_at == moment(MADE)


def test_a_call_to_the_police_comes_from_the_phone(mother, child):
    flag = factories.make_flag(mother, child)

    assert kept(
        mother, of_page("visits:tell-police", flag.id, police_told_whom="洋川派出所", police_told_at="2026-03-11T09:05")
    )

    flag.refresh_from_db()
    assert (flag.police_told_at, flag.police_told_whom) == (moment("2026-03-11 09:05"), "洋川派出所")


def test_a_registration_comes_from_the_phone(mother, child):
    assert kept(mother, registration_of())

    new = Child.objects.get(name="陈雨轩")
    assert (new.made_at, f"{new.registered_on}") == (moment(MADE), "2026-03-11")


def test_the_door_opens_and_shuts_at_the_phones_moments(mother, child):
    opening = of_page("clubs:open", made="2026-03-11 14:00")
    session_id = opening["body"]["fields"]["id"][0]

    assert kept(mother, opening)
    assert kept(mother, of_page("clubs:close", session_id, made="2026-03-11 17:30"))

    session = ClubSession.objects.get()
    assert (session.opened_at, session.closed_at) == (moment("2026-03-11 14:00"), moment("2026-03-11 17:30"))


def test_a_door_that_cannot_be_shut_so_is_refused_with_the_sentence(mother):
    opening = of_page("clubs:open", made="2026-03-11 14:00")
    shutting = of_page("clubs:close", opening["body"]["fields"]["id"][0], closed_at="2026-03-12T14:00")

    answers = take(mother, opening, shutting)

    assert [answer.is_kept for answer in answers] == [True, False]
    assert answers[1].reason.startswith("A session cannot go past midnight.")
    assert ClubSession.objects.get().closed_at is None


def test_a_missed_session_comes_from_the_phone(mother):
    assert kept(mother, of_page("clubs:enter-session", day="2026-03-07", opened="14:00", closed="16:00", visitors="2"))

    assert ClubSession.objects.get().opened_at == moment("2026-03-07 14:00")


def test_the_roll_comes_from_the_phone(mother, child):
    session = factories.make_session(mother)

    assert kept(mother, of_page("clubs:session", session.id, attended=[str(child.id)], visitors="1"))

    assert [one.child for one in session.attendances.all()] == [child]


def test_a_roll_with_a_child_who_is_not_there_is_refused_whole(mother, child):
    session = factories.make_session(mother)

    answer = take_one(
        mother, of_page("clubs:session", session.id, attended=[str(child.id), str(new_id())], visitors="1")
    )

    assert not answer.is_kept
    assert answer.reason.startswith("One of the children is not in this village's register.")
    assert not session.attendances.exists()


def test_an_activity_comes_from_the_phone(mother):
    assert kept(
        mother,
        of_page(
            "clubs:activity", theme="drowning", held_at="2026-03-11T15:00", minutes="40", children="12", adults="0"
        ),
    )

    assert Activity.objects.get().held_at == moment("2026-03-11 15:00")


def test_a_wish_to_stay_shut_comes_from_the_phone(mother):
    assert kept(mother, of_page("clubs:ask-closure", starts_on="2026-04-20", ends_on="2026-04-21", reason="修屋顶"))

    assert ClubClosure.objects.get().made_at == moment(MADE)


def test_the_hours_of_a_week_come_from_the_phone(mother):
    assert kept(mother, of_page("clubs:times", opens0="09:00", closes0="12:00"))

    assert OpeningTime.objects.get().weekday == 0


def test_whereabouts_come_from_the_phone(mother):
    child = factories.make_child(mother, parents=(parent(),))
    father = Kinship.objects.get(child=child, relation="51" if False else child.kinships.first().relation).relative

    assert kept(
        mother,
        of_page("children:whereabouts", child.id, father.id, whereabouts="away", since="2026-03-01", where="广东东莞"),
    )

    assert father.stays_away.get().where == "广东东莞"


def test_what_she_saw_of_a_task_comes_from_the_phone(mother, child, officer, education, education_officer):
    task = _completed_task(mother, child, officer, education, education_officer)

    assert kept(mother, of_page("referrals:confirm", task.id, words="看见了，已经坐进教室"))

    task.refresh_from_db()
    assert task.state == "confirmed"


def test_seeing_in_time_without_a_network_keeps_the_clock(mother, child, officer, education, education_officer):
    task = _completed_task(mother, child, officer, education, education_officer)

    take_one(mother, of_page("referrals:confirm", task.id, words="看见了"), at=NOW + timedelta(days=12))

    assert task.clocks.get(kind="confirm").was_kept


def test_her_choice_of_letters_comes_from_the_phone(mother):
    assert kept(mother, of_page("people:account", language="zh-hans", large_type="on"))

    mother.refresh_from_db()
    assert (mother.language, mother.large_type) == ("zh-hans", True)


def _completed_task(mother: User, child: Child, officer: User, education, education_officer: User) -> Task:
    factories.make_referral(officer, factories.make_flag(mother, child), [education], at=moment("2026-03-11 10:00"))
    task = Task.objects.get()
    accept_task(task_id=task.id, by=education_officer, at=moment("2026-03-11 11:00"))
    return complete_task(task_id=task.id, words="已办好", by=education_officer, at=moment("2026-03-11 12:00"))
