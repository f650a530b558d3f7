"""Labels on pages: the file, the page of any day, the list narrowed by one; hard alerts stand first."""

from datetime import date

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.moments import day_of, now
from children.enums import OPEN_LABELS, CareKind
from children.models import Child
from children.services.grounds import GroundEntry, note_ground
from tests.factories import NOW, make_child, make_supervisor, parent
from tests.factories.moves import leave

LONG_AGO = date(2024, 3, 1)


def page_of(client, user, child, **asked):
    client.force_login(user)
    return client.get(reverse("children:labels", args=[child.id]), asked)


def cared_by_nobody(mother, **facts):
    child = make_child(mother, **facts)
    child.guardianships.update(kind=CareKind.NONE, carer=None)
    return child


def test_a_hard_alert_stands_first_on_the_file_and_looks_like_danger(client, mother):
    away = (parent("51", away_since=LONG_AGO), parent("52", away_since=LONG_AGO))
    child = cared_by_nobody(mother, parents=away, born_on=day_of(now()).replace(year=2021, day=1))
    client.force_login(mother)

    page = client.get(child.get_absolute_url()).content.decode()

    assert '<details class="why" open>' in page
    assert page.index("未满 8 岁，无人看护") < page.index("农村留守儿童")
    assert 'data-state="danger"' in page.split("未满 8 岁，无人看护")[0]
    assert "2025年1月1日 起无人照护。" in page


def test_a_day_before_is_judged_by_the_facts_of_that_day(client, officer, mother):
    child = make_child(mother, parents=(parent("51", died_on=LONG_AGO), parent("52", died_on=date(2025, 3, 1))))

    before = page_of(client, officer, child, on="2025-02-28").context["shown"]
    after = page_of(client, officer, child, on="2025-03-01").context["shown"]

    assert "orphan" not in [label.kind for label in before.holding]
    assert "orphan" in [label.kind for label in after.holding]
    assert (before.on, after.on) == (date(2025, 2, 28), date(2025, 3, 1))


@pytest.mark.parametrize(
    ("asked", "says"),
    [("2099-01-01", "这一天还没到"), ("2010-01-01", "2015年10月1日"), ("soon", "")],
    ids=["to come", "before the programme", "no day"],
)
def test_a_day_that_cannot_be_asked_for_is_said_so_and_today_is_shown(client, officer, child, asked, says):
    page = page_of(client, officer, child, on=asked)

    assert page.status_code == 200
    assert page.context["shown"].on == day_of(now())
    assert page.context["form"].errors["on"]
    assert says in page.content.decode()


def test_the_page_tells_who_may_see_health_and_nobody_else(client, officer, mother, child):
    note_ground(
        entry=GroundEntry(child=child.id, kind="disability", on=LONG_AGO, disability="hearing", level=2),
        by=mother,
        at=NOW,
    )

    told = {who: page_of(client, who, child).content.decode() for who in (mother, officer, make_supervisor())}
    supervisor, *others = [told.pop(next(reversed(told))), *told.values()]

    assert all("听力" in page and "困境：自身残疾" in page for page in others)
    assert "听力" not in supervisor
    assert "困境：自身残疾" not in supervisor


def test_the_file_on_her_phone_tells_of_no_health(client, mother, officer, child):
    note_ground(entry=GroundEntry(child=child.id, kind="illness", on=LONG_AGO), by=mother, at=NOW)

    client.force_login(mother)
    hers = client.get(child.get_absolute_url()).context["file"].shown.holding
    client.force_login(officer)
    his = client.get(child.get_absolute_url()).context["file"].shown.holding

    assert ([label.kind for label in hers], [label.kind for label in his]) == ([], ["illness"])


def test_reading_labels_is_recorded(client, officer, child):
    page_of(client, officer, child, on="2026-03-01")

    entry = AuditEntry.objects.latest("at")
    assert (entry.by_id, entry.did, entry.detail) == (officer.id, "read", {"part": "labels"})


@pytest.mark.parametrize("kind", OPEN_LABELS)
def test_the_list_is_narrowed_by_each_label(client, officer, mother, kind):
    make_child(mother, parents=(parent("51"), parent("52")))
    away = (parent("51", away_since=LONG_AGO), parent("52", away_since=LONG_AGO))
    dead = (parent("51", died_on=LONG_AGO), parent("52", died_on=LONG_AGO))
    lost = (parent("51", died_on=LONG_AGO), parent("52", missing_since=LONG_AGO))
    made = {
        "left_behind": {"parents": away},
        "left_by_both": {"parents": away},
        "left_by_one": {"parents": away[:1]},
        "orphan": {"parents": dead},
        "unsupported": {"parents": lost},
        "destitute": {"parents": dead},
        "migrant": {"parents": (parent("51"), parent("52"))},
    }.get(kind, {"parents": away, "born_on": date(day_of(now()).year - 5, 1, 1)})
    child = make_child(mother, **made)
    Child.objects.filter(pk=child.pk).update(hukou_county="520327", lives_here_since=LONG_AGO)
    child.kinships.filter(relation="61").delete()
    child.guardianships.update(kind=CareKind.NONE, carer=None)
    note_ground(entry=GroundEntry(child=child.id, kind="low_income", on=LONG_AGO), by=mother, at=NOW)
    client.force_login(officer)

    page = client.get(reverse("children:list"), {"label": kind.value})

    assert [row[0].id for row in page.context["rows"]] == [child.id]


def test_nobody_else_is_told_that_there_is_such_a_child(
    client, child, other_mother, other_county_officer, education_officer
):
    address = reverse("children:labels", args=[child.id])

    assert client.get(address).status_code == 302
    for stranger in (other_mother, other_county_officer, education_officer):
        client.force_login(stranger)
        assert client.get(address).status_code == 404


def test_who_left_is_counted_under_no_label_from_that_day(client, mother):
    away = (parent("51", away_since=LONG_AGO), parent("52", away_since=LONG_AGO))
    child = make_child(mother, parents=away)
    leave(mother, child, on=date(2026, 3, 10))

    before, after = page_of(client, mother, child, on="2026-03-09"), page_of(client, mother, child, on="2026-03-10")

    assert ("不在册" in before.content.decode(), "不在册" in after.content.decode()) == (False, True)
    file = client.get(child.get_absolute_url()).content.decode()
    assert ("从那天起不再算在任何一类里" in file, "父母双方外出" in file) == (True, False)
