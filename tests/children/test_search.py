"""Finding a child: by what of its name is said, by its ID number or the end of it, by the telephone of its family."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccmp.sealed import unseal
from children.entries import CarerEntry
from children.enums import Relation
from children.models import Child
from children.rules.resident_id import check_character
from children.services.find import find_children, number_in
from tests.factories import CLOUD_FOOT, STONE_SHOOT, make_child, parent


def number(sequence: int, area: str = "520323", born: str = "20140601") -> str:
    seventeen = f"{area}{born}{sequence:03}"
    return seventeen + check_character(seventeen)


def names(found) -> list[str]:
    return list(found.values_list("name", flat=True))


def seen_by(user, said: str) -> list[str]:
    return names(find_children(Child.objects.visible_to(user), said))


# ── by name ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def known(mother):
    for name in ("张三", "张思远", "章三丰", "陈雨欣", "欧阳慧敏", "艾力·买买提", "单小芳", "小单", "曾小军", "解小红"):
        make_child(mother, name=name)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("三", ["张三", "章三丰"]),
        ("zs", ["张三", "张思远", "章三丰"]),
        ("zhangsan", ["张三", "章三丰"]),
        ("zhang san", ["张三", "章三丰"]),
        ("ZHANG sa", ["张三", "章三丰"]),
        ("zhangs", ["张三", "张思远", "章三丰"]),
        ("张 远", ["张思远"]),
        ("张s", ["张三", "张思远"]),
        ("oyhm", ["欧阳慧敏"]),
        ("欧 阳", ["欧阳慧敏"]),
        ("买买提", ["艾力·买买提"]),
        ("艾力买买提", ["艾力·买买提"]),
        ("艾力•买买提", ["艾力·买买提"]),
        ("艾力‧买买提", ["艾力·买买提"]),
        ("ｚｓ", ["张三", "张思远", "章三丰"]),
        ("Ｚｈａｎｇ　ｓａｎ", ["张三", "章三丰"]),
        ("zhāng sān", ["张三", "章三丰"]),
        ("zhang\u200bsan", ["张三", "章三丰"]),
        ("hang", []),
        ("ang", []),
        ("nobody", []),
        ("%", []),
        ("_", []),
    ],
)
def test_a_child_is_found_by_what_is_said_of_its_name(mother, said, found):
    assert sorted(seen_by(mother, said)) == sorted(found)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("shan", ["单小芳"]),
        ("sxf", ["单小芳"]),
        ("dxf", ["单小芳"]),
        ("danxiao", ["单小芳"]),
        ("dan", ["单小芳", "小单"]),
        ("zeng", ["曾小军"]),
        ("ceng", ["曾小军"]),
        ("xie", ["解小红"]),
        ("jie", ["解小红"]),
    ],
)
def test_a_family_name_of_two_readings_is_found_by_both_and_only_as_a_family_name(mother, said, found):
    assert sorted(seen_by(mother, said)) == sorted(found)


@pytest.mark.parametrize("said", ["lv", "lü", "lǚ", "lu\u0308", "LÜ", "ｌｖ", "lyu", "LYU XIAO", "lvx", "lx"])
def test_a_u_with_dots_is_found_as_keyboards_and_passports_write_it(mother, said):
    for name in ("吕小宝", "鲁小宝", "林宇"):
        make_child(mother, name=name)

    assert seen_by(mother, said) == (["鲁小宝", "吕小宝"] if said == "lx" else ["吕小宝"])


@pytest.mark.parametrize("said", ["linyu", "lín yǔ", "liny"])
def test_what_looks_like_a_passport_inside_a_name_is_none(mother, said):
    make_child(mother, name="林宇")

    assert seen_by(mother, said) == ["林宇"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("仇英", ["qiu", "chou", "qy"]), ("区杰", ["ou", "qu", "oj"]), ("查良", ["zha", "cha", "zl"]),
     ("曾毅", ["zeng", "ceng"]), ("解缙", ["xie", "jie"]), ("单雄", ["shan", "dan"]), ("尉迟恭", ["yuchi", "wei chi", "ycg"])],
)  # fmt: skip
def test_each_reading_of_a_family_name_finds_it(mother, name, said):
    make_child(mother, name=name)

    assert [seen_by(mother, one) for one in said] == [[name]] * len(said)


def test_a_name_whose_dot_another_keyboard_wrote_is_found(mother):
    make_child(mother, name="艾力•买买提")

    assert [seen_by(mother, said) for said in ("艾力·买买提", "艾力买买提", "al", "mmt")] == [["艾力•买买提"]] * 3 + [
        []
    ]


def test_the_very_name_comes_first_then_what_begins_so_then_what_has_it(mother):
    for name in ("小张三", "张三丰", "张三"):
        make_child(mother, name=name)

    assert seen_by(mother, "张三") == ["张三", "张三丰", "小张三"]
    assert seen_by(mother, "zhangsan") == ["张三", "张三丰", "小张三"]


def test_those_who_are_as_near_stand_in_the_order_of_the_register(mother):
    for name in ("陈雨欣", "陈安", "陈八"):
        make_child(mother, name=name)

    assert seen_by(mother, "陈") == ["陈安", "陈八", "陈雨欣"]


# ── by a number ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("said", ["陈雨欣", "zs", "12", "lili", "", "x", "张 3", "00张"])
def test_a_name_is_no_number(said):
    assert number_in(said) == ""


def test_a_child_is_found_by_its_whole_id_number_and_by_the_end_of_it(mother):
    whole = number(2)
    make_child(mother, name="陈雨欣", resident_id=whole)
    make_child(mother, name="罗小军", resident_id=number(2, born="20150203"))

    typed = f"{whole[:6]} {whole[6:14]} {whole[14:].lower()}"

    assert [seen_by(mother, said) for said in (whole, typed, whole[-4:], whole[-6:])] == [["陈雨欣"]] * 4


def test_a_longer_end_is_compared_whole(mother):
    one, other = number(2), number(2, area="520502")
    assert one[-4:] != other[-4:]
    make_child(mother, name="陈雨欣", resident_id=one)
    twin = next(
        found for found in (number(n, born=f"2015{m:02}01") for n in range(1, 999) for m in range(1, 13))
        if found[-4:] == one[-4:]
    )  # fmt: skip
    make_child(mother, name="罗小军", resident_id=twin, born_on=date(2015, 1, 1))

    assert sorted(seen_by(mother, one[-4:])) == ["罗小军", "陈雨欣"]
    assert seen_by(mother, one[-7:]) == ["陈雨欣"]


def test_a_child_is_found_by_the_telephone_of_whoever_belongs_to_it(mother):
    carer = CarerEntry(
        id=parent().id, name="杨秀英", relation=Relation.PATERNAL_GRANDMOTHER, kind="fair", since=date(2025, 1, 1),
        phone="0851-2345678",
    )  # fmt: skip
    make_child(mother, name="陈雨欣", carer=carer, parents=(parent(Relation.FATHER, phone="+86 138 0000 2716"),))
    make_child(mother, name="罗小军", carer=None)

    for said in ("13800002716", "138-0000-2716", "+8613800002716", "08512345678", "0851 234 5678"):
        assert seen_by(mother, said) == ["陈雨欣"], said
    assert seen_by(mother, "13800002717") == []


# ── within reach ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said", ["陈雨不该看见", "cybgkj", "chenyu", number(4), number(4)[-4:], number(4)[-8:], "13985200009"]
)
def test_nothing_finds_a_child_of_the_village_next_door(client, mother, other_mother, officer, said):
    grandmother = parent(Relation.MOTHER, "石不该看见", phone="13985200009")
    make_child(other_mother, STONE_SHOOT, name="陈雨不该看见", resident_id=number(4), parents=(grandmother,))
    client.force_login(mother)

    page = client.post(reverse("children:list"), {"q": said}, follow=True)

    assert page.context["page"].paginator.count == 0
    assert "不该看见" not in page.content.decode().replace(said, "")
    assert seen_by(officer, said) == ["陈雨不该看见"]
    assert seen_by(other_mother, said) == ["陈雨不该看见"]


# ── in no address ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_looked_for_stands_in_no_address_and_is_kept_sealed(client, mother):
    child = make_child(mother, name="陈雨欣", resident_id=number(2))
    make_child(mother, name="罗小军")
    client.force_login(mother)

    answer = client.post(reverse("children:list"), {"q": number(2)})
    page = client.get(answer["Location"])

    assert answer.status_code == 302
    assert not any(part in answer["Location"] for part in (number(2), number(2)[-4:], "陈"))
    assert [row[0] for row in page.context["rows"]] == [child]
    [[_sign, sealed]] = client.session["searches"]
    assert number(2) not in sealed
    assert unseal(sealed) == number(2)


def test_an_old_address_with_a_name_finds_nothing_by_it(client, mother):
    make_child(mother, name="陈雨欣")
    client.force_login(mother)

    assert client.get(reverse("children:list"), {"q": "nobody"}).context["page"].paginator.count == 1


def test_a_search_is_not_found_by_somebody_else(client, mother, other_mother):
    make_child(mother, name="陈雨欣")
    client.force_login(mother)
    address = client.post(reverse("children:list"), {"q": "陈"})["Location"]
    client.logout()
    client.force_login(other_mother)

    assert client.get(address).context["words"] == ""


def test_going_on_and_a_label_keep_the_search(client, mother):
    client.force_login(mother)

    address = client.post(f"{reverse('children:list')}?page=3", {"q": "陈", "label": "left_by_both"})["Location"]

    assert "label=left_by_both&search=" in address
    assert "page" not in address
    assert client.post(address, {"q": "", "label": ""})["Location"] == reverse("children:list")


def test_a_search_costs_the_same_for_one_and_for_three(client, mother):
    def queries(rows: int) -> int:
        for sequence in range(Child.objects.count(), rows):
            make_child(mother, name=f"陈雨{'一二三'[sequence]}", resident_id=number(sequence * 10 + 1))
        with CaptureQueriesContext(connection) as seen:
            found = client.get(address)
        assert len(found.context["rows"]) == rows
        return len(seen)

    client.force_login(mother)
    address = client.post(reverse("children:list"), {"q": "陈"})["Location"]

    assert queries(1) == queries(3)


# ── how it is found ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "index"),
    [(number(2), "resident_id_index"), (number(2)[-4:], "children_by_id_tail"), ("13800002716", "relatives_by_phone")],
)
def test_a_number_is_found_by_an_index(db, said, index):
    """Asked for in the whole country: in an empty register a county's own range is as near as a number."""
    found = find_children(Child.objects.all(), said)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in found.explain()


def test_a_village_is_looked_through_by_its_own_index(mother):
    make_child(mother, CLOUD_FOOT)
    found = find_children(Child.objects.visible_to(mother), "陈雨")

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    assert "village_code" in found.explain()


# ── among those who left ──────────────────────────────────────────────────────────────────────────────────────────────


def test_who_left_long_ago_is_found_and_from_there_noted_as_back(client, mother):
    gone = make_child(mother, name="陈走了", resident_id=number(2))
    make_child(mother, name="陈雨欣")
    gone.gone_on, gone.gone_why = date(2026, 3, 10), "left"
    gone.save()
    client.force_login(mother)

    found = client.post(reverse("children:list"), {"q": "czl"}, follow=True)
    door = f"?left=1&amp;search={found.wsgi_request.GET['search']}"
    left = client.get(reverse("children:list") + door.replace("&amp;", "&"))

    assert (list(found.context["rows"]), door in found.content.decode()) == ([], True)
    assert list(left.context["page"]) == [gone]
    again = client.post(f"{reverse('children:list')}?left=1", {"q": number(2)[-4:]}, follow=True)
    assert list(again.context["page"]) == [gone]
    assert reverse("children:return", args=[gone.id]) in client.get(gone.get_absolute_url()).content.decode()


def test_who_left_the_village_next_door_is_nobodys_to_find(client, mother, other_mother):
    gone = make_child(other_mother, STONE_SHOOT, name="陈走了")
    gone.gone_on, gone.gone_why = date(2026, 3, 10), "left"
    gone.save()
    client.force_login(mother)

    page = client.get(f"{reverse('children:list')}?left=1")

    assert (list(page.context["page"]), "陈走了" in page.content.decode()) == ([], False)


def test_who_is_of_age_and_was_not_let_go_yet_stands_among_those_who_left(mother):
    make_child(mother, name="陈雨欣")
    grown = make_child(mother, name="陈大", born_on=date(2008, 3, 20))

    assert list(Child.objects.no_more_in_register(on=date(2026, 3, 19))) == []
    assert list(Child.objects.no_more_in_register(on=date(2026, 3, 20))) == [grown]
