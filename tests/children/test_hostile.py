"""What somebody hostile sends to the register's pages: ids of others' rows, forms that no page made, what is over."""

import json
from contextlib import suppress
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.phone.services.pack import pages_that_post
from children.enums import MoveKind
from children.models import Child, Kinship, Relative, Transfer
from children.services.phone_differences import docs as differences_on_her_phone
from children.services.phone_moves import docs as moves_on_her_phone
from children.services.transfers import decline_transfer, withdraw_transfer
from tests.children.test_one_file import number
from tests.factories import NOW, STONE_SHOOT, make_child, make_director, parent
from tests.factories.differences import say
from tests.factories.moves import leave, offer
from tests.phone.sending import of_page, take
from tests.signing_in import Client

CARERS_PHONE = "13800002716"


@pytest.fixture
def her(client: Client, mother: User) -> Client:
    client.force_login(mother)
    return client


# ── ids of somebody else's ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("page", "name_of_the_id", "further"),
    [
        ("children:kin-new", "relative_id", {"relation": "97", "who": "new", "name": "甲"}),
        (
            "children:care",
            "carer_id",
            {
                "carer": "new", "carer_name": "甲", "carer_relation": "97", "carer_kind": "fair",
                "carer_since": "2026-01-01",
            },
        ),
    ],
)  # fmt: skip
def test_a_grown_up_who_is_written_anew_cannot_be_somebody_of_another_village(
    her: Client, child: Child, other_mother: User, page: str, name_of_the_id: str, further: dict[str, str]
):
    stranger = make_child(other_mother, STONE_SHOOT, parents=(parent(name="石不该看见"),)).family[0].relative

    answer = her.post(
        reverse(page, args=[child.id]), {"id": str(new_id()), name_of_the_id: str(stranger.id), **further}
    )

    assert answer.status_code == 409
    assert "石不该看见" not in answer.content.decode()
    assert not Kinship.objects.filter(child=child, relative=stranger).exists()
    assert Relative.objects.get(pk=stranger.pk).name == "石不该看见"


@pytest.mark.parametrize("page", ["kin", "contact", "bar", "whereabouts"])
def test_a_grown_up_of_another_village_is_not_opened_beside_a_child_of_ones_own(
    her: Client, child: Child, other_mother: User, page: str
):
    stranger = make_child(other_mother, STONE_SHOOT, parents=(parent(),)).family[0].relative_id

    assert her.get(reverse(f"children:{page}", args=[child.id, stranger])).status_code == 404
    assert her.post(reverse(f"children:{page}", args=[child.id, stranger])).status_code == 404


def entries_about(stranger: Child, own: Child) -> list[dict[str, Any]]:
    """One for each page of the register that takes entries of an outbox, with another village's ids in its address."""
    kin = stranger.family[0].relative_id
    entries = []
    for kind in sorted(one for one in pages_that_post() if one.startswith("children:")):
        for ids in ([stranger.id], [stranger.id, kin], [own.id, kin], [stranger.id, "identity"]):
            with suppress(NoReverseMatch):
                entries.append(of_page(kind, *ids, query={"purpose": "care"}, name="甲", kind="left", on="2026-03-05"))
    return entries


def test_no_entry_of_a_phone_reaches_another_villages_child_by_whichever_page(mother: User, other_mother: User):
    stranger = make_child(other_mother, STONE_SHOOT, name="石不该看见", parents=(parent(),), resident_id=number())
    before = Child.objects.values().get(pk=stranger.pk)
    entries = entries_about(stranger, make_child(mother))

    answers = take(mother, *entries)

    said = json.dumps([one.as_sent() for one in answers], ensure_ascii=False)
    assert len(answers) > 15
    assert not any(one.is_kept for one in answers)
    assert not [hidden for hidden in ("石不该看见", number(), STONE_SHOOT, "石笋沟") if hidden in said]
    assert Child.objects.values().get(pk=stranger.pk) == before


@pytest.mark.parametrize(
    ("address", "name_of_the_id", "further"),
    [("relatives", "relative", {"relation": "97"}), ("care", "carer", {"kind": "fair", "since": "2026-01-01"})],
)
def test_the_api_knows_no_grown_up_of_another_village_either(
    her: Client, child: Child, other_mother: User, address: str, name_of_the_id: str, further: dict[str, str]
):
    stranger = make_child(other_mother, STONE_SHOOT, parents=(parent(name="石不该看见"),)).family[0].relative_id
    sent = {"id": str(new_id()), name_of_the_id: str(stranger)} | further

    answer = her.post(f"/api/v1/children/{child.id}/{address}/", sent, content_type="application/json")

    assert answer.status_code == 404
    assert "石不该看见" not in answer.content.decode()
    assert not Kinship.objects.filter(child=child, relative=stranger).exists()


# ── what is read leaves a trail ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", ["file", "paper", "history", "labels", "entitlements-of", "consent", "confirm"])
def test_no_page_that_tells_what_a_file_says_is_read_without_a_trail(her: Client, child: Child, page: str):
    assert her.get(reverse(f"children:{page}", args=[child.id])).status_code == 200

    trail = AuditEntry.objects.filter(on_id=str(child.id), did__in=["read", "printed"])
    assert [one.by_id for one in trail] == [child.recorded_by_id]


# ── forms that no page made ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seen", ["[" * 3_999, "null", "[]", '{"name": 1}', "{"], ids=lambda seen: seen[:6])
def test_what_was_seen_comes_back_as_it_went_or_is_refused(her: Client, child: Child, seen: str):
    for page in (
        reverse("children:change", args=[child.id, "identity"]),
        reverse("children:change", args=[child.id, "home"]),
    ):
        assert her.post(page, {"id": str(new_id()), "seen": seen, "name": "乙"}).status_code == 200

    child.refresh_from_db()
    assert child.name == "陈雨欣"


def test_of_a_search_no_more_is_kept_than_anybody_looks_for(her: Client):
    page = her.post(reverse("children:list"), {"q": "陈" * 100_000}, follow=True)

    assert page.status_code == 200
    assert len(json.dumps(her.session["searches"])) < 2_000


@pytest.mark.parametrize(
    "sent", ["\x00", "陈\x00", "'", "\\", "%", "9999-99-99", "9" * 40, "٣", "\u202e", "-1"], ids=ascii
)
def test_no_filter_of_a_list_breaks(client: Client, officer: User, child: Child, sent: str):
    client.force_login(officer)
    lists = ["list", "entitlements", "to-confirm", "silent", "no-id", "export", "benefits", "to-check", "transfers"]
    pages = [reverse(f"children:{name}") for name in lists]
    pages += [reverse(f"children:{name}", args=[child.id]) for name in ("transfer", "labels", "history")]
    asked = dict.fromkeys(
        ("q", "under", "label", "page", "reason", "on", "benefit", "days", "what", "state", "to", "search"), sent
    )

    answers = {page: client.get(page, asked).status_code for page in pages}

    assert answers == dict.fromkeys(pages, 200)


# ── numbers in full ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_full_id_number_goes_down_to_a_phone_between_two_values_either(mother: User):
    director = make_director(is_substitute=True)
    child = make_child(mother)
    say(child, director, resident_id=number(2))
    say(child, mother, seen={"resident_id": ""}, resident_id=number(3))

    [told] = [doc.body for doc in differences_on_her_phone(mother, at=NOW)]

    assert (told["held"], told["brought"]) == (f"520323**********{number(2)[-2:]}", f"520323**********{number(3)[-2:]}")
    assert not [one for one in (number(2), number(3)) if one in json.dumps(told)]


# ── a child who did not come ────────────────────────────────────────────────────────────────────────────────────────


def declined(transfer: Transfer, mother: User, other_mother: User) -> None:
    decline_transfer(transfer_id=transfer.id, answer="不是我们村的。", by=other_mother, at=NOW)


def taken_back(transfer: Transfer, mother: User, other_mother: User) -> None:
    withdraw_transfer(transfer_id=transfer.id, by=mother, at=NOW)


def over(transfer: Transfer, mother: User, other_mother: User) -> None:
    leave(mother, transfer.child, kind=MoveKind.MISTAKEN)


@pytest.mark.parametrize("end", [declined, taken_back, over])
def test_of_a_child_who_did_not_come_the_village_that_was_asked_reads_the_name_alone(
    client: Client, mother: User, other_mother: User, child: Child, end: Any
):
    Relative.objects.filter(kinships__child=child).update(phone=CARERS_PHONE)
    transfer = offer(mother, child)
    client.force_login(other_mother)
    page = reverse("children:transfer-answer", args=[transfer.id])
    assert CARERS_PHONE in client.get(page).content.decode()  # while it is asked

    end(transfer, mother, other_mother)

    shown = client.get(page).content.decode()
    [told] = [doc.body for doc in moves_on_her_phone(other_mother, at=NOW) if doc.id.startswith("transfer")]
    assert "陈雨欣" in shown
    assert CARERS_PHONE not in shown
    assert CARERS_PHONE not in json.dumps(told)
    client.force_login(mother)
    assert CARERS_PHONE in client.get(page).content.decode()  # its own village wrote it
