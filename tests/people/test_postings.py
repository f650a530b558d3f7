from datetime import date, timedelta

import pytest
from django.db import connection

from ccmp.people.enums import CheckResult, Role, Schooling, Sex
from ccmp.people.models import PlaceUserObjectPermission, Posting, User
from ccmp.people.reach import may, reach_of
from ccmp.people.rules.posting import CannotBePosted
from ccmp.people.rules.roles import ROLE_PERMISSIONS
from ccmp.people.services.accounts import fill_in_file, record_check
from ccmp.people.services.postings import end_posting, post_person
from ccmp.places.models import Place
from ccmp.refusals import NotAllowed
from children.models import Child
from tests.factories import (
    CLOUD_FOOT,
    FENGGANG_VILLAGE,
    NOW,
    SUIYANG,
    make_child,
    make_county_officer,
    make_foundation_officer,
    make_mother,
    make_person,
    moment,
)

GOOD_FILE = {
    "born_on": date(1990, 3, 12),
    "sex": Sex.FEMALE,
    "schooling": Schooling.SENIOR,
    "is_full_time": True,
    "home_code": CLOUD_FOOT,
}


def candidate(**facts) -> User:
    user = make_person()
    checked = facts.pop("checked_on", date(2026, 1, 5))
    result = facts.pop("result", CheckResult.CLEAR)
    fill_in_file(user=user, by=None, at=NOW, **(GOOD_FILE | facts))
    if checked:
        record_check(user=user, checked_on=checked, authority="绥阳县公安局", result=result, by=None, at=NOW)
    return user


def post(user: User, by: User, role: Role = Role.COMPANION_MOTHER, code: str = CLOUD_FOOT, **more) -> Posting:
    return post_person(user=user, role=role, place=Place.objects.get(pk=code), starts_at=NOW, by=by, at=NOW, **more)


def test_a_mother_who_meets_every_criterion_is_posted_and_may_serve(officer):
    user = candidate()

    post(user, officer)

    assert PlaceUserObjectPermission.objects.get(user=user).content_object_id == CLOUD_FOOT
    assert reach_of(user, "children.add_child").prefixes == (CLOUD_FOOT,)


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"sex": Sex.MALE}, "女"),
        ({"born_on": date(2007, 3, 13)}, "19"),
        ({"born_on": date(1970, 3, 12)}, "55"),
        ({"is_full_time": False}, "全职"),
        ({"home_code": FENGGANG_VILLAGE}, "本地"),
        ({"schooling": Schooling.JUNIOR}, "高中"),
        ({"checked_on": None}, "背景"),
        ({"checked_on": date(2025, 3, 12)}, "背景"),
        ({"result": CheckResult.RECORD}, "背景"),
    ],
)
def test_a_posting_that_fails_a_criterion_is_refused_with_the_criterion_named(officer, facts, named):
    with pytest.raises(CannotBePosted) as refused:
        post(candidate(**facts), officer)

    assert Posting.objects.filter(role=Role.COMPANION_MOTHER).count() == 0
    assert named in str(refused.value)


@pytest.mark.parametrize("born_on", [date(2007, 3, 12), date(1971, 3, 12), date(1970, 3, 13)])
def test_nineteen_and_fifty_five_are_within_the_criteria(officer, born_on):
    assert post(candidate(born_on=born_on), officer).role == Role.COMPANION_MOTHER


def test_a_village_has_one_mother_at_a_time_and_a_substitute_beside_her(officer):
    post(candidate(), officer)

    with pytest.raises(CannotBePosted):
        post(candidate(), officer)

    assert post(candidate(), officer, is_substitute=True).is_substitute


def test_nobody_is_posted_outside_the_users_county(officer):
    with pytest.raises(NotAllowed):
        post(candidate(home_code=FENGGANG_VILLAGE), officer, code=FENGGANG_VILLAGE)


def test_a_county_posts_no_county_officer_and_the_foundation_does(officer):
    with pytest.raises(NotAllowed):
        post(make_person(), officer, role=Role.COUNTY_OFFICER, code=SUIYANG)

    assert (
        post(make_person(), make_foundation_officer(), role=Role.COUNTY_OFFICER, code=SUIYANG).role == "county_officer"
    )


def test_a_role_is_posted_to_its_own_kind_of_place(officer):
    with pytest.raises(CannotBePosted):
        post(candidate(), officer, code=SUIYANG)


def test_reach_ends_in_the_minute_in_which_the_posting_ends(mother, officer):
    child = make_child(mother)
    posting = Posting.objects.get(user=mother)

    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (database_now,) = cursor.fetchone()
    end_posting(posting_id=posting.id, ends_at=database_now, by=officer, at=database_now)

    again = User.objects.get(pk=mother.pk)
    assert not Child.objects.visible_to(again).exists()
    assert not may(again, "children.add_child", at_place=child.village_code)
    assert not PlaceUserObjectPermission.objects.filter(user=mother).exists()


def test_a_posting_that_is_to_end_next_month_still_reaches(mother, officer):
    posting = Posting.objects.get(user=mother)

    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (database_now,) = cursor.fetchone()
    end_posting(posting_id=posting.id, ends_at=database_now + timedelta(days=30), by=officer, at=database_now)

    assert reach_of(User.objects.get(pk=mother.pk), "children.view_child").prefixes == (CLOUD_FOOT,)


def test_permission_and_place_must_come_from_the_same_posting(world):
    """A mother in one county who is an officer of a department in another may not open the other's register."""
    both = make_mother(CLOUD_FOOT)
    Posting.objects.filter(user=both).update(ends_at=moment("2026-03-01 00:00"))
    officer_elsewhere = make_county_officer("520327000000")

    assert reach_of(User.objects.get(pk=both.pk), "children.view_child").prefixes == ()
    assert reach_of(officer_elsewhere, "children.view_child").prefixes == ("520327",)


def test_without_the_serve_permission_a_posting_alone_reaches_nothing(mother):
    PlaceUserObjectPermission.objects.filter(user=mother).delete()

    assert reach_of(User.objects.get(pk=mother.pk), "children.view_child").prefixes == ()


def test_model_permissions_come_and_go_with_the_posting(mother):
    assert mother.has_perm("children.add_child")
    assert mother.has_perm("places.serve", Place.objects.get(pk=CLOUD_FOOT))
    assert not mother.has_perm("places.serve", Place.objects.get(pk=FENGGANG_VILLAGE))
    assert not mother.has_perm("visits.triage_flag")


def test_every_permission_that_a_role_holds_exists(db):
    from django.contrib.auth.models import Permission  # the table that the names must stand in

    known = {
        f"{one.content_type.app_label}.{one.codename}" for one in Permission.objects.select_related("content_type")
    }
    named = {permission for permissions in ROLE_PERMISSIONS.values() for permission in permissions}
    assert named - known == set()


def test_foundation_and_researcher_hold_no_permission_that_shows_a_name():
    names = {
        "children.view_child",
        "visits.view_visit",
        "visits.view_flag",
        "referrals.view_referral",
        "referrals.view_task",
    }

    for role in (Role.FOUNDATION_OFFICER, Role.RESEARCHER, Role.ADMINISTRATOR, Role.AUDITOR, Role.DEPARTMENT_OFFICER):
        assert not ROLE_PERMISSIONS[role] & names
