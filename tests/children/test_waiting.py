"""What waits in the files stands over the list of children: a line for each kind, none where nothing waits."""

from datetime import date, timedelta

from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from children.services.check import check_file
from children.services.waiting import Waiting, waiting_for
from tests import factories
from tests.factories import make_child


def send_back(child, by):
    word = {"check_id": new_id(), "version": child.version, "is_sent_back": True, "remark": "缺父亲电话"}
    check_file(child_id=child.id, **word, by=by, at=now())


def test_each_kind_has_its_number_and_its_door(mother):
    late = make_child(mother, made_at=now() - timedelta(days=200))
    send_back(late, factories.make_supervisor())
    on = day_of(now())
    make_child(mother, made_at=now(), born_on=date(on.year - 18, on.month, on.day) + timedelta(days=3), carer=None)

    assert waiting_for(mother, on=on) == [
        Waiting("督导员退回 1 份档案", reverse("children:sent-back"), "danger"),
        Waiting("1 份档案该和家里人核对", reverse("children:to-confirm"), "short"),
        Waiting("1 个孩子快满 18 岁", reverse("children:farewells"), "running"),
        Waiting("2 个孩子没有身份证号", reverse("children:no-id"), "running"),
    ]


def test_nothing_waits_for_who_reaches_nobody(mother, other_mother):
    send_back(make_child(mother, made_at=now() - timedelta(days=200)), factories.make_supervisor())

    assert waiting_for(other_mother, on=day_of(now())) == []


def test_the_lines_cost_as_much_for_three_as_for_one(mother, django_assert_num_queries, django_assert_max_num_queries):
    on = day_of(now())
    assert mother.role_now == "companion_mother"  # a request knows it already
    make_child(mother, made_at=now() - timedelta(days=200))
    with django_assert_max_num_queries(8) as first:
        waiting_for(mother, on=on)
    for _number in range(3):
        make_child(mother, made_at=now() - timedelta(days=200))

    with django_assert_num_queries(len(first)):
        waiting_for(mother, on=on)


def test_the_lines_stand_over_the_list_in_the_village_and_on_the_desk(client, mother, officer):
    make_child(mother, made_at=now() - timedelta(days=200))

    for user in (mother, officer):
        client.force_login(user)
        assert "1 份档案该和家里人核对" in client.get(reverse("children:list")).content.decode()
