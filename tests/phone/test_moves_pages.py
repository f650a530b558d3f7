"""Children who come and go, on the phone: what it writes is what the server sends, and what she notes is there at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from children.enums import MoveKind
from children.models import Child
from children.rules.transfers import Home
from children.services.farewells import birthday_of
from children.services.transfers import decline_transfer, hand_over, take_over
from tests.factories import CLOUD_FOOT, STONE_SHOOT, make_child, make_flag, make_visit
from tests.factories.moves import ask_for, come_back, leave, move_over, offer
from tests.phone.same_page import assert_same_page
from tests.phone.test_trust import entry_of, seen

pytestmark = pytest.mark.browser
NUMBER = "520323201406010027"


def today() -> date:
    return day_of(now())


def same(client: Any, in_chromium: Any, user: Any, *addresses: str) -> None:
    for address in addresses:
        assert_same_page(client, in_chromium, user, address)


def at(name: str, *args: Any) -> str:
    return reverse(f"children:{name}", args=args)


def test_leaving_and_coming_back_are_the_same(client, in_chromium, mother, child):
    make_visit(mother, child, "2026-03-05 15:00")
    same(client, in_chromium, mother, at("leave", child.id), at("file", child.id))

    leave(mother, child, on=today() - timedelta(days=9), at=now())
    same(client, in_chromium, mother, at("return", child.id), at("file", child.id), at("transfers"))

    come_back(mother, child, on=today() - timedelta(days=2), at=now())
    same(client, in_chromium, mother, at("file", child.id), reverse("visits:due"), reverse("visits:today"))


@pytest.mark.parametrize("kind", [MoveKind.DIED, MoveKind.MISTAKEN])
def test_who_died_is_not_offered_a_visit_and_is_not_called_back(client, in_chromium, mother, child, kind):
    make_visit(mother, child, "2026-03-05 15:00")
    leave(mother, child, kind=kind, on=today() - timedelta(days=9), at=now())

    told = seen(in_chromium, mother, at("file", child.id))

    assert "这是记错了" in told
    for door in ("visits:record", "children:confirm", "children:transfer"):
        assert reverse(door, args=[child.id]) not in told, door
    assert "孩子回来了" not in told
    same(client, in_chromium, mother, at("file", child.id), at("return", child.id))

    come_back(mother, child, on=today() - timedelta(days=9), at=now())
    assert "（这是记错了）" in seen(in_chromium, mother, at("file", child.id))
    same(client, in_chromium, mother, at("file", child.id))


def test_where_a_child_went_stands_on_its_file(client, in_chromium, mother, child):
    leave(mother, child, on=today() - timedelta(days=9), at=now())

    assert "广东东莞" in seen(in_chromium, mother, at("file", child.id))
    same(client, in_chromium, mother, at("file", child.id))


def test_a_transfer_that_is_over_is_the_same_on_both_sides(client, in_chromium, mother, other_mother, child):
    transfer = offer(mother, child, on=today(), at=now())
    leave(mother, child, on=today(), kind=MoveKind.DIED, at=now())

    for user in (mother, other_mother):
        same(client, in_chromium, user, at("transfers"), at("transfer-answer", transfer.id))


def test_a_transfer_is_the_same_on_both_sides(client, in_chromium, mother, other_mother, child):
    make_visit(mother, child, "2026-03-05 15:00")
    make_flag(mother, child, "2026-03-06 09:00")
    same(client, in_chromium, mother, at("transfer", child.id), f"{at('transfer', child.id)}?q=石笋", at("transfers"))
    same(client, in_chromium, mother, f"{at('transfer', child.id)}?to={STONE_SHOOT}")

    transfer = offer(mother, child, on=today(), at=now())
    for user in (mother, other_mother):
        same(client, in_chromium, user, at("transfers"), at("transfer-answer", transfer.id))
    same(client, in_chromium, mother, at("file", child.id))

    take_over(transfer_id=transfer.id, home=Home(head_name="李国强"), by=other_mother, at=now())
    for user in (mother, other_mother):
        same(client, in_chromium, user, at("transfers"), at("transfer-answer", transfer.id))
    same(client, in_chromium, other_mother, at("file", child.id), reverse("visits:due"), reverse("visits:today"))
    same(client, in_chromium, mother, reverse("visits:today"))


def test_a_transfer_asked_for_by_a_number_is_the_same_on_both_sides(client, in_chromium, mother, other_mother):
    make_child(mother, name="陈雨欣", resident_id=NUMBER)
    transfer = ask_for(other_mother, NUMBER, on=today(), at=now())
    for user in (mother, other_mother):
        same(client, in_chromium, user, at("transfers"), at("transfer-answer", transfer.id))

    decline_transfer(transfer_id=transfer.id, answer="孩子还在本村", by=mother, at=now())
    for user in (mother, other_mother):
        same(client, in_chromium, user, at("transfers"), at("transfer-answer", transfer.id))

    again = ask_for(other_mother, NUMBER, on=today(), at=now())
    hand_over(transfer_id=again.id, words="爱画画", by=mother, at=now())
    for user in (mother, other_mother):
        same(client, in_chromium, user, at("transfers"), at("transfer-answer", again.id))


def test_who_asked_by_a_number_has_neither_name_nor_place_on_her_phone(mother, other_mother):
    from ccmp.phone.services.docs import sheets_for

    make_child(mother, name="陈雨欣", resident_id=NUMBER)
    ask_for(other_mother, NUMBER, on=today(), at=now())

    told = "".join(
        str(one.doc.body) for one in sheets_for(other_mother, at=now()) if one.doc.id.startswith("transfer:")
    )
    assert "陈雨欣" not in told
    assert CLOUD_FOOT not in told
    assert "云脚村" not in told


def test_who_is_eighteen_soon_is_the_same(client, in_chromium, mother):
    for number, days in enumerate((10, 20, 45)):
        born_on = today().replace(year=today().year - 18) + timedelta(days=days)
        make_child(mother, name=f"陈小{number}", born_on=born_on)

    same(client, in_chromium, mother, at("farewells"))


def test_what_she_notes_without_a_network_is_there_at_once(in_chromium, mother, child):
    gone_on = today() - timedelta(days=2)
    gone = entry_of("children:leave", at("leave", child.id), on=gone_on.isoformat(), where="东莞")
    gone["fields"]["kind"] = ["left"]
    back = entry_of("children:return", at("return", child.id), on=today().isoformat())

    assert "陈雨欣" not in seen(in_chromium, mother, at("list"), gone)
    assert "陈雨欣" in seen(in_chromium, mother, at("list"), gone, back)
    file = seen(in_chromium, mother, at("file", child.id), gone)
    assert f"{gone_on.year}年{gone_on.month}月{gone_on.day}日" in file
    assert "现住东莞" in file


def test_a_transfer_that_she_asks_for_stands_in_her_list_at_once(in_chromium, mother, child):
    asked = entry_of(
        "children:transfer",
        f"{at('transfer', child.id)}?to={STONE_SHOOT}",
        village_id=STONE_SHOOT,
        on=today().isoformat(),
    )

    listed = seen(in_chromium, mother, at("transfers"), asked)

    assert "陈雨欣" in listed
    assert "石笋沟村" in listed


def test_an_answer_given_without_a_network_is_there_at_once(in_chromium, mother, other_mother, child):
    transfer = offer(mother, child, on=today(), at=now())
    taken = entry_of(
        "children:transfer-answer", at("transfer-answer", transfer.id), step="take", home="new", head_name="李国强"
    )

    assert "已交接" in seen(in_chromium, other_mother, at("transfer-answer", transfer.id), taken)


def test_a_no_without_a_reason_is_asked_for_it_on_the_phone_and_on_the_server(
    client, in_chromium, mother, other_mother, child
):
    transfer = offer(mother, child, on=today(), at=now())
    client.force_login(other_mother)
    check = "async (load, fields) => (await load('pages/moves.js')).checks['children:transfer-answer']({}, fields)"

    page = client.post(at("transfer-answer", transfer.id), {"id": str(new_id()), "step": "decline", "words": " "})
    on_phone = [in_chromium(check, {"step": ["decline"], "words": words}) for words in ([" "], ["住在外婆家"])]

    assert [list(wrong) for wrong in on_phone] == [list(page.context["form"].errors), []] == [["words"], []]


def test_the_old_mothers_phone_lets_go_of_the_child(mother, other_mother, child):
    from ccmp.phone.services.docs import sheets_for

    move_over(mother, other_mother, child)

    held = {one.doc.id for one in sheets_for(mother, at=now())}
    assert f"child:{child.id}" not in held
    assert f"visits:{child.id}" not in held
    assert birthday_of(date(2012, 2, 29)) == date(2030, 3, 1)
    assert Child.objects.get().village_code == STONE_SHOOT
