"""PostgreSQL itself gives each role what the program's own filter gives her, and nothing to nobody."""

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction

from ccmp.people.enums import Role
from ccmp.people.models import User
from ccmp.people.reach import reach_of
from children.models import Child, Household, Relative
from clubs.models import Club
from referrals.models import Task
from tests.access.world import make_world
from tests.factories import FENGGANG_VILLAGE, NOW
from tests.walls.asked import GUARDED_LABELS, as_somebody, keys_in, table
from tests.walls.filling import fill
from visits.models import Flag, Visit

# What hangs on another row is seen with it.
PARENTS = {
    "children.Away": "relative",
    "children.Incapacity": "relative",
    "children.Kinship": "child",
    "children.Guardianship": "child",
    "children.PastHukou": "child",
    "children.ApplicationMove": "application",
    "children.TransferMove": "transfer",
    "visits.FlagMove": "flag",
    "referrals.ReferralMove": "referral",
    "referrals.TaskMove": "task",
    "referrals.TaskClock": "task",
    "phone.PhoneState": "phone",
    "privacy.Clearing": "child",
    "privacy.GuardianRequest": "child",
    "privacy.LegalHold": "child",
}
# Figures without a child's name: the foundation compares hours too.
HOURS = ("clubs.Club", "clubs.ClubClosure", "clubs.OpeningTime", "clubs.ClubSession")
ROLES = ("M", "D", "S", "C", "P", "F", "R", "A", "U")


@pytest.fixture
def world(db):
    made = make_world()
    fill(made)
    return made


def seen_by_filter(label: str, user: User) -> set:
    """The keys that the program's own filter gives, for each kind of guard."""
    model = apps.get_model(label)
    if label in PARENTS:
        name = PARENTS[label]
        above = model._meta.get_field(name).related_model
        keys = seen_by_filter(above._meta.label, user)
        return set(model.objects.filter(**{f"{name}__in": keys}).values_list("pk", flat=True))
    by_place = reach_of(user, "children.view_child").rows
    if label in ("children.PastStay", "privacy.Opening"):
        children = seen_by_filter("children.Child", user)
        own = by_place(model.objects.all()) if label == "children.PastStay" else model.objects.filter(by=user)
        return set((model.objects.filter(child__in=children) | own).values_list("pk", flat=True))
    if label == "privacy.Unmasking":  # who may list them is told by a permission; no name is in them
        return set(by_place(model.objects.all()).values_list("pk", flat=True))
    if label in HOURS:
        codes = Club.objects.hours_visible_to(user).values_list("village_code", flat=True)
        return set(model.objects.filter(village_code__in=codes).values_list("pk", flat=True))
    if label in ("phone.Phone", "phone.OutboxEntry"):
        own = model.objects.filter(user=user)
        return set((model.objects.visible_to(user) | own).values_list("pk", flat=True))
    if hasattr(model.objects, "visible_to"):
        return set(model.objects.visible_to(user).values_list("pk", flat=True))
    permission = "children.view_childground" if label == "children.ChildGround" else "children.view_child"
    rows = reach_of(user, permission).rows(model.objects.all())
    return set(rows.values_list("pk", flat=True))


def test_each_role_is_given_what_its_own_filter_gives(world):
    differing, empty = {}, []
    for label in GUARDED_LABELS:
        everything = keys_in(label)
        if not everything:
            empty.append(label)
        for role in ROLES:
            user = world.people[role]
            wanted = seen_by_filter(label, User.objects.get(pk=user.pk))
            with as_somebody(user):
                given = keys_in(label)
            if given != wanted:
                differing[label, role] = (len(given), "instead of", len(wanted), "of", len(everything))

    assert differing == {}
    assert empty == []


def test_nobody_is_given_nothing(world):
    with as_somebody(None):
        assert {label for label in GUARDED_LABELS if keys_in(label)} == set()


def test_a_posting_that_ends_takes_the_rows_with_it(world):
    mother = world.people["M"]
    mother.postings.update(ends_at=NOW)

    with as_somebody(mother):
        assert keys_in("children.Child") == set()


def refused(words: str, *said) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words, said)
            return cursor.rowcount == 0
    except DatabaseError as error:
        return "row-level security" in str(error)


@pytest.mark.parametrize("role", ["M", "S", "C"])
def test_rows_beyond_reach_are_neither_changed_nor_removed(world, role):
    with as_somebody(world.people[role]):
        for label in ("children.Child", "children.Household", "visits.Visit", "visits.Flag", "referrals.Task"):
            code = f"village_code = '{FENGGANG_VILLAGE}'"
            assert refused(f"UPDATE {table(label)} SET village_code = village_code WHERE {code}"), label
            assert refused(f"DELETE FROM {table(label)} WHERE {code}"), label


@pytest.mark.parametrize("role", ["M", "S", "C", "P", "F", None])
def test_no_row_is_written_beyond_reach(world, role):
    asks = as_somebody(world.people[role] if role else None)
    with asks, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Household.objects.create(village_code=FENGGANG_VILLAGE, head_name="杨家")


def test_no_row_of_ones_own_is_moved_beyond_reach(world):
    child = world.facts["own"].child

    with as_somebody(world.people["M"]):
        moved = "UPDATE children_child SET village_code = %s WHERE id = %s"
        assert refused(moved, FENGGANG_VILLAGE, child.id)
        assert not refused("UPDATE children_child SET version = version WHERE id = %s", child.id)


def test_what_hangs_on_a_row_beyond_reach_is_not_written(world):
    other = world.facts["other"]

    with as_somebody(world.people["M"]):
        move = "INSERT INTO visits_flagmove (flag_id, came_from, went_to, by_id, at, why) VALUES (%s, '', 'open', %s, %s, '')"
        assert refused(move, other.flag.id, world.people["M"].id, NOW)


def test_a_forgotten_filter_shows_nothing_of_others(world):
    """What the wall is for: a query that nobody narrowed."""
    with as_somebody(world.people["M"]):
        names = {child.name for child in Child.objects.all()}
        assert names <= {world.facts["own"].child.name, f"{world.facts['own'].child.name}二"}
        assert Visit.objects.count() == Visit.objects.visible_to(world.people["M"]).count() > 0
        assert not Flag.objects.exclude(village_code=world.facts["own"].village_code).exists()
    with as_somebody(world.people["P"]):
        assert [task.pk for task in Task.objects.all()] == [world.facts["own"].task.pk]
        assert not Child.objects.exists()
        assert not Household.objects.exists()
        assert not Relative.objects.exists()


def test_a_department_whose_officer_left_is_given_its_tasks_no_more(world):
    officer = world.people["P"]
    officer.postings.filter(role=Role.DEPARTMENT_OFFICER).update(ends_at=NOW)

    with as_somebody(officer):
        assert keys_in("referrals.Task") == set()
