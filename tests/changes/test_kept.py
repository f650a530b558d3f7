"""Of every table it is said whether its changes are kept; what lies sealed is copied nowhere; the triggers are there."""

import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from ccmp.changes.installing import install, missing
from ccmp.changes.models import MODELS
from ccmp.changes.words import KINDS
from ccmp.classified import fields_of
from ccmp.classified.kept import CHANGES, KEPT, LEFT_OUT, SAID, TOO_LARGE, name_of_changes
from ccmp.walls.guarded import GUARDED, Beyond
from tests.walls.asked import as_the_owner

__all__ = ["as_the_owner"]


def test_of_each_table_either_the_changes_are_kept_or_it_is_said_why_not():
    tables = set(GUARDED) - set(CHANGES.values())

    assert sorted([*KEPT, *LEFT_OUT]) == sorted(tables)
    assert [label for label, why in LEFT_OUT.items() if not why] == []


def test_each_kept_table_has_a_table_of_changes_of_its_own_a_word_and_no_reader():
    assert len({name_of_changes(label) for label in KEPT}) == len(KEPT)
    assert list(MODELS) == list(KEPT) == list(KINDS)
    assert [label for label in CHANGES.values() if not isinstance(GUARDED[label], Beyond)] == []


@pytest.mark.parametrize("label", KEPT)
def test_a_change_copies_every_field_but_what_lies_sealed_and_what_is_a_mark_of_it(label):
    sealed = {name for name, one in fields_of(label).items() if one.is_sealed or one.kind == "mark"}
    fields = {field.name for field in apps.get_model(label)._meta.concrete_fields}

    copied = {field.name for field in MODELS[label]._meta.concrete_fields} - set(SAID)

    assert copied == fields - sealed - TOO_LARGE.get(label, frozenset())
    assert set(KEPT[label]) <= fields


def test_the_triggers_of_this_version_are_all_there_and_switched_on(db):
    assert missing(connection) == []
    assert install(connection) == 0
    call_command("verify_changes", stdout=(said := io.StringIO()))
    assert said.getvalue() == f"Every change of {len(KEPT)} tables is kept.\n"


@pytest.mark.usefixtures("as_the_owner", "db")
def test_a_trigger_that_is_gone_or_switched_off_is_put_back_with_the_next_migration():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'people_user'::regclass AND tgname ~ 'keep_'")
        update, delete = sorted((name for (name,) in cursor.fetchall()), reverse=True)
        cursor.execute(f"DROP TRIGGER {update} ON people_user")
        cursor.execute(f"ALTER TABLE people_user DISABLE TRIGGER {delete}")
    assert missing(connection) == ["people.User:keep_update", "people.User:keep_delete"]
    with pytest.raises(CommandError, match=r"Not in place: people\.User:keep_update, people\.User:keep_delete\."):
        call_command("verify_changes")

    assert install(connection) == 2

    assert missing(connection) == []


@pytest.mark.usefixtures("as_the_owner", "db")
def test_a_column_whose_rows_are_kept_may_still_change_its_type_and_go():
    """A trigger that named columns in its condition would refuse it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_department ALTER COLUMN name TYPE text")
        cursor.execute("ALTER TABLE people_department ADD COLUMN of_tomorrow int")
        cursor.execute("ALTER TABLE people_department DROP COLUMN of_tomorrow")


def test_the_models_and_their_migrations_agree(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
