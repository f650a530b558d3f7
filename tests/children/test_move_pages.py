"""Pages of children who come and go: what each side reads, what is asked once more, what is in no page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from children.models import Child, Move, Transfer
from tests.factories import STONE_SHOOT, make_child, make_flag, make_mother, make_visit
from tests.factories.moves import ask_for, move_over, offer

NUMBER = "520323201406010027"


def today() -> date:
    return day_of(now())


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"children:{name}", args=args), query).content.decode()


def post(client, user, name, *args, **typed):
    client.force_login(user)
    return client.post(reverse(f"children:{name}", args=args), {"id": new_id(), **typed})


def test_a_death_is_asked_for_once_more_by_the_childs_name(client, mother, child):
    said = {"kind": "died", "on": today().isoformat()}

    first = post(client, mother, "leave", child.id, **said)

    assert first.status_code == 200
    assert "陈雨欣已经去世" in first.content.decode()
    assert Move.objects.count() == 0
    assert post(client, mother, "leave", child.id, **said, sure="on").status_code == 302
    assert Child.objects.get().gone_why == "died"


def test_a_day_that_cannot_be_stands_at_its_field_and_keeps_what_was_typed(client, mother, child):
    tomorrow = (today() + timedelta(days=1)).isoformat()

    answer = post(client, mother, "leave", child.id, kind="left", on=tomorrow, where="广东东莞")

    assert answer.status_code == 409
    assert "广东东莞" in answer.content.decode()
    assert Move.objects.count() == 0


def test_who_left_says_so_on_its_file_and_comes_back(client, mother, child):
    post(client, mother, "leave", child.id, kind="left", on=today().isoformat(), where="广东东莞")
    assert "孩子回来了" in page(client, mother, "file", child.id)

    post(client, mother, "return", child.id, on=today().isoformat())

    assert "孩子回来了" not in page(client, mother, "file", child.id)


def test_a_page_that_could_keep_nothing_says_so_before_anything_is_typed(client, mother, child):
    client.force_login(mother)
    addresses = {name: reverse(f"children:{name}", args=[child.id]) for name in ("return", "leave")}

    here = {name: client.get(address) for name, address in addresses.items()}
    post(client, mother, "leave", child.id, kind="left", where="广东东莞", on=today().isoformat())
    gone = {name: client.get(address) for name, address in addresses.items()}

    assert [one.status_code for one in (here["leave"], here["return"])] == [200, 409]
    assert f"{child.name}一直在册，没有人记过孩子离开。" in here["return"].content.decode()
    assert [one.status_code for one in (gone["leave"], gone["return"])] == [409, 200]
    assert "如果不对，请先记下孩子回来了。" in gone["leave"].content.decode()


def test_the_village_is_chosen_by_its_townships_or_its_own_name(client, mother, child):
    assert "石笋沟村" in page(client, mother, "transfer", child.id, q="石笋")
    assert "梨园坝村" in page(client, mother, "transfer", child.id, q="郑场镇")
    assert "石笋沟村" not in page(client, mother, "transfer", child.id, q="郑场")
    assert "青岩口村" not in page(client, mother, "transfer", child.id)
    assert "青岩口村" in page(client, mother, "transfer", child.id, q="凤冈 青岩", wide="1")


def test_a_transfer_from_one_page_to_the_other(client, mother, other_mother, child):
    make_visit(mother, child, "2026-03-05 15:00")
    typed = {"village_id": STONE_SHOOT, "on": today().isoformat(), "words": "爱画画"}
    client.force_login(mother)
    address = f"{reverse('children:transfer', args=[child.id])}?to={STONE_SHOOT}"
    assert client.post(address, {"id": new_id(), **typed}).status_code == 302
    transfer = Transfer.objects.get()

    seen = page(client, other_mother, "transfer-answer", transfer.id)
    assert all(words in seen for words in ("陈雨欣", "爱画画", "陈国富", "云脚村"))
    assert AuditEntry.objects.filter(did="read", by=other_mother, on_id=str(transfer.id)).count() == 1
    post(client, other_mother, "transfer-answer", transfer.id, step="take", home="new", head_name="李国强")

    assert "陈雨欣" in page(client, other_mother, "file", child.id)
    client.force_login(mother)
    assert client.get(reverse("children:file", args=[child.id])).status_code == 404
    kept = page(client, mother, "transfer-answer", transfer.id)
    assert "陈雨欣" in kept
    assert "陈国富" in kept


def test_who_asked_by_a_number_reads_neither_name_nor_place(client, mother, other_mother):
    child = make_child(mother, name="陈雨欣", resident_id=NUMBER)
    transfer = ask_for(other_mother, NUMBER, on=today(), at=now())

    for seen in (page(client, other_mother, "transfers"), page(client, other_mother, "transfer-answer", transfer.id)):
        assert "您输入号码的那个孩子" in seen
        assert not any(words in seen for words in ("陈雨欣", "云脚村", "2014", str(child.id)))
    assert "陈雨欣" in page(client, mother, "transfer-answer", transfer.id)


def test_a_declined_one_tells_no_more(client, mother, other_mother):
    make_child(mother, name="陈雨欣", resident_id=NUMBER)
    transfer = ask_for(other_mother, NUMBER, on=today(), at=now())
    post(client, mother, "transfer-answer", transfer.id, step="decline", words="孩子还在本村")

    seen = page(client, other_mother, "transfer-answer", transfer.id)

    assert "孩子还在本村" in seen
    assert "陈雨欣" not in seen
    assert "云脚村" not in seen


def test_the_number_is_posted_and_stands_in_no_address_and_no_trail(client, mother, other_mother):
    make_child(mother, resident_id=NUMBER)
    typed = {"resident_id": NUMBER, "on": today().isoformat(), "home": "new", "head_name": "李国强"}

    answer = post(client, other_mother, "transfer-ask", **typed)

    assert answer.url == reverse("children:transfers")
    assert NUMBER not in str(list(AuditEntry.objects.values()))
    assert NUMBER not in str(Transfer.objects.values().get())


def test_a_third_village_sees_nothing(client, mother, other_mother, child):
    third = make_mother("520327100201")
    transfer = move_over(mother, other_mother, child, on=today(), at=now())

    client.force_login(third)

    assert client.get(reverse("children:transfer-answer", args=[transfer.id])).status_code == 404
    assert "陈雨欣" not in page(client, third, "transfers")


def test_an_open_flag_is_seen_by_kind_in_the_new_village_and_no_word_of_it(client, mother, other_mother, child):
    make_flag(mother, child, "2026-03-06 09:00", seen="父亲酒后打人")
    move_over(mother, other_mother, child, on=today(), at=now())

    seen = page(client, other_mother, "file", child.id)

    assert "孩子原来的村还没了结的情况" in seen
    assert "酒后" not in seen


def test_the_old_countys_page_of_a_flag_tells_nothing_of_the_new_home(client, mother, officer):
    child = make_child(mother, name="陈雨欣")
    flag = make_flag(mother, child, "2026-03-06 09:00")
    far = make_mother("520327100201")
    move_over(mother, far, child, to="520327100201", on=today(), at=now())
    client.force_login(officer)

    seen = client.get(f"{reverse('visits:flags')}?flag={flag.id}").content.decode()

    assert "孩子已经迁到别的村" in seen
    assert "13800002716" not in seen
    assert "陈国富" not in seen


@pytest.mark.parametrize("name", ["transfers", "farewells"])
def test_as_many_queries_for_three_as_for_one(client, mother, other_mother, django_assert_max_num_queries, name):
    def begin() -> None:
        child = make_child(
            mother, born_on=today().replace(year=today().year - 18) + timedelta(days=9), at=now(), made_at=now()
        )
        offer(mother, child, on=today(), at=now())

    client.force_login(mother)
    begin()
    address = reverse(f"children:{name}")
    with django_assert_max_num_queries(60) as one:
        client.get(address)
    begin()
    begin()

    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_who_is_eighteen_soon_stands_on_the_list_and_others_do_not(client, mother):
    born = today().replace(year=today().year - 18)
    make_child(mother, name="陈志远", born_on=born + timedelta(days=10), at=now(), made_at=now())
    make_child(mother, name="陈晓峰", born_on=born + timedelta(days=40), at=now(), made_at=now())

    seen = page(client, mother, "farewells")

    assert "陈志远" in seen
    assert "陈晓峰" not in seen
    assert escape("1 个孩子快满 18 岁") in seen


def test_the_office_of_both_villages_reads_from_where_to_where_and_is_told_for_whom_it_answers(
    client, mother, officer, child
):
    transfer = offer(mother, child, on=today(), at=now())

    seen = page(client, officer, "transfer-answer", transfer.id)

    assert "石笋沟村接收陈雨欣吗？" in seen
    assert "本村" not in seen
    facts = seen[seen.index('aria-labelledby="handover"') :]
    assert facts.index("云脚村") < facts.index("石笋沟村")
