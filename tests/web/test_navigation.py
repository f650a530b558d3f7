import pytest
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from ccmp.people.enums import Role
from ccmp.people.rules.roles import ROLE_PERMISSIONS
from ccmp.web.navigation import BAR, PHONE_ROLES, RAIL, Count, Navigation, counts

DOORS = [*BAR, *(door for group in RAIL for door in group.doors)]
DESK_ROLES = [role for role in Role if role not in PHONE_ROLES]


class Reader:
    """Somebody who holds a role and what the role grants."""

    is_authenticated = True
    post = None

    def __init__(self, role):
        self.role_now = role

    def has_perm(self, permission):
        return permission in ROLE_PERMISSIONS[self.role_now]


def navigation_of(role):
    request = RequestFactory().get("/")
    request.user = Reader(role)
    request.resolver_match = None
    return Navigation(request)


def doors_of(role):
    return [way.door.url_name for _, ways in navigation_of(role).rail for way in ways]


def test_every_door_leads_somewhere():
    shut = []
    for door in DOORS:
        try:
            reverse(door.url_name)
        except NoReverseMatch:
            shut.append(door.url_name)

    assert shut == []


def test_every_permission_that_a_door_needs_is_granted_to_somebody():
    granted = frozenset().union(*ROLE_PERMISSIONS.values())

    assert {permission for door in DOORS for permission in door.needs} - granted == set()


def test_each_key_opens_one_door():
    keys = [door.key for group in RAIL for door in group.doors]

    assert all(len(key) == 1 for key in keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("role", "doors"),
    [
        (
            Role.COUNTY_OFFICER,
            [
                "visits:flags",
                "referrals:list",
                "clubs:hours",
                "visits:due",
                "children:list",
                "children:transfers",
                "children:import",
                "children:silent",
                "children:to-check",
                "children:entitlements",
                "reports:list",
                "places:villages",
                "people:list",
                "phones:list",
                "places:terms",
                "privacy:requests",
                "privacy:openings",
                "privacy:incidents",
                "privacy:schedule",
            ],
        ),
        (
            Role.TOWNSHIP_SUPERVISOR,
            [
                "visits:flags",
                "referrals:list",
                "clubs:hours",
                "visits:due",
                "children:list",
                "children:transfers",
                "children:import",
                "children:silent",
                "children:to-check",
                "children:entitlements",
                "reports:list",
                "phones:list",
                "privacy:requests",
                "privacy:openings",
                "privacy:incidents",
            ],
        ),
        (Role.DEPARTMENT_OFFICER, ["referrals:tasks"]),
        (Role.FOUNDATION_OFFICER, ["clubs:hours", "reports:list", "places:villages", "people:list", "privacy:studies"]),
        (Role.RESEARCHER, ["reports:list", "privacy:studies"]),
        (Role.ADMINISTRATOR, ["people:list", "privacy:incidents", "privacy:evidence", "privacy:schedule"]),
        (Role.AUDITOR, ["audit:trail", "privacy:incidents", "privacy:evidence", "privacy:schedule"]),
    ],
)
def test_the_rail_shows_what_a_role_may_open(role, doors):
    assert doors_of(role) == doors


def test_the_rail_of_every_desk_role_is_told_above():
    assert len(DESK_ROLES) == 7


@pytest.mark.parametrize("role", [Role.FOUNDATION_OFFICER, Role.RESEARCHER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_without_casework_is_shown_a_door_to_the_children(role):
    assert not {"children:list", "visits:due", "visits:flags", "referrals:list"} & set(doors_of(role))


@pytest.mark.parametrize("role", sorted(PHONE_ROLES))
def test_those_in_the_village_have_the_phone(role):
    navigation = navigation_of(Role(role))

    assert (navigation.skeleton, navigation.task_skeleton) == ("phone.html", "phone_task.html")
    assert len(navigation.bar) == 5


@pytest.mark.parametrize("role", DESK_ROLES)
def test_the_others_have_the_desk(role):
    assert navigation_of(role).skeleton == "desk.html"


def test_a_count_stands_beside_its_door(monkeypatch):
    monkeypatch.setattr("ccmp.web.navigation._counts", {})

    @counts("referrals:tasks")
    def waiting(request):
        return Count(3, "short")

    [(_, [way])] = navigation_of(Role.DEPARTMENT_OFFICER).rail

    assert way.count == Count(3, "short")


def test_a_stranger_is_shown_nothing():
    navigation = Navigation(RequestFactory().get("/"))

    assert navigation.rail == []
    assert navigation.place == ""
