"""The steps of a child's file: what each writes, what it keeps sealed, what it leaves of the time before, and to whom it tells it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.refusals import NotAllowed, SameIdOtherContent
from ccmp.sealed import blind_index
from children.enums import Ground, Hukou, Kept
from children.forms.change import seen_text
from children.models import Child, ChildGround, Difference, FileChange, PastHukou
from children.rules.claims import BadStep
from children.rules.file_fields import texts_of
from children.rules.file_steps import LeftToFill
from children.rules.held_numbers import AlreadyRegistered
from children.rules.id_tail import tail_mark
from children.rules.registration import BadRegistration
from children.rules.resident_id import BadResidentId, check_character, masked
from children.services.change import FileHasMovedOn, change_child
from children.services.correct import correct_file
from children.services.differences import decide_difference
from children.services.health import HealthEntry, health_said, tell_health
from tests import factories
from tests.children.test_differences import correct, correction, fresh
from tests.factories import FENGGANG_VILLAGE, NOW, TODAY, make_child

LATER = NOW + timedelta(hours=5)


def number_of(seventeen: str) -> str:
    return seventeen + check_character(seventeen)


NUMBER, OTHER = number_of("52032320140601002"), number_of("52032320140601044")


@pytest.fixture
def director(mother):
    return factories.make_director(name="石大山", is_substitute=True)


def grounds(child):
    rows = sorted(child.grounds.all(), key=lambda one: (one.kind, one.since))
    return [(one.kind, one.particulars, one.since, one.until) for one in rows]


def healthy(child, on, **more):
    return HealthEntry(child.id, on, **more)


# ── the number ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_number_is_kept_sealed_found_by_its_marks_and_takes_the_reason_away(mother, child):
    correct(child, mother, {"resident_id": NUMBER})

    held = fresh(child)
    assert (held.resident_id, held.no_id_reason) == (NUMBER, "")
    assert (held.resident_id_index, held.resident_id_tail) == (blind_index(NUMBER), tail_mark(NUMBER))
    assert FileChange.objects.get().taken == {"resident_id": ["", masked(NUMBER)]}
    assert NUMBER not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_a_number_of_another_file_is_refused_wherever_that_is(mother, child):
    far = factories.make_mother(FENGGANG_VILLAGE)
    make_child(far, FENGGANG_VILLAGE, resident_id=NUMBER)

    with pytest.raises(AlreadyRegistered):
        correct(child, mother, {"resident_id": NUMBER})

    assert fresh(child).resident_id == ""


def test_a_number_that_cannot_be_one_is_refused_at_its_field(mother, child):
    with pytest.raises(BadResidentId) as refused:
        correct(child, mother, {"resident_id": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")})

    assert refused.value.field == "resident_id"


def typed(child, **said):
    """The identity page as it is sent, with these fields typed otherwise."""
    seen = texts_of(child, "identity")
    return seen | {"id": new_id(), "seen": seen_text(seen), "resident_id": ""} | said


def test_a_number_that_differs_from_the_rest_is_asked_about_once_when_it_comes_later(client, mother, child):
    """The sex: 1 is odd, the child is a girl."""
    of_a_boy = "52032320140601001" + check_character("52032320140601001")
    address = reverse("children:change", args=[child.id, "identity"])
    client.force_login(mother)

    asked = client.post(address, typed(child, resident_id=of_a_boy, no_id_reason=""))
    assert "身份证号第17位是单数" in asked.content.decode()
    assert Child.objects.get(pk=child.pk).resident_id == ""

    taken = client.post(address, typed(child, resident_id=of_a_boy, no_id_reason="", number_as_said="on"))
    held = Child.objects.get(pk=child.pk)
    assert (taken.status_code, held.resident_id, held.resident_id_as_said) == (302, of_a_boy, True)


def test_a_birth_date_that_leaves_the_files_number_is_asked_about_on_the_desk(client, mother):
    number = "52032320140601002" + check_character("52032320140601002")
    child = make_child(mother, resident_id=number, no_id_reason="", born_on=date(2014, 6, 1), sex="2")
    address = reverse("children:change", args=[child.id, "identity"])
    client.force_login(mother)

    asked = client.post(address, typed(child, born_on="2014-06-11"))

    assert "号码的第13位不一样" in asked.content.decode()
    assert Child.objects.get(pk=child.pk).born_on == date(2014, 6, 1)


def test_two_numbers_of_one_child_are_both_kept_and_shown_masked(client, mother, director, child):
    read = fresh(child)
    correct(read, director, {"resident_id": OTHER})
    correct(read, mother, {"resident_id": NUMBER}, at=LATER)

    [one] = Difference.objects.open()
    assert (one.held, one.brought) == (masked(OTHER), NUMBER)
    client.force_login(mother)
    told = client.get(reverse("children:differences")).content.decode()
    assert masked(NUMBER) in told
    assert NUMBER not in told
    assert OTHER not in told

    decide_difference(difference_id=one.id, keep=Kept.BROUGHT, seen=masked(OTHER), by=mother, at=LATER)

    assert (fresh(child).resident_id, fresh(child).resident_id_index) == (NUMBER, blind_index(NUMBER))
    assert NUMBER not in str(list(FileChange.objects.values_list("taken", flat=True)))


def test_a_number_left_empty_on_the_page_stays(client, mother):
    child = make_child(mother, resident_id=NUMBER)
    client.force_login(mother)
    page = client.get(reverse("children:change", args=[child.id, "identity"]))
    typed = {field.html_name: field.value() for field in page.context["form"]} | {"name": "陈雨馨"}

    client.post(reverse("children:change", args=[child.id, "identity"]), typed)

    assert NUMBER not in page.content.decode()
    assert (fresh(child).name, fresh(child).resident_id) == ("陈雨馨", NUMBER)


# ── the hukou ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_hukou_that_became_another_one_leaves_what_it_was_until_that_day(mother, child):
    entry = correction(child, {"hukou": "urban", "hukou_county": "520323", "hukou_place": "洋川镇"})
    correct_file(entry=entry.__class__(**vars(entry) | {"changed_on": date(2026, 2, 1)}), by=mother, at=NOW)

    [past] = PastHukou.objects.filter(child=child)
    assert (past.hukou, past.hukou_county, past.until) == (Hukou.RURAL, "", date(2026, 2, 1))
    assert (fresh(child).hukou, fresh(child).hukou_county) == (Hukou.URBAN, "520323")


def test_a_hukou_that_was_written_wrong_leaves_nothing_of_the_time_before(mother, child):
    correct(child, mother, {"hukou": "urban"})

    assert (fresh(child).hukou, PastHukou.objects.count()) == (Hukou.URBAN, 0)


def test_a_change_before_the_last_one_is_refused_and_nothing_is_written(mother, child):
    PastHukou.objects.create(child=child, hukou=Hukou.NONE, until=date(2026, 2, 1))
    entry = correction(child, {"hukou": "urban"})

    with pytest.raises(BadRegistration) as refused:
        correct_file(entry=entry.__class__(**vars(entry) | {"changed_on": date(2026, 1, 1)}), by=mother, at=NOW)

    assert refused.value.field == "changed_on"
    assert (fresh(child).hukou, FileChange.objects.count()) == (Hukou.RURAL, 0)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"hukou_county": "52032"}, "county_code"),
        ({"hukou_county": "贵州绥阳县"}, "county_code"),
        ({"lives_here_since": "2026-03-13"}, "lives_here_since"),
        ({"lives_here_since": "2014-05-31"}, "lives_here_since"),
    ],
)
def test_what_cannot_be_true_of_a_hukou_is_refused_at_its_field(mother, child, said, field):
    with pytest.raises(BadRegistration) as refused:
        correct(child, mother, said)

    assert refused.value.field == field


# ── the home ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_a_home_lives_on_is_kept_in_the_order_of_the_form_for_all_its_children(client, mother, child):
    client.force_login(mother)
    address = reverse("children:change", args=[child.id, "home"])
    given = {field.html_name: field.value() for field in client.get(address).context["form"]}

    client.post(address, given | {"income": ["relatives", "migrant_work"], "aid": " 村里送米 "})

    home = fresh(child).household
    assert (home.income, home.aid) == (["migrant_work", "relatives"], "村里送米")
    assert FileChange.objects.get().taken == {"income": ["", "migrant_work,relatives"], "aid": ["", "村里送米"]}


# ── health ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_health_that_is_told_begins_and_ends_the_grounds_that_claims_rest_on(mother, child):
    tell_health(
        entry=healthy(child, date(2026, 1, 1), disability="limb", level=2, certificate="52-01"), by=mother, at=NOW
    )
    tell_health(
        entry=healthy(child, date(2026, 2, 1), disability="limb", level=1, illness="先天性心脏病"), by=mother, at=NOW
    )
    tell_health(entry=healthy(child, date(2026, 3, 1), disability="limb", level=1), by=mother, at=NOW)

    assert grounds(child) == [
        (Ground.DISABILITY, "limb:2:52-01", date(2026, 1, 1), date(2026, 2, 1)),
        (Ground.DISABILITY, "limb:1", date(2026, 2, 1), None),
        (Ground.ILLNESS, "先天性心脏病", date(2026, 2, 1), date(2026, 3, 1)),
    ]
    assert fresh(child).health_told_on == date(2026, 3, 1)


def test_whoever_told_that_a_child_is_healthy_ends_what_was_told_before(mother, child):
    tell_health(entry=healthy(child, date(2026, 1, 1), illness="肺炎"), by=mother, at=NOW)
    tell_health(entry=healthy(child, date(2026, 2, 1)), by=mother, at=NOW)

    with override("en"):
        assert health_said(fresh(child), mother, on=date(2026, 1, 15)) == ["has an illness 肺炎"]
        assert health_said(fresh(child), mother, on=TODAY) == ["healthy"]


def test_what_is_told_of_an_earlier_day_than_the_files_last_word_is_refused(mother, director, child):
    tell_health(entry=healthy(child, date(2026, 2, 1), illness="肺炎"), by=director, at=NOW)

    with pytest.raises(BadStep) as refused:
        tell_health(entry=healthy(child, date(2026, 1, 1)), by=mother, at=LATER)

    assert refused.value.field == "on"
    assert grounds(child) == [(Ground.ILLNESS, "肺炎", date(2026, 2, 1), None)]


def test_the_same_word_on_health_delivered_again_changes_nothing_and_gives_nothing_away(mother, child):
    entry = healthy(child, date(2026, 2, 1), illness="肺炎")
    for _ in range(2):
        tell_health(entry=entry, by=mother, at=NOW)

    change = FileChange.objects.get()
    assert ChildGround.objects.count() == 1
    assert change.taken == {"health": ["*", "*"]}
    with pytest.raises(SameIdOtherContent):
        tell_health(entry=healthy(child, date(2026, 2, 1), id=entry.id), by=mother, at=NOW)


def test_health_is_noted_and_told_to_nobody_who_may_not_know_it(client, mother, child):
    supervisor = factories.make_supervisor()
    tell_health(entry=healthy(child, date(2026, 2, 1), illness="先天性心脏病"), by=mother, at=NOW)

    with pytest.raises(NotAllowed):
        tell_health(entry=healthy(child, TODAY), by=supervisor, at=NOW)
    pages = {}
    for reader in (factories.make_county_officer(), supervisor, mother):
        client.force_login(reader)
        pages[reader] = client.get(child.get_absolute_url()).content.decode()
    assert ["先天性心脏病" in page for page in pages.values()] == [True, False, False]


# ── by the API ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_api_writes_the_new_fields_and_a_number_with_its_marks(mother, child):
    said = {
        "resident_id": NUMBER,
        "hukou_county": "520323",
        "school_name": "旺草镇中心小学",
        "lives_here_since": date(2020, 9, 1),
    }

    changed = change_child(child_id=child.id, version=child.version, changes=said, by=mother, at=NOW)

    assert (changed.resident_id, changed.resident_id_index, changed.no_id_reason) == (NUMBER, blind_index(NUMBER), "")
    assert (changed.hukou_county, changed.school_name, changed.lives_here_since) == (
        "520323",
        "旺草镇中心小学",
        date(2020, 9, 1),
    )
    with pytest.raises(FileHasMovedOn) as refused:
        change_child(child_id=child.id, version=child.version, changes={"resident_id": OTHER}, by=mother, at=NOW)
    assert refused.value.particulars["values"]["resident_id"]["held"] == masked(NUMBER)


# ── what is still empty ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_tells_which_of_its_steps_are_still_empty(mother, child):
    with override("en"):
        left = LeftToFill(fresh(child))
        assert (left.identity, left.hukou, left.school) == (
            "no ID number",
            "county not filled in",
            "name not filled in",
        )
        assert (left.health, left.home, left.number) == ("not asked yet", "income not filled in", 5)

    said = {"resident_id": NUMBER, "hukou_county": "520323", "school_name": "小学", "income": "farming"}
    correct(child, mother, said)
    tell_health(entry=healthy(child, TODAY), by=mother, at=NOW)

    assert LeftToFill(fresh(child)).number == 0


def test_the_list_of_those_without_a_number_is_hers_alone_and_goes_by_reason(
    client, mother, child, django_assert_num_queries
):
    far = factories.make_mother(FENGGANG_VILLAGE)
    make_child(far, FENGGANG_VILLAGE, name="张三丰")
    make_child(mother, name="有号码", resident_id=NUMBER)
    make_child(mother, name="刚出生", no_id_reason="newborn")
    client.force_login(mother)

    page = client.get(reverse("children:no-id"))

    assert [one.name for one in page.context["page"]] == [child.name, "刚出生"]
    assert [(one.reason, one.number) for one in page.context["reasons"]] == [("newborn", 1), ("not_at_hand", 1)]
    narrowed = client.get(reverse("children:no-id"), {"reason": "newborn"})
    assert [one.name for one in narrowed.context["page"]] == ["刚出生"]
    assert Child.objects.count() == 4


def test_the_list_of_those_without_a_number_asks_the_same_of_one_and_of_three(
    client, mother, child, django_assert_max_num_queries
):
    client.force_login(mother)
    client.get(reverse("children:no-id"))
    counts = []
    for more in (0, 2):
        for number in range(more):
            make_child(mother, name=f"陈{number}")
        with django_assert_max_num_queries(30) as asked:
            client.get(reverse("children:no-id"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_an_unknown_step_is_no_page(client, mother, child):
    client.force_login(mother)

    assert client.get(f"/children/{child.id}/change/everything/").status_code == 404
