"""The visits' pages, used as the mother uses them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.moments import CHINA, now
from ccmp.people.enums import DepartmentKind
from children.entries import HouseholdEntry
from tests.factories import (
    STONE_SHOOT,
    make_child,
    make_department,
    make_flag,
    make_referral,
    make_session,
    make_visit,
)
from visits.models import Flag, Visit, VisitDeadline
from visits.rules.checklists import checklist


def visit_form(**changes):
    fields = {"id": str(new_id()), "made_at": "2026-03-10T15:00", "outcome": "completed", "seen_alone": "yes"}
    return fields | {f"item_{item.id}": "0" for item in checklist().items} | changes


def flag_form(**changes):
    return {"id": str(new_id()), "kind": "dropped_out", "seen": "开学两周没有到校，在家带弟弟。"} | changes


@pytest.fixture
def her(client, mother):
    client.force_login(mother)
    return client


# ── today ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_the_first_day_three_steps_stand_instead_of_empty_lists(her):
    page = her.get(reverse("visits:today"))

    assert page.templates[0].name == "visits/first_day.html"
    assert reverse("children:register") in page.content.decode()


def test_today_tells_who_is_late_and_that_it_is_the_first_time(her, child):
    VisitDeadline.objects.filter(child=child).update(set_on=date(2026, 1, 1), due_on=date(2026, 1, 2))

    page = her.get(reverse("visits:today")).content.decode()

    assert "陈国富家" in page
    assert "陈雨欣" in page
    assert "1 户已迟" in page


def test_brothers_and_sisters_are_one_home(her, mother):
    home = HouseholdEntry(id=new_id(), head_name="石秀英", neighbourhood="老屋基组")
    for name in ("石小龙", "石小凤"):
        make_child(mother, name=name, household=home)
    VisitDeadline.objects.update(set_on=date(2026, 1, 1), due_on=date(2026, 1, 2))

    page = her.get(reverse("visits:today"))

    assert [len(home.deadlines) for home in page.context["page"].homes] == [2]


def test_another_villages_children_are_nobodys_business_here(her, child, other_mother):
    stranger = make_child(other_mother, STONE_SHOOT, name="令狐不该看见")
    make_flag(other_mother, stranger)
    VisitDeadline.objects.update(set_on=date(2026, 1, 1), due_on=date(2026, 1, 2))

    for name in ("visits:today", "visits:due"):
        assert "令狐不该看见" not in her.get(reverse(name)).content.decode()


def test_the_county_is_sent_to_its_own_first_page(client, officer):
    client.force_login(officer)

    answer = client.get(reverse("visits:today"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("visits:flags")


def test_the_running_door_is_told_with_its_minutes(her, mother, child):
    opened = now().astimezone(CHINA) - timedelta(minutes=1)
    make_session(mother, f"{opened:%Y-%m-%d %H:%M}", None)

    assert "关门" in her.get(reverse("visits:today")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_todays_page_costs_the_same_for_one_child_and_for_three(her, mother, rows, django_assert_num_queries):
    for number in range(rows):
        one = make_child(mother, name=f"杨洋{number}", household=HouseholdEntry(id=new_id(), head_name=f"杨家{number}"))
        make_visit(mother, one, answers={"contact": 1, "carer": 2})
        make_flag(mother, one)
    VisitDeadline.objects.filter(closed_on__isnull=True).update(set_on=date(2026, 1, 1), due_on=date(2026, 1, 2))

    with django_assert_num_queries(18):
        her.get(reverse("visits:today"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_due_list_costs_the_same_for_one_child_and_for_three(her, mother, rows, django_assert_num_queries):
    for number in range(rows):
        make_child(mother, household=HouseholdEntry(id=new_id(), head_name=f"杨家{number}"))
    VisitDeadline.objects.update(set_on=date(2026, 1, 1), due_on=date(2026, 1, 2))

    with django_assert_num_queries(7):
        assert her.get(reverse("visits:due")).status_code == 200


def test_the_county_reads_the_due_list_as_a_ledger(client, officer, child):
    client.force_login(officer)
    VisitDeadline.objects.update(set_on=date(2026, 1, 1), due_on=date(2026, 1, 2))

    page = client.get(reverse("visits:due"))

    assert page.templates[0].name == "visits/due.html"
    assert "陈雨欣" in page.content.decode()


# ── recording a visit ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_visit_is_recorded_once_however_often_it_is_sent(her, child):
    sent = visit_form()

    first = her.post(reverse("visits:record", args=[child.id]), sent)
    second = her.post(reverse("visits:record", args=[child.id]), sent)

    visit = Visit.objects.get()
    assert first.url == second.url == reverse("visits:visit", args=[visit.id])
    assert (visit.level, visit.score, visit.seen_alone) == ("low", 0, True)
    page = her.get(first.url).content.decode()
    assert "6月8日" in page  # ninety days after the tenth of March


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"made_at": "2100-01-01T10:00"}, "made_at", "家访的时间还没到"),
        ({"made_at": "2013-01-01T10:00"}, "made_at", "出生"),
        ({"made_at": ""}, "made_at", ""),
        ({"seen_alone": ""}, "seen_alone", "没有"),
        ({"seen_alone": "no"}, "not_alone_because", ""),
        ({"item_carer": "7"}, "item_carer", ""),
        ({"outcome": "rubbish"}, "outcome", ""),
        ({"outcome": "nobody_home"}, "outcome", ""),  # with eighteen answers
    ],
)
def test_a_visit_that_cannot_be_true_comes_back_with_its_sentence_and_what_was_typed(
    her, child, changes, field, sentence
):
    answer = her.post(reverse("visits:record", args=[child.id]), visit_form(note="她说夜里怕") | changes)

    page = answer.content.decode()
    assert list(answer.context["form"].errors) == [field]
    assert sentence in page
    assert "她说夜里怕" in page
    assert "error-summary" in page
    assert not Visit.objects.exists()
    assert VisitDeadline.objects.count() == 1


def test_answers_to_nothing_at_all_are_not_a_visit(her, child):
    empty = {f"item_{item.id}": "" for item in checklist().items}

    answer = her.post(reverse("visits:record", args=[child.id]), visit_form(**empty))

    assert answer.status_code == 409
    assert not Visit.objects.exists()


def test_the_same_number_with_another_content_is_refused(her, child):
    sent = visit_form()
    her.post(reverse("visits:record", args=[child.id]), sent)

    answer = her.post(reverse("visits:record", args=[child.id]), sent | {"note": "别的话"})

    assert answer.status_code == 409
    assert Visit.objects.get().note == ""


def test_a_visit_that_found_nobody_leaves_the_child_due(her, child):
    sent = {"id": str(new_id()), "made_at": "2026-03-10T15:00", "outcome": "nobody_home"}

    her.post(reverse("visits:record", args=[child.id]), sent)

    assert Visit.objects.get().outcome == "nobody_home"
    assert VisitDeadline.objects.get().closed_on is None


def test_last_times_answers_stand_beside_the_questions(her, mother, child):
    make_visit(mother, child, answers={"carer": 1})

    page = her.get(reverse("visits:record", args=[child.id])).content.decode()

    assert page.count("上次") == len(checklist().items)
    assert page.count("没问到") == len(checklist().items) - 1


def test_a_danger_shows_the_number_to_call_and_the_way_to_report_without_script(her, child):
    page = her.post(
        reverse("visits:record", args=[child.id]), visit_form(item_injury="2", seen_alone="")
    ).content.decode()

    assert 'href="tel:110"' in page
    assert f"{reverse('visits:raise-flag')}?child={child.id}&amp;kind=domestic_violence" in page


def test_after_a_danger_the_visit_says_what_has_to_be_reported_until_it_is(her, child):
    answer = her.post(reverse("visits:record", args=[child.id]), visit_form(item_injury="2", note_injury="左臂青紫"))
    visit = Visit.objects.get()

    assert visit.level == "high"
    assert 'href="tel:110"' in her.get(answer.url).content.decode()

    ask = f"{reverse('visits:raise-flag')}?child={child.id}&kind=domestic_violence&visit={visit.id}"
    her.post(ask, flag_form(kind="domestic_violence", visit=str(visit.id)))

    flag = Flag.objects.get()
    assert (flag.child, flag.visit, flag.severity) == (child, visit, "mandatory")
    assert 'href="tel:110"' not in her.get(answer.url).content.decode()


def test_brothers_and_sisters_are_recorded_next(her, mother):
    home = HouseholdEntry(id=new_id(), head_name="石秀英")
    one, other = (make_child(mother, name=name, household=home) for name in ("石小龙", "石小凤"))
    VisitDeadline.objects.update(set_on=date(2026, 1, 1), due_on=date(2026, 1, 2))

    answer = her.post(reverse("visits:record", args=[one.id]), visit_form(), follow=True)

    assert reverse("visits:record", args=[other.id]) in answer.content.decode()


def test_another_villages_child_visit_and_flag_are_not_there(her, other_mother):
    stranger = make_child(other_mother, STONE_SHOOT)
    visit, flag = make_visit(other_mother, stranger), make_flag(other_mother, stranger)

    for url in (
        reverse("visits:record", args=[stranger.id]),
        reverse("visits:visit", args=[visit.id]),
        reverse("visits:flag", args=[flag.id]),
        reverse("visits:raise-flag") + f"?child={stranger.id}",
        reverse("visits:raise-flag") + "?child=rubbish",
        reverse("visits:record", args=[new_id()]),
    ):
        assert her.get(url).status_code == 404, url
    assert her.post(reverse("visits:record", args=[stranger.id]), visit_form()).status_code == 404
    assert Visit.objects.count() == 1


def test_the_county_reads_a_visit_and_cannot_record_one(client, officer, mother, child):
    visit = make_visit(mother, child)
    client.force_login(officer)

    assert client.get(reverse("visits:visit", args=[visit.id])).status_code == 200
    assert client.get(reverse("visits:record", args=[child.id])).status_code in (403, 409)
    assert client.post(reverse("visits:record", args=[child.id]), visit_form()).status_code in (403, 409)
    assert Visit.objects.count() == 1


def test_reading_a_visit_and_a_flag_is_noted(her, mother, child):
    visit, flag = make_visit(mother, child), make_flag(mother, child)

    her.get(reverse("visits:visit", args=[visit.id]))
    her.get(reverse("visits:flag", args=[flag.id]))

    read = AuditEntry.objects.filter(by=mother, did="read").values_list("on_kind", "on_id")
    assert sorted(read) == [("visits.flag", str(flag.id)), ("visits.visit", str(visit.id))]


# ── reporting ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_report_is_raised_once_and_says_until_when_the_county_answers(her, child):
    sent = flag_form()

    first = her.post(f"{reverse('visits:raise-flag')}?child={child.id}", sent)
    second = her.post(f"{reverse('visits:raise-flag')}?child={child.id}", sent)

    flag = Flag.objects.get()
    assert first.url == second.url == reverse("visits:flag", args=[flag.id])
    assert (flag.child, flag.severity, flag.state) == (child, "serious", "raised")
    due = flag.clocks.get(kind="acknowledge").due_at.astimezone(CHINA)
    assert f"{due:%H:%M}" in her.get(first.url).content.decode()


def test_a_child_whose_name_nobody_knows_is_described(her, mother):
    her.post(reverse("visits:raise-flag"), flag_form(child_words="男孩，约十一岁", kind="vagrancy"))

    flag = Flag.objects.get()
    assert (flag.child, flag.child_words, flag.village_code) == (None, "男孩，约十一岁", mother.post.place_code)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"child_words": ""}, "child_words"),
        ({"seen": " "}, "seen"),
        ({"kind": ""}, "kind"),
        ({"kind": "visit_overdue"}, "kind"),  # it follows from the deadlines
        ({"police_told_at": "2026-03-10T15:00"}, "police_told_whom"),
        ({"police_told_whom": "洋川派出所"}, "police_told_at"),
        ({"police_told_whom": "洋川派出所", "police_told_at": "2100-01-01T00:00"}, "police_told_at"),
    ],
)
def test_a_report_that_says_too_little_comes_back_with_what_was_typed(her, changes, field):
    answer = her.post(reverse("visits:raise-flag"), flag_form(child_words="一个女孩", situation="在奶奶家") | changes)

    assert list(answer.context["form"].errors) == [field]
    assert "在奶奶家" in answer.content.decode()
    assert not Flag.objects.exists()


def test_a_mandatory_report_shows_the_number_to_call_before_and_after(her, child):
    ask = f"{reverse('visits:raise-flag')}?child={child.id}&kind=sexual_abuse"
    assert 'href="tel:110"' in her.get(ask).content.decode()

    answer = her.post(ask, flag_form(kind="sexual_abuse"), follow=True)

    assert 'href="tel:110"' in answer.content.decode()
    assert "24" in answer.content.decode()
    assert sorted(Flag.objects.get().clocks.values_list("kind", flat=True)) == [
        "acknowledge",
        "tell_reporter",
        "written_record",
    ]


# ── after the call ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def grave(mother, child):
    return make_flag(mother, child, kind="domestic_violence")


def test_after_the_call_she_notes_whom_she_told(her, grave):
    url = reverse("visits:tell-police", args=[grave.id])
    assert url in her.get(reverse("visits:flag", args=[grave.id])).content.decode()

    answer = her.post(url, {"police_told_whom": "洋川派出所", "police_told_at": "2026-03-11T09:05"}, follow=True)

    grave.refresh_from_db()
    assert grave.police_told_whom == "洋川派出所"
    page = answer.content.decode()
    assert "洋川派出所" in page
    assert 'href="tel:110"' not in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"police_told_whom": ""}, "police_told_whom"),
        ({"police_told_at": ""}, "police_told_at"),
        ({"police_told_at": "2100-01-01T00:00"}, "police_told_at"),
    ],
)
def test_a_call_that_says_too_little_is_not_noted(her, grave, changes, field):
    sent = {"police_told_whom": "洋川派出所", "police_told_at": "2026-03-11T09:05"} | changes

    answer = her.post(reverse("visits:tell-police", args=[grave.id]), sent)

    grave.refresh_from_db()
    assert list(answer.context["form"].errors) == [field]
    assert (grave.police_told_at, grave.police_told_whom) == (None, "")


def test_nobody_notes_a_call_for_another_village(client, grave, other_mother, officer):
    url = reverse("visits:tell-police", args=[grave.id])
    sent = {"police_told_whom": "洋川派出所", "police_told_at": "2026-03-11T09:05"}
    client.force_login(other_mother)
    assert client.post(url, sent).status_code == 404
    client.force_login(officer)
    assert client.post(url, sent).status_code == 403

    grave.refresh_from_db()
    assert grave.police_told_at is None


def test_the_report_tells_what_each_department_does_about_it(her, mother, child, officer, education):
    flag = make_flag(mother, child)
    make_referral(officer, flag, [education, make_department("县卫生健康局", DepartmentKind.HEALTH)])

    page = her.get(reverse("visits:flag", args=[flag.id])).content.decode()

    for told in ("县教育局", "县卫生健康局", "坐进教室", reverse("referrals:mine")):
        assert told in page, told
