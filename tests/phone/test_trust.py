"""How far a file can be trusted, on the phone: what it writes is what the server sends, and what she notes is there at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from children.models import Child, FileCheck
from children.services.check import check_file
from children.services.confirm import ConfirmationEntry, confirm_file
from children.services.consent import ConsentEntry, give_consent, withdraw_consent
from tests import factories
from tests.factories import make_child, parent
from tests.phone.same_page import assert_same_page, on_the_phone, plain

pytestmark = pytest.mark.browser


def registered(mother: Any, days_ago: int, **facts: Any) -> Child:
    return make_child(mother, made_at=now() - timedelta(days=days_ago), **facts)


def confirm(child: Child, by: Any, on: date) -> None:
    confirm_file(entry=ConfirmationEntry(new_id(), child.id, now(), on, "陈国富", child.version), by=by, at=now())


def entry_of(kind: str, address: str, **fields: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    return {
        "id": str(new_id()),
        "kind": kind,
        "state": "waiting",
        "made_at": now().isoformat(),
        "path": path,
        "query": query,
        "fields": {name: [value] for name, value in ({"id": str(new_id())} | fields).items()},
    }


def seen(in_chromium: Any, user: Any, address: str, *entries: dict[str, Any]) -> str:
    """The page as her phone writes it, with her entries laid over the sheets."""
    return "\n".join(plain(on_the_phone(in_chromium, user, address, at=now(), entries=entries)["html"]))


# ── confirmed ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_to_read_out_and_the_list_of_them_are_the_same(client, in_chromium, mother):
    father = parent(name="陈建国", away_since=date(2026, 2, 23), away_where="广东东莞", phone="13900001111")
    child = registered(mother, 200, name="陈雨欣", parents=(father, parent("52", "李芳", died_on=date(2020, 1, 1))))
    late = registered(mother, 500, name="陈二")
    assert_same_page(client, in_chromium, mother, reverse("children:confirm", args=[child.id]))
    assert_same_page(client, in_chromium, mother, reverse("children:to-confirm"))

    on = day_of(now())
    confirm(late, mother, on - timedelta(days=180))
    confirm(child, mother, on)

    for address in (reverse("children:to-confirm"), reverse("children:confirm", args=[late.id])):
        assert_same_page(client, in_chromium, mother, address)


def test_what_she_confirmed_leaves_her_list_at_once(in_chromium, mother):
    child = registered(mother, 200, name="陈雨欣")
    grandfather, listed = str(child.family[0].relative_id), reverse("children:to-confirm")
    fields = {"version": "1", "on": day_of(now()).isoformat(), "with_whom": grandfather}
    entry = entry_of("children:confirm", reverse("children:confirm", args=[child.id]), **fields)

    assert "陈雨欣" in seen(in_chromium, mother, listed)
    assert "陈雨欣" not in seen(in_chromium, mother, listed, entry)


# ── checked ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def send_back(child: Child, remark: str) -> FileCheck:
    word = {"check_id": new_id(), "version": child.version, "is_sent_back": bool(remark), "remark": remark}
    return check_file(child_id=child.id, **word, by=factories.make_supervisor(name="龙海燕"), at=now())


def test_what_was_sent_back_and_whose_word_stands_behind_a_file_are_the_same(client, in_chromium, mother):
    child, other = registered(mother, 200, name="陈雨欣"), registered(mother, 200, name="陈二")
    assert_same_page(client, in_chromium, mother, reverse("children:sent-back"))
    confirm(child, mother, day_of(now()))
    send_back(child, "缺父亲电话 <i>")
    send_back(other, "")

    for address in (reverse("children:sent-back"), child.get_absolute_url(), other.get_absolute_url()):
        assert_same_page(client, in_chromium, mother, address)


def test_what_she_put_right_leaves_her_list_at_once(in_chromium, mother):
    child = registered(mother, 200, name="陈雨欣")
    check = send_back(child, "缺父亲电话")
    entry = entry_of("children:answer-check", reverse("children:answer-check", args=[child.id]), check=str(check.id))
    listed = reverse("children:sent-back")

    assert "缺父亲电话" in seen(in_chromium, mother, listed)
    assert "缺父亲电话" not in seen(in_chromium, mother, listed, entry)


# ── agreed to ───────────────────────────────────────────────────────────────────────────────────────────────────────


def agree(child: Child, by: Any, purpose: str = "care", **facts: Any) -> None:
    on = day_of(now()) - timedelta(days=9)
    given = {"text_version": 1, "given_by": "陈国富", "relation": "61", "evidence": "paper"} | facts
    give_consent(entry=ConsentEntry(new_id(), child.id, now(), purpose, on=on, **given), by=by, at=now())


def test_consent_is_the_same_given_taken_back_and_signed_on_the_screen(client, in_chromium, mother):
    child, older = registered(mother, 20), registered(mother, 20, born_on=date(2010, 1, 1), school_stage="senior")
    alone = registered(mother, 20, carer=None)
    agree(child, mother, evidence="screen", signature="M1 1L20 20")
    agree(older, mother, "referral", child_agrees=True)
    agree(child, mother, "evaluation")
    back = {"purpose": "evaluation", "withdrawn_by": "陈志强 <i>", "on": day_of(now())}
    withdraw_consent(child=child, **back, by=mother, at=now())

    for one in (child, older, alone):
        assert_same_page(client, in_chromium, mother, reverse("children:consent", args=[one.id]))
        for page, purpose in (("consent-give", "pictures"), ("consent-withdraw", "care")):
            assert_same_page(
                client, in_chromium, mother, reverse(f"children:{page}", args=[one.id]) + f"?purpose={purpose}"
            )


def test_what_is_agreed_to_and_taken_back_stands_there_at_once(in_chromium, mother):
    child = registered(mother, 20)
    page = reverse("children:consent", args=[child.id])
    who, on = str(child.family[0].relative_id), day_of(now()).isoformat()
    give = reverse("children:consent-give", args=[child.id]) + "?purpose=care"
    back = reverse("children:consent-withdraw", args=[child.id]) + "?purpose=care"
    given = entry_of("children:consent-give", give, text_version="1", given_by=who, on=on, evidence="paper")
    taken = entry_of("children:consent-withdraw", back, who="else", who_else="陈志强", on=on)

    assert "已同意" not in seen(in_chromium, mother, page)
    assert "已同意" in seen(in_chromium, mother, page, given)
    assert "陈志强撤回" in seen(in_chromium, mother, page, given, taken)


# ── what waits ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_waits_is_the_same_over_her_list(client, in_chromium, mother):
    send_back(registered(mother, 200, name="陈雨欣"), "缺父亲电话")
    registered(mother, 181)
    registered(mother, 2, born_on=day_of(now()).replace(year=now().year - 18) + timedelta(days=3), carer=None)

    assert_same_page(client, in_chromium, mother, reverse("children:list"))
