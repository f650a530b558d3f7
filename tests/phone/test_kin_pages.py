"""The pages of a file's grown-ups on her phone: what it writes is what the server sends, and what she notes is there at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from children.enums import Relation
from children.forms.change import seen_text
from children.models import Child
from children.rules.contact import ContactEntry
from children.rules.id_slips import check_character
from children.rules.kin import kin_seen
from children.services.bars import BarEntry, note_bar
from children.services.contact import note_contact
from children.services.kin import KinEntry, change_kin
from tests.factories import make_child, parent
from tests.phone.same_page import assert_same_page, on_the_phone, plain
from tests.phone.test_file_steps import HELD
from tests.phone.test_trust import entry_of

pytestmark = pytest.mark.browser


def ago(days: int) -> Any:
    return day_of(now()) - timedelta(days=days)


@pytest.fixture
def child(mother: Any) -> Child:
    """Whose father works away, and whose grandfather is entrusted with it."""
    father = parent(
        Relation.FATHER, "陈志强", phone="13800002716", away_since=ago(90), away_where="广东东莞", works_at="长安电子厂",
        resident_id="52032319850501001" + check_character("52032319850501001"), born_on=date(1985, 5, 1),
    )  # fmt: skip
    return make_child(mother, name="陈雨欣", parents=(father,), made_at=now() - timedelta(days=60))


def father_of(child: Child) -> Any:
    return child.kinships.get(relation=Relation.FATHER).relative


def test_the_forms_of_a_grown_up_are_the_same_but_for_what_they_hold(client, in_chromium, mother, child):
    client.force_login(mother)
    for name in ("kin", "contact", "bar"):
        address = reverse(f"children:{name}", args=[child.id, father_of(child).id])
        page = plain(client.get(address).content.decode())
        written = plain(on_the_phone(in_chromium, mother, address, at=now())["html"])

        assert [HELD.sub("", line) for line in written] == [HELD.sub("", line) for line in page]


def test_the_list_of_who_is_silent_and_the_file_are_the_same_before_and_after_a_call(
    client, in_chromium, mother, child
):
    silent, file = reverse("children:silent"), reverse("children:file", args=[child.id])
    for address in (silent, file, reverse("children:list")):
        assert_same_page(client, in_chromium, mother, address)

    note_contact(
        entry=ContactEntry(child.id, father_of(child).id, ago(2), "video", with_carer=True), by=mother, at=now()
    )

    for address in (silent, file, reverse("children:list")):
        assert_same_page(client, in_chromium, mother, address)


def test_an_entrusted_carer_with_a_bar_stands_in_red_on_both(client, in_chromium, mother, child):
    child.guardianships.update(is_entrusted=True)
    carer = child.guardianships.get().carer
    note_bar(entry=BarEntry(child.id, carer.id, "gambling", ago(10), words="邻居说的"), by=mother, at=now())

    assert_same_page(client, in_chromium, mother, reverse("children:file", args=[child.id]))


def test_a_call_that_is_not_sent_yet_takes_the_father_off_the_list(in_chromium, mother, child):
    father, silent = father_of(child), reverse("children:silent")
    assert "陈志强" in on_the_phone(in_chromium, mother, silent, at=now())["html"]

    address = reverse("children:contact", args=[child.id, father.id])
    entry = entry_of("children:contact", address, on=f"{ago(0)}", how="video", with_child="on")

    assert "陈志强" not in on_the_phone(in_chromium, mother, silent, at=now(), entries=[entry])["html"]


def test_a_sentence_with_its_end_is_the_same_on_her_phone_before_and_after_it_is_sent(
    client, in_chromium, mother, child
):
    father, file = father_of(child), reverse("children:file", args=[child.id])
    seen = kin_seen(father, on=day_of(now()))
    address = reverse("children:kin", args=[child.id, father.id])
    said = seen | {"kin_id": "", "unable_reason": "serving_sentence", "unable_since": f"{ago(30)}"}
    entry = entry_of("children:kin", address, seen=seen_text(seen), **said, unable_until=f"{ago(-400)}")
    unsent = plain(on_the_phone(in_chromium, mother, file, at=now(), entries=[entry])["html"])

    told = {**seen, "ability": f"serving_sentence {ago(30)} {ago(-400)}"}
    change_kin(entry=KinEntry(new_id(), child.id, father.id, now(), told, seen), by=mother, at=now())

    until = [line for line in unsent if "到" in line and "为止" in line]
    assert until
    assert set(until) <= set(plain(client_page(client, mother, file)))
    assert_same_page(client, in_chromium, mother, file)


def client_page(client: Any, user: Any, address: str) -> str:
    client.force_login(user)
    return client.get(address).content.decode()
