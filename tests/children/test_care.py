"""Who looks after a child is a history: one ends where the next begins, and who may not is not entrusted."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from children.enums import Kept
from children.models import CareBar, Guardianship
from children.rules.care import BadCare, CareEntry, ToldCare, told_care
from children.services.bars import BarEntry, note_bar
from children.services.care import change_care
from children.services.care_rows import running_care
from children.services.differences import decide_difference
from tests import factories
from tests.factories import NOW

LATER = NOW + timedelta(hours=5)


@pytest.fixture
def director(mother):
    return factories.make_director(name="石大山", is_substitute=True)


def history(child):
    rows = Guardianship.objects.filter(child=child).order_by("since").select_related("carer")
    return [(one.carer.name if one.carer else "", one.kind, str(one.since), str(one.until or "")) for one in rows]


def entry(child, **said):
    running = running_care(child)
    given = {"carer": running.carer_id, "kind": "fair", "since": running.since, "seen": told_care(running)} | said
    return CareEntry(child=child.id, **given)


def say(child, by, *, at=NOW, **said):
    return change_care(entry=entry(child, **said), by=by, at=at)


def test_another_carer_ends_the_care_before(mother, child):
    say(
        child,
        mother,
        carer=new_id(),
        is_new=True,
        name="田秀英",
        relation="62",
        since=date(2026, 2, 1),
        because="爷爷住院",
    )

    assert history(child) == [
        ("陈国富", "fair", "2025-01-01", "2026-02-01"),
        ("田秀英", "fair", "2026-02-01", ""),
    ]
    assert Guardianship.objects.get(until__isnull=False).ended_because == "爷爷住院"


def test_a_paper_signed_later_begins_nothing_new(mother, child):
    say(child, mother, is_entrusted=True, paper_signed_on=date(2026, 2, 3), school_told_on=date(2026, 2, 4))

    care = running_care(child)
    assert (care.is_entrusted, care.paper_signed_on, care.school_told_on) == (True, date(2026, 2, 3), date(2026, 2, 4))
    assert len(history(child)) == 1


def test_nobody_looks_after_the_child_from_a_day_on(mother, child):
    say(child, mother, carer=None, kind="none", since=date(2026, 2, 1))

    assert history(child)[-1] == ("", "none", "2026-02-01", "")


def test_an_earlier_day_than_the_file_knows_is_refused(mother, child):
    with pytest.raises(BadCare) as refused:
        say(child, mother, carer=None, kind="none", since=date(2024, 2, 1))

    assert refused.value.field == "carer_since"
    assert len(history(child)) == 1


def test_who_did_not_see_what_the_file_says_writes_nothing_over_it(mother, director, child):
    seen = told_care(running_care(child))
    say(child, director, kind="good")

    difference = say(child, mother, kind="entrusted_weak", seen=seen, at=LATER)

    assert running_care(child).kind == "good"
    assert ToldCare.read(difference.brought).kind == "entrusted_weak"
    decide_difference(difference_id=difference.id, keep=Kept.BROUGHT, seen=difference.held, by=mother, at=LATER)
    assert running_care(child).kind == "entrusted_weak"


def test_who_has_a_bar_is_not_entrusted_and_the_sentence_does_not_say_which(mother, child):
    carer = running_care(child).carer
    note_bar(entry=BarEntry(child.id, carer.id, "violence", date(2026, 1, 1), words="派出所说的"), by=mother, at=NOW)

    with pytest.raises(BadCare) as refused:
        say(child, mother, is_entrusted=True)

    assert refused.value.field == "carer"
    assert "violen" not in str(refused.value)
    note_bar(entry=BarEntry(child.id, carer.id, "violence", date(2026, 2, 1), ends=True), by=mother, at=NOW)
    say(child, mother, is_entrusted=True, since=date(2026, 2, 1), kind="good")
    assert running_care(child).is_entrusted


def test_a_bar_lies_sealed_in_the_database(mother, child, django_db_blocker):
    from django.db import connection

    carer = running_care(child).carer
    note_bar(entry=BarEntry(child.id, carer.id, "gambling", date(2026, 1, 1), words="打牌欠债"), by=mother, at=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SELECT kind || words FROM children_carebar")
        stored = cursor.fetchone()[0]
    assert "gambling" not in stored
    assert "打牌" not in stored
    assert CareBar.objects.get().kind == "gambling"


def test_a_carer_who_gets_a_bar_is_a_hard_alert_on_the_file(client, mother, child):
    say(child, mother, is_entrusted=True)
    note_bar(entry=BarEntry(child.id, running_care(child).carer_id, "drugs", date(2026, 1, 1)), by=mother, at=NOW)
    client.force_login(mother)

    page = client.get(child.get_absolute_url()).content.decode()

    assert "不能受委托照护孩子" in page


def test_parents_are_not_entrusted_with_their_own_child(mother, child):
    with pytest.raises(BadCare) as refused:
        say(child, mother, carer=None, kind="none", is_entrusted=True)

    assert refused.value.field == "carer_is_entrusted"


def test_the_text_of_a_care_is_read_back():
    told = ToldCare(
        "fair", date(2025, 1, 1), new_id(), "买买提 江", is_entrusted=True, paper_signed_on=date(2025, 2, 1)
    )

    assert ToldCare.read(told.text) == told


def test_the_page_takes_what_is_typed(client, mother, child):
    client.force_login(mother)
    address = reverse("children:care", args=[child.id])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}

    answer = client.post(address, typed | {"carer_kind": "good", "carer_since": "2026-03-01"})

    assert answer.status_code == 302
    assert [one[1] for one in history(child)] == ["fair", "good"]
