"""Whatever way a row is changed, the database keeps it as it stood, with who and what for where that was told."""

from contextvars import copy_context

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccmp.celery import app
from ccmp.changes.models import MODELS
from ccmp.people.models import Department, Posting, User
from ccmp.walls.asking import whole_reach
from ccmp.walls.doing import Doing, done_as
from children.models import Child, Household, Relative
from tests import factories
from tests.factories import NOW
from tests.walls.asked import as_somebody, as_the_owner

__all__ = ["as_the_owner"]

OFFICES = MODELS["people.Department"]
CHILDREN, HOMES, USERS = MODELS["children.Child"], MODELS["children.Household"], MODELS["people.User"]
RELATIVES = MODELS["children.Relative"]


def raw(command, *values):
    with connection.cursor() as cursor:
        cursor.execute(command, values)
        return cursor.rowcount


def test_a_row_that_is_made_leaves_nothing(mother, child):
    assert (
        CHILDREN.objects.filter(id=child.pk).count(),
        USERS.objects.filter(id=mother.pk, pgh_changed=["full_name"]).count(),
    ) == (0, 0)


def test_a_save_an_update_of_many_and_raw_sql_are_kept_alike(education):
    education.name = "教育局"
    education.save()
    Department.objects.filter(pk=education.pk).update(name="县教育局")
    raw("UPDATE people_department SET name = '教体局' WHERE id = %s", education.pk)
    Department.objects.bulk_update([Department(pk=education.pk, is_closed=True)], ["is_closed"])

    kept = OFFICES.objects.filter(id=education.pk).order_by("pgh_id")

    assert list(kept.values_list("pgh_label", "pgh_changed", "name", "is_closed"))[1:] == [
        ("update", ["name"], "教育局", False),
        ("update", ["name"], "县教育局", False),
        ("update", ["is_closed"], "教体局", False),
    ]


def test_each_row_of_an_update_of_many_is_kept(mother):
    children = [factories.make_child(mother, name=name) for name in ("陈雨轩", "陈雨欣")]
    Child.objects.filter(pk__in=[child.pk for child in children]).update(school_name="桥头小学")

    kept = CHILDREN.objects.filter(pgh_changed=["school_name"])

    assert sorted(kept.values_list("name", flat=True)) == ["陈雨欣", "陈雨轩"]


def test_a_row_that_is_removed_is_kept_whole(education):
    key, name = education.pk, education.name
    Department.objects.filter(pk=key).delete()

    (kept,) = OFFICES.objects.filter(id=key, pgh_label="delete")

    assert (kept.name, kept.county_code, kept.pgh_changed) == (name, education.county_code, None)


def test_where_only_what_lies_sealed_was_written_anew_nothing_else_is_copied(mother, child):
    User.objects.filter(pk=mother.pk).update(phone="13800000001")
    carer = child.kinships.first().relative
    Relative.objects.filter(pk=carer.pk).update(address="上寨 3 号")

    of_her, of_carer = USERS.objects.filter(id=mother.pk).latest("pgh_id"), RELATIVES.objects.get(id=carer.pk)

    assert (of_her.pgh_label, of_her.pgh_changed, of_her.full_name, of_her.sex) == ("bare", ["phone"], None, None)
    assert (of_carer.pgh_label, of_carer.pgh_changed, of_carer.name) == ("bare", ["address"], None)
    assert of_carer.household_id == carer.household_id  # by which it is found when a home is forgotten


def test_what_is_written_as_it_stood_is_no_change_and_neither_is_a_clock(mother):
    before = USERS.objects.count()
    User.objects.filter(pk=mother.pk).update(full_name=mother.full_name)
    User.objects.filter(pk=mother.pk).update(last_login=NOW)

    assert USERS.objects.count() == before


def test_of_what_lies_sealed_it_is_known_that_it_was_written_anew_and_not_what_stood_there(mother):
    home = Household.objects.create(village_code=factories.CLOUD_FOOT, head_name="陈家", address="桥头第七家")
    Household.objects.filter(pk=home.pk).update(address="桥头第八家")
    User.objects.filter(pk=mother.pk).update(password="x")

    (kept,) = HOMES.objects.filter(id=home.pk)

    assert kept.pgh_changed == ["address"]
    assert "address" not in {field.name for field in HOMES._meta.fields}
    assert USERS.objects.filter(id=mother.pk).latest("pgh_id").pgh_changed == ["password"]


def test_a_page_tells_who_by_which_page_and_which_request(officer, education, client):
    client.force_login(officer, backend="ccmp.people.backends.PostingBackend")
    address = reverse("places:close-department", args=[education.pk])

    answer = client.post(address, headers={"X-Request-ID": "number-of-it"})

    kept = OFFICES.objects.filter(id=education.pk, pgh_changed=["is_closed"]).get()
    assert answer.status_code == 302
    assert kept.pgh_context == {"who": str(officer.pk), "what": "places:close-department", "request": "number-of-it"}
    assert kept.pgh_role == connection.settings_dict["USER"]


def test_a_task_tells_its_name_and_number_and_why_it_looks_over_the_wall_and_nothing_is_left_of_it(education):
    @app.task(name="tests.rename")
    def rename():
        with whole_reach("a test"):
            Department.objects.filter(pk=education.pk).update(name="教体局")

    try:
        copy_context().run(rename.apply, task_id="number-of-it")
    finally:
        app.tasks.unregister("tests.rename")
    Department.objects.filter(pk=education.pk).update(name="教育局")

    contexts = OFFICES.objects.filter(id=education.pk, pgh_changed=["name"]).order_by("pgh_id")
    assert list(contexts.values_list("pgh_context", flat=True)) == [
        {"what": "task tests.rename", "request": "number-of-it", "why": "a test"},
        None,
    ]


def test_who_asks_stands_there_where_nothing_else_was_told_and_a_reason_where_there_is_one(mother, child):
    with as_somebody(mother):
        Child.objects.filter(pk=child.pk).update(school_name="桥头小学")
    with done_as(Doing(what="command rename")), whole_reach("a test"):
        Child.objects.filter(pk=child.pk).update(school_name="云脚小学")

    contexts = CHILDREN.objects.filter(id=child.pk, pgh_changed=["school_name"]).order_by("pgh_id")
    assert list(contexts.values_list("pgh_context", flat=True)) == [
        {"who": str(mother.pk)},
        {"what": "command rename", "why": "a test"},
    ]


def test_words_of_any_kind_are_told_as_they_are(education):
    with done_as(Doing(what="""it's a \\ "quote" %s""")):
        Department.objects.filter(pk=education.pk).update(name="教体局")

    kept = OFFICES.objects.filter(id=education.pk, pgh_changed=["name"]).get()
    assert kept.pgh_context == {"what": """it's a \\ "quote" %s"""}


def test_by_hand_as_the_programs_own_role_it_is_kept_too_with_nobody(education):
    """As with psql: nothing tells who it is. Neither does the library's own switch keep anything from being kept."""
    ignored = "{" + ",".join(names_of_triggers("people_department")) + "}"
    with connection.connection.cursor() as by_hand:  # psycopg's own: it says nothing in front of a statement
        by_hand.execute("SELECT set_config('role', 'none', true), set_config('pghistory.context_metadata', '', true)")
        by_hand.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [ignored])
        by_hand.execute("UPDATE people_department SET name = '改名' WHERE id = %s", [education.pk])

    kept = OFFICES.objects.filter(id=education.pk, pgh_changed=["name"]).get()

    assert (kept.pgh_context, kept.pgh_role) == (None, connection.settings_dict["USER"])


def names_of_triggers(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
        return [name for (name,) in cursor.fetchall()]


WRITTEN = [
    "INSERT INTO changes_userevent (pgh_id, pgh_created_at, pgh_label, pgh_role, id) VALUES (0, now(), 'x', 'x', gen_random_uuid())",
    "UPDATE changes_userevent SET full_name = '改'",
]


@pytest.mark.parametrize(
    "command", [*WRITTEN, "DELETE FROM changes_userevent", "SELECT full_name FROM changes_userevent"]
)
def test_the_program_neither_writes_nor_reads_what_was_kept(mother, command):
    User.objects.filter(pk=mother.pk).update(full_name="罗小勤")

    with as_somebody(mother), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        raw(command)

    assert USERS.objects.filter(id=mother.pk, pgh_changed=["full_name"], full_name="罗小琴").count() == 1


@pytest.mark.parametrize("command", WRITTEN)
def test_work_that_looks_over_the_wall_writes_none_of_it_either(mother, command):
    with whole_reach("a test"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        raw(command)


@pytest.mark.usefixtures("as_the_owner", "db")
def test_even_the_owner_of_the_tables_changes_nothing_that_was_kept():
    factories.make_places()
    mother = factories.make_mother(name="罗小琴")
    User.objects.filter(pk=mother.pk).update(full_name="罗小勤")

    with pytest.raises(ProgrammingError, match="not written anew"), transaction.atomic():
        raw("UPDATE changes_userevent SET full_name = '改'")


VALUES = st.fixed_dictionaries(
    {
        "ends_at": st.none()
        | st.integers(1, 400).map(lambda days: NOW.replace(year=2027) + days * (NOW - NOW.replace(hour=0))),
        "is_substitute": st.booleans(),
    }
)


@given(steps=st.lists(VALUES, min_size=1, max_size=8))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_row_and_what_was_kept_of_it_read_backwards_are_every_state_that_there_was(mother, steps):
    post = Posting.objects.get(user=mother)
    with transaction.atomic():
        states = [state_of(post.pk)]
        for step in steps:
            Posting.objects.filter(pk=post.pk).update(**step)
            if (state := state_of(post.pk)) != states[-1]:
                states.append(state)

        kept = MODELS["people.Posting"].objects.filter(id=post.pk).order_by("-pgh_id").values(*states[0])
        backwards = [states[-1], *kept[: len(states) - 1]]
        transaction.set_rollback(True)

    assert backwards == states[::-1]


def state_of(key):
    return Posting.objects.values().get(pk=key)
