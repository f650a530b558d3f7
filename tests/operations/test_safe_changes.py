"""Which changes of tables are refused, and that `migrate` gives way to whoever is at work."""

import threading
import time
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.postgres import operations as postgres
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now

from ccmp.operations.management.commands import check_migrations
from ccmp.operations.safe_changes import Danger, dangers_of
from ccmp.people.models import User

CHECK = models.CheckConstraint(condition=models.Q(age__gte=0), name="nobody_is_younger_than_nothing")
INDEX = models.Index(fields=["age"], name="by_age")


def child() -> migrations.CreateModel:
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=40)),
        ("age", models.IntegerField(null=True)),
    ]
    return migrations.CreateModel("Child", fields)


def dangers(*operations: Any, is_atomic: bool = True, of_new_table: bool = False) -> list[str]:
    state = ProjectState()
    if not of_new_table:
        child().state_forwards("children", state)
    migration = migrations.Migration("0002_more", "children")
    migration.atomic = is_atomic
    migration.operations = [*([child()] if of_new_table else []), *operations]
    return [danger.what for danger in dangers_of(migration, state)]


def add(field: models.Field) -> migrations.AddField:
    return migrations.AddField("child", "more", field)


def alter(name: str, field: models.Field) -> migrations.AlterField:
    return migrations.AlterField("child", name, field)


def in_batches(apps: Any, editor: Any) -> None: ...


in_batches.in_batches = True  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "operation",
    [
        add(models.TextField()),
        add(models.TextField(default="")),
        add(models.UUIDField(db_default=models.Func(function="gen_random_uuid"))),
        add(models.TextField(null=True, db_index=True)),
        add(models.TextField(null=True, unique=True)),
        add(models.GeneratedField(expression=models.F("age") + 1, output_field=models.IntegerField(), db_persist=True)),
        alter("age", models.BigIntegerField(null=True)),
        alter("age", models.IntegerField()),
        alter("age", models.IntegerField(null=True, db_index=True)),
        alter("name", models.CharField(max_length=20)),
        migrations.AddIndex("child", INDEX),
        migrations.AddConstraint("child", CHECK),
        migrations.AddConstraint("child", models.UniqueConstraint(fields=["name"], name="one_name")),
        migrations.RunPython(lambda apps, editor: None),
        migrations.RunPython(in_batches),
        migrations.RunSQL("UPDATE children_child SET name = ''"),
        migrations.RemoveField("child", "name"),
        migrations.RenameField("child", "name", "called"),
        migrations.DeleteModel("child"),
        postgres.AddIndexConcurrently("child", INDEX),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_would_stop_somebodys_work_is_refused(operation):
    assert len(dangers(operation)) == 1
    hidden = migrations.SeparateDatabaseAndState(database_operations=[operation])
    assert len(dangers(hidden)) == 1


@pytest.mark.parametrize(
    ("operation", "is_atomic"),
    [
        (add(models.TextField(null=True)), True),
        (add(models.TextField(db_default="")), True),
        (add(models.DateTimeField(db_default=Now())), True),
        (alter("name", models.CharField(max_length=80)), True),
        (alter("name", models.TextField()), True),
        (alter("name", models.CharField(max_length=40, choices=[("a", "b")])), True),
        (migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]), True),
        (postgres.AddConstraintNotValid("child", CHECK), True),
        (postgres.AddIndexConcurrently("child", INDEX), False),
        (migrations.RunPython(in_batches), False),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_takes_a_moment_is_let_pass(operation, is_atomic):
    assert dangers(operation, is_atomic=is_atomic) == []


def test_of_a_table_that_the_migration_makes_everything_is_let_pass():
    assert (
        dangers(migrations.AddIndex("child", INDEX), migrations.AddConstraint("child", CHECK), of_new_table=True) == []
    )


def test_ours_are_all_safe_or_weighed(capsys):
    call_command("check_migrations")

    assert "while everybody works" in capsys.readouterr().out


def test_what_was_weighed_is_let_pass_and_what_is_no_longer_there_is_told(monkeypatch):
    danger = Danger("children", "0009_later", "AddIndex child by_age", "Use AddIndexConcurrently.")
    monkeypatch.setattr(check_migrations.Command, "_dangers", lambda self: [danger])

    with pytest.raises(CommandError, match=r"children\.0009_later: AddIndex child by_age\. Use AddIndexConcurrently"):
        call_command("check_migrations")

    monkeypatch.setattr(check_migrations, "ALLOWED", {danger.key: "the table has twelve rows"})
    call_command("check_migrations", stdout=StringIO())

    monkeypatch.setattr(check_migrations, "ALLOWED", {danger.key: "twelve rows", ("a", "b", "c"): "gone"})
    with pytest.raises(CommandError, match="there is no such thing"):
        call_command("check_migrations")


@pytest.fixture
def a_step_back(transactional_db: None) -> Iterator[None]:
    """The last migration of the register's own app is as if it had not been applied, and adds a column when it is."""
    yield
    with connection.as_owner(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("ALTER TABLE people_user DROP COLUMN IF EXISTS probe")


def test_migrate_gives_way_and_comes_again(a_step_back, settings, monkeypatch, mother):
    """Somebody reads and writes on and on, and one of them holds the table for two seconds: nobody waits for as long as that."""
    settings.MIGRATION_LOCK_TIMEOUT = "100ms"
    said, waited = StringIO(), []
    _changes_a_table(monkeypatch)
    held, is_over = _somebody_holds_the_table(seconds=2)
    asking = threading.Thread(target=_ask_on_and_on, args=(waited, is_over))
    asking.start()

    call_command("migrate", verbosity=0, stderr=said)

    is_over.set()
    held.join(10)
    asking.join(10)
    assert "Letting them pass" in said.getvalue()
    assert len(waited) > 10
    assert max(waited) < 1.5
    with connection.cursor() as cursor:
        cursor.execute("SELECT probe FROM people_user WHERE id = %s", [mother.pk])
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_another_trouble_is_told_at_once(a_step_back, settings, monkeypatch):
    settings.MIGRATION_STATEMENT_TIMEOUT = "50ms"
    _changes_a_table(monkeypatch, sql="SELECT pg_sleep(2)")

    began = time.monotonic()
    with pytest.raises(OperationalError):
        call_command("migrate", verbosity=0)

    assert time.monotonic() - began < 10


def _changes_a_table(
    monkeypatch: pytest.MonkeyPatch, sql: str = "ALTER TABLE people_user ADD COLUMN probe text"
) -> None:
    """In the place of a migration that is still to be applied: what it does to the database is the same."""
    from django.core.management.commands.migrate import Command  # beside its use

    def handle(self: Any, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    monkeypatch.setattr(Command, "handle", handle)


def _somebody_holds_the_table(*, seconds: float) -> tuple[threading.Thread, threading.Event]:
    holds = threading.Event()

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE people_user IN ACCESS SHARE MODE")
            holds.set()
            time.sleep(seconds)
            cursor.execute("COMMIT")
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert holds.wait(10)
    return holder, threading.Event()


def _ask_on_and_on(waited: list[float], is_over: threading.Event) -> None:
    while not is_over.is_set():
        began = time.monotonic()
        User.objects.count()
        waited.append(time.monotonic() - began)
        time.sleep(0.02)
    connection.close()
