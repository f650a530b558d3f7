"""Consent, purpose by purpose: the text that is read out, who agrees and signs, taking it back, and what it changes."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse
from django.utils import translation

from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from ccmp.people.models import User
from ccmp.refusals import NotAllowed
from children import consent_texts
from children.consent_texts import PARTS, all_texts, text_on
from children.enums import ConsentEvidence, ConsentPurpose
from children.models import Child, Consent
from children.rules.consent import MOST, AgreedAlready, BadConsent, NothingToTakeBack, check_signature
from children.services.consent import ConsentEntry, give_consent, withdraw_consent
from children.services.consents_shown import consents_of
from tests import factories
from tests.factories import NOW, TODAY, make_child
from tests.phone.sending import of_page, take_one

CARE, REFERRAL, EVALUATION = ConsentPurpose.CARE, ConsentPurpose.REFERRAL, ConsentPurpose.EVALUATION
SIGNED = "M12 34L13 36L600 240"
MARCH = date(2026, 3, 5)


def agree(child: Child, by: User, purpose: ConsentPurpose = CARE, on: date = MARCH, **facts: Any) -> Consent:
    given = {"text_version": 1, "given_by": "陈国富", "relation": "61", "evidence": ConsentEvidence.PAPER} | facts
    entry = ConsentEntry(given.pop("id", new_id()), child.id, NOW, purpose, on=on, **given)
    return give_consent(entry=entry, by=by, at=NOW)


def take_back(child: Child, by: User, purpose: ConsentPurpose = CARE, on: date = TODAY, who: str = "陈国富") -> Consent:
    return withdraw_consent(child=child, purpose=purpose, on=on, withdrawn_by=who, by=by, at=NOW)


def with_consent(purpose: ConsentPurpose, on: date) -> set[Child]:
    return set(Child.objects.with_consent(purpose, on=on))


@pytest.fixture
def second_text(monkeypatch, tmp_path: Path):
    """A second version of all texts, from 10 March; it may ask everybody again."""

    def write(*, asks_again: bool) -> None:
        first = yaml.safe_load((consent_texts.DATA / "consent-1.yaml").read_text("utf-8"))
        second = first | {"version": 2, "from": date(2026, 3, 10), "asks_again": asks_again}
        for body in (first, second):
            path = tmp_path / f"consent-{body['version']}.yaml"
            path.write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
        monkeypatch.setattr(consent_texts, "DATA", tmp_path)
        all_texts.cache_clear()

    yield write
    all_texts.cache_clear()


# ── the texts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_purpose_has_every_part_in_both_languages():
    for purpose in ConsentPurpose:
        text = text_on(purpose, on=TODAY)
        for language in ("zh", "en"):
            assert set(text.words[language]) == set(PARTS)
            assert all(text.words[language].values())


def test_a_text_says_who_answers_for_the_file_and_how_to_see_and_mend_it():
    """Personal Information Protection Law, art. 17."""
    told = text_on(CARE, on=TODAY).words["zh"]["who"]

    assert all(word in told for word in ("管这份档案的是县民政局", "来看", "要一份", "写错了", "12345"))


@pytest.mark.parametrize("purpose", list(ConsentPurpose))
def test_a_text_is_in_words_that_six_years_of_school_teach(purpose):
    """Short sentences, and none of an office's words."""
    told = text_on(purpose, on=TODAY).words["zh"]
    sentences = [one for part in told.values() for one in re.split("[。；，：、]", part)]

    assert max(len(one) for one in sentences) <= 22
    assert not [
        word
        for word in ("转介", "评估", "问卷", "撤回", "告知", "信息主体", "处理者")
        for part in told.values()
        if word in part
    ]


def test_a_text_speaks_the_readers_language():
    text = text_on(CARE, on=TODAY)

    with translation.override("en"):
        assert text.title == "Keeping the file and looking after the child"
    with translation.override("zh-hans"):
        assert text.title == "建档和日常关爱"


def test_refusing_never_stands_in_the_way_of_the_register_by_law_nor_of_a_report():
    assert "必须报告" in text_on(CARE, on=TODAY).words["zh"]["refused"]
    assert "登记" in text_on(CARE, on=TODAY).words["zh"]["refused"]
    assert "必须报告" in text_on(REFERRAL, on=TODAY).words["zh"]["refused"]


# ── giving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_consent_says_who_agreed_to_which_text_and_how_it_was_signed(child, mother):
    one = agree(child, mother, evidence=ConsentEvidence.SCREEN, signature=SIGNED)

    assert (one.given_by, one.relation, one.on, one.text_version) == ("陈国富", "61", MARCH, 1)
    assert (one.evidence, one.signature, one.recorded_by) == ("screen", SIGNED, mother)


def test_each_purpose_is_agreed_to_by_itself(child, mother):
    agree(child, mother, EVALUATION)

    assert with_consent(EVALUATION, TODAY) == {child}
    assert with_consent(CARE, TODAY) == set()


def test_a_consent_counts_from_its_day_until_it_is_taken_back(child, mother):
    agree(child, mother)
    take_back(child, mother, on=date(2026, 3, 9))

    days = [date(2026, 3, day) for day in (4, 5, 8, 9)]
    assert [with_consent(CARE, day) == {child} for day in days] == [False, True, True, False]
    assert [Consent.objects.get().holds(on=day) for day in days] == [False, True, True, False]


def test_what_holds_is_not_agreed_to_twice(child, mother):
    agree(child, mother)

    with pytest.raises(AgreedAlready):
        agree(child, mother, on=TODAY)


def test_the_same_consent_sent_twice_is_one(child, mother):
    same = new_id()
    agree(child, mother, id=same)
    agree(child, mother, id=same)

    assert Consent.objects.count() == 1


def test_after_it_was_taken_back_it_may_be_given_anew(child, mother):
    agree(child, mother)
    take_back(child, mother, on=date(2026, 3, 9))
    agree(child, mother, on=TODAY)

    assert consents_of(child, on=TODAY)[0].state == "holds"
    assert Consent.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"on": date(2026, 3, 13)}, "on"),
        ({"on": date(2014, 5, 31)}, "on"),
        ({"text_version": 7}, None),
        ({"evidence": "screen", "signature": ""}, "signature"),
        ({"evidence": "screen", "signature": '"/><script>'}, "signature"),
    ],
    ids=["tomorrow", "before the birth", "no such text", "nothing signed", "no drawing"],
)
def test_what_cannot_be_so_is_refused(child, mother, facts, field):
    with pytest.raises(BadConsent) as refused:
        agree(child, mother, **facts)

    assert refused.value.field == field
    assert not Consent.objects.exists()


@pytest.mark.parametrize("born_on", [date(2012, 3, 5), date(2012, 3, 6)], ids=["14 today", "13"])
def test_who_is_14_or_older_is_asked_too(mother, born_on):
    child = make_child(mother, born_on=born_on, school_stage="junior")
    is_asked = born_on == date(2012, 3, 5)

    if is_asked:
        with pytest.raises(BadConsent) as refused:
            agree(child, mother)
        assert refused.value.field == "child_agrees"
    agree(child, mother, child_agrees=is_asked)

    assert with_consent(CARE, TODAY) == {child}


@pytest.mark.parametrize(
    "path",
    ["M1 1", "L1 1", "M1 1L2", "M1 1L2 2Z", "M1 1L2 2 ", "M601 1L2 2", "M1 241L2 2", "M1 1L2 2" * 2000, "m1 1l2 2"],
    ids=["a dot", "no beginning", "half a place", "a curve", "a space", "too wide", "too high", "too long", "relative"],
)
def test_a_signature_is_strokes_on_its_sheet_and_nothing_else(path):
    with pytest.raises(BadConsent):
        check_signature(path)


def test_the_longest_signature_is_taken():
    stroke = "M100 100" + "L200 200" * ((MOST - 8) // 8)

    check_signature(stroke)


def test_only_the_village_and_its_county_note_consent(child, mother, officer, other_mother):
    agree(child, officer)
    for somebody in (other_mother, factories.make_supervisor()):
        with pytest.raises(NotAllowed):
            take_back(child, somebody)


# ── taking back ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_taking_back_says_who_when_and_who_noted_it(child, mother):
    agree(child, mother)
    one = take_back(child, mother, who="陈志强")

    assert (one.withdrawn_on, one.withdrawn_by) == (TODAY, "陈志强")
    assert (one.withdrawal_recorded_by, one.withdrawal_recorded_at) == (mother, NOW)
    assert take_back(child, mother, who="陈志强") == one


def test_what_nobody_agreed_to_cannot_be_taken_back(child, mother):
    with pytest.raises(NothingToTakeBack):
        take_back(child, mother)


@pytest.mark.parametrize(
    ("on", "who", "field"),
    [(date(2026, 3, 4), "陈国富", "on"), (date(2026, 3, 13), "陈国富", "on"), (TODAY, " ", "who")],
    ids=["before it was given", "tomorrow", "by nobody"],
)
def test_a_withdrawal_that_cannot_be_so_is_refused(child, mother, on, who, field):
    agree(child, mother)

    with pytest.raises(BadConsent) as refused:
        take_back(child, mother, on=on, who=who)

    assert refused.value.field == field


# ── a newer text ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_older_consent_holds_when_the_newer_text_does_not_ask_again(child, mother, second_text):
    agree(child, mother)
    second_text(asks_again=False)

    [care, *_others] = consents_of(child, on=TODAY)
    assert (care.state, care.is_older_text) == ("holds", True)
    assert with_consent(CARE, TODAY) == {child}
    with pytest.raises(AgreedAlready):
        agree(child, mother, on=TODAY, text_version=2)


def test_a_newer_text_may_ask_everybody_again(child, mother, second_text):
    agree(child, mother)
    second_text(asks_again=True)

    assert [with_consent(CARE, date(2026, 3, day)) == {child} for day in (9, 10)] == [True, False]
    assert consents_of(child, on=TODAY)[0].state == "ask_again"

    agree(child, mother, on=TODAY, text_version=2)

    assert with_consent(CARE, TODAY) == {child}
    assert [one.withdrawn_on for one in Consent.objects.order_by("on")] == [TODAY, None]


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_reads_the_text_out_and_a_grown_up_of_the_file_agrees(client, mother, child):
    client.force_login(mother)
    address = f"{reverse('children:consent-give', args=[child.id])}?purpose=care"
    grandfather = child.family[0].relative_id

    page = client.get(address).content.decode()
    fields = {"id": new_id(), "text_version": 1, "given_by": grandfather, "on": day_of(now()).isoformat()}
    answer = client.post(address, fields | {"evidence": "screen", "signature": SIGNED})

    assert "不同意，我们就不上门家访" in page
    assert answer.status_code == 302
    one = Consent.objects.get()
    assert (one.purpose, one.given_by, one.relation, one.signature) == ("care", "陈国富", "61", SIGNED)


def test_somebody_who_is_not_in_the_file_does_not_agree(client, mother, child):
    client.force_login(mother)
    address = f"{reverse('children:consent-give', args=[child.id])}?purpose=care"
    fields = {"id": new_id(), "text_version": 1, "given_by": new_id(), "on": day_of(now()).isoformat()}

    answer = client.post(address, fields | {"evidence": "paper"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["given_by"])
    assert not Consent.objects.exists()


def test_a_purpose_that_is_none_is_not_there(client, mother, child):
    client.force_login(mother)

    for asked in ("", "?purpose=advertising"):
        assert client.get(reverse("children:consent-give", args=[child.id]) + asked).status_code == 404


def test_taking_back_says_first_what_that_changes(client, mother, child):
    agree(child, mother, on=MARCH)
    client.force_login(mother)
    address = f"{reverse('children:consent-withdraw', args=[child.id])}?purpose=care"

    page = client.get(address).content.decode()
    answer = client.post(
        address, {"id": new_id(), "who": "else", "who_else": "陈志强", "on": day_of(now()).isoformat()}
    )

    assert "从那天起，我们不再上门家访" in page
    assert (answer.status_code, Consent.objects.get().withdrawn_by) == (302, "陈志强")


def test_the_signature_is_seen_on_the_desk_and_not_on_a_phone(client, mother, officer, child):
    agree(child, mother, evidence="screen", signature=SIGNED)
    address = reverse("children:consent", args=[child.id])

    for somebody, is_seen in ((officer, True), (mother, False), (factories.make_supervisor(), False)):
        client.force_login(somebody)
        assert (SIGNED in client.get(address).content.decode()) is is_seen


def test_the_page_costs_as_much_with_a_history_as_without(
    client, officer, mother, child, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(officer)
    address = reverse("children:consent", args=[child.id])
    with django_assert_max_num_queries(14) as first:
        client.get(address)
    for purpose in ConsentPurpose:
        agree(child, mother, purpose)
        take_back(child, mother, purpose)
        agree(child, mother, purpose, on=TODAY)

    with django_assert_num_queries(len(first)):
        client.get(address)


def test_the_paper_has_all_four_texts_and_room_to_sign(client, officer, child):
    client.force_login(officer)

    page = client.get(reverse("children:consent-paper", args=[child.id])).content.decode()

    assert all(text_on(purpose, on=TODAY).words["zh"]["refused"] in page for purpose in ConsentPurpose)


def test_consent_that_waited_on_a_phone_comes_in_and_is_taken_back_in_its_order(mother, child):
    grandfather = child.family[0].relative_id
    given = {"text_version": 1, "given_by": grandfather, "on": "2026-03-11", "evidence": "paper", "signature": ""}
    agreed = of_page("children:consent-give", child.id, query={"purpose": "care"}, **given)
    back = of_page(
        "children:consent-withdraw", child.id, query={"purpose": "care"}, who=grandfather, who_else="", on="2026-03-11"
    )

    answers = [take_one(mother, agreed), take_one(mother, agreed), take_one(mother, back), take_one(mother, back)]

    assert [answer.is_kept for answer in answers] == [True] * 4
    assert Consent.objects.get().withdrawn_by == "陈国富"
