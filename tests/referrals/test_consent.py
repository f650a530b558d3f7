"""Departments are told of a child with its guardian's consent; else the officer says why. A report by law waits for none."""

from datetime import date

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from children.services.consent import ConsentEntry, give_consent, withdraw_consent
from referrals.entries import ReferralEntry
from referrals.models import Referral
from referrals.rules.permission import BadReferral
from referrals.services.referrals import open_referral
from tests.factories import NOW, TODAY, make_flag, task_entry


@pytest.fixture
def flag(mother, child):
    return make_flag(mother, child)


def refer(flag, officer, education, why="", **facts):
    entry = ReferralEntry(
        id=facts.pop("id", new_id()),
        goal="上学",
        tasks=(task_entry(education),),
        flag=flag.id,
        without_consent_because=why,
    )
    return open_referral(entry=entry, by=officer, at=NOW)


def agree(child, mother):
    given = {"purpose": "referral", "text_version": 1, "given_by": "陈国富", "relation": "61", "evidence": "paper"}
    give_consent(entry=ConsentEntry(new_id(), child.id, NOW, on=date(2026, 3, 5), **given), by=mother, at=NOW)


def test_without_consent_the_officer_says_why(flag, officer, education):
    with pytest.raises(BadReferral) as refused:
        refer(flag, officer, education, " ")
    assert (refused.value.field, Referral.objects.count()) == ("without_consent_because", 0)

    assert refer(flag, officer, education, "父母联系不上").without_consent_because == "父母联系不上"


def test_with_consent_nothing_is_asked_and_nothing_kept(flag, officer, education, mother, child):
    agree(child, mother)

    assert refer(flag, officer, education, "父母联系不上").without_consent_because == ""


def test_consent_that_was_taken_back_holds_no_more(flag, officer, education, mother, child):
    agree(child, mother)
    withdraw_consent(child=child, purpose="referral", on=TODAY, withdrawn_by="陈国富", by=mother, at=NOW)

    with pytest.raises(BadReferral):
        refer(flag, officer, education)


def test_what_the_law_wants_reported_waits_for_no_consent(officer, education, mother, child):
    flag = make_flag(mother, child, kind="domestic_violence")

    assert flag.is_mandatory
    assert refer(flag, officer, education).without_consent_because == ""


def test_the_same_referral_sent_twice_is_one(flag, officer, education):
    same, task = new_id(), task_entry(education)
    entry = ReferralEntry(same, "上学", (task,), flag=flag.id, without_consent_because="父母联系不上")

    assert open_referral(entry=entry, by=officer, at=NOW) == open_referral(entry=entry, by=officer, at=NOW)


def test_the_page_asks_only_where_nobody_agreed(client, flag, officer, mother, child):
    client.force_login(officer)
    address = reverse("referrals:open", args=[flag.id])

    assert "without_consent_because" in client.get(address).content.decode()
    agree(child, mother)
    assert "without_consent_because" not in client.get(address).content.decode()


def test_the_reason_stands_on_the_referral(client, flag, officer, education):
    referral = refer(flag, officer, education, "父母联系不上，孩子不能等")
    client.force_login(officer)

    assert "父母联系不上，孩子不能等" in client.get(reverse("referrals:referral", args=[referral.id])).content.decode()


def test_a_program_that_says_nothing_opens_it_and_that_is_kept(client, flag, officer, education):
    client.force_login(officer)
    body = {"id": str(new_id()), "flag": str(flag.id), "goal": "上学", "tasks": [_task(education)]}

    answers = [client.post("/api/v1/referrals/", body, content_type="application/json") for _time in (1, 2)]

    assert [answer.status_code for answer in answers] == [201, 200]
    assert "没有写明原因" in Referral.objects.get().without_consent_because


def _task(education):
    return {
        "id": str(new_id()),
        "department": education.id,
        "title": "插班",
        "asked": "请安排。",
        "disclosed": ["school"],
    }
