"""An old value outlives neither its file nor its day."""

from datetime import timedelta

from django.utils import timezone

from ccmp.changes.forgetting import belongs_to_a_file, forget
from ccmp.changes.models import MODELS
from ccmp.people.models import Department, User
from ccmp.privacy.services.clearing import clear_child
from ccmp.privacy.services.retention import due_now, execute_schedule
from children.models import Child, Household, Kinship, Relative
from referrals.models import Task
from tests import factories
from tests.privacy.test_retention import LATER, gone_child
from visits.models import Flag, Visit

OF_FILES = [changes for changes in MODELS.values() if belongs_to_a_file(changes)]


def kept(*words):
    """Which of these words stand in what was kept, of whatever row."""
    rows = [str(values) for changes in MODELS.values() for values in changes.objects.values_list()]
    return [word for word in words if any(word in row for row in rows)]


def test_with_a_file_goes_whatever_stood_in_it_before(mother):
    child = gone_child(mother)
    Child.objects.filter(pk=child.pk).update(name="欧阳雨辰")
    Relative.objects.filter(kinships__child=child).update(name="欧阳志刚")
    Household.objects.filter(pk=child.household_id).update(head_name="欧阳志刚")
    Visit.objects.filter(child=child).update(note="搬走了")
    Flag.objects.filter(child=child).update(seen="井盖好了")
    Kinship.objects.filter(child=child, relation="51").update(relation="20")
    words = ("欧阳雨薇", "欧阳志强", "不说话很久了", "井边没有盖子")
    assert kept(*words) == list(words)

    clear_child(Child.objects.get(pk=child.pk), rule="children.gone", by=None, at=LATER)

    assert kept(*words, "欧阳雨辰", "欧阳志刚", "搬走了", "井盖好了", str(child.pk)) == []


def test_what_hangs_on_a_row_goes_with_it(mother, officer, education, child):
    referral = factories.make_referral(officer, factories.make_flag(mother, child), [education])
    Task.objects.filter(referral=referral).update(asked="请三天内办好")
    Task.objects.filter(referral=referral).update(asked="请一周内办好")
    assert kept("请三天内办好") == ["请三天内办好"]

    forget({type(referral): [referral.pk]})

    assert kept("请三天内办好") == []


def test_what_stood_in_a_sisters_file_stays(mother):
    child, sister = gone_child(mother), factories.make_child(mother, name="陈雨轩")
    Child.objects.filter(pk=sister.pk).update(name="陈雨欣")

    clear_child(child, rule="children.gone", by=None, at=LATER)

    assert kept("陈雨轩") == ["陈雨轩"]


def test_after_five_years_what_stood_in_an_account_goes_and_what_stood_in_a_file_does_not(mother, education):
    child = factories.make_child(mother, name="陈雨轩")
    Child.objects.filter(pk=child.pk).update(name="陈雨欣")
    User.objects.filter(pk=mother.pk).update(full_name="罗小勤")
    Department.objects.filter(pk=education.pk).delete()
    years = 5 * 366
    assert due_now(at=timezone.now())["changes.others"] == 0

    run = execute_schedule(at=timezone.now() + timedelta(days=years))

    assert run.counts["changes.others"] >= 2
    assert MODELS["people.User"].objects.filter(id=mother.pk).count() == 0
    assert kept("陈雨轩") == ["陈雨轩"]


def test_every_table_of_changes_is_let_go_by_one_way_or_the_other():
    others = [changes for changes in MODELS.values() if not belongs_to_a_file(changes)]

    assert apps_of(others) == {
        "people",
        "places",
        "clubs",
        "reports",
        "phone",
        "privacy",
    }
    assert apps_of(OF_FILES) == {
        "children",
        "clubs",
        "visits",
        "referrals",
        "privacy",
    }


def apps_of(tables):
    return {changes.pgh_tracked_model._meta.app_label for changes in tables}
