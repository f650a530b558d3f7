"""The migration that makes the trail of months: what was written before it is carried over, line by line."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from ccmp.audit.marks import bears_its_mark
from ccmp.audit.models import AuditEntry
from ccmp.moments import Month, day_of, now
from tests.audit.tampering import sql
from tests.factories import moment
from tests.walls.asked import as_the_owner

__all__ = ["as_the_owner"]

pytestmark = pytest.mark.usefixtures("as_the_owner")  # who alters the trail owns it

CHILD = "018f0000-0000-7000-8000-000000000001"


@pytest.fixture
def before(mother):
    """The trail as the first migration made it, in a schema of its own, with three lines."""
    sql("CREATE SCHEMA earlier")
    sql("SET LOCAL search_path TO earlier, public")
    state = MigrationLoader(connection).project_state(("audit", "0001_initial"))
    model = state.apps.get_model("audit", "AuditEntry")
    with connection.schema_editor() as editor:
        editor.create_model(model)
    said = {"did": "read", "on_kind": "children.child", "on_id": CHILD, "village_code": "520323103201"}
    model.objects.bulk_create(
        [
            model(id=7, at=moment("2025-05-31 23:59"), by_id=mother.pk, detail={"fields": ["名", 1.5, None]}, **said),
            model(id=8, at=moment("2025-06-01 00:00"), by_id=None, **(said | {"on_kind": "visits.visit"})),
            model(id=11, at=moment("2026-03-10 09:00"), by_id=mother.pk, **said),
        ]
    )
    return state


def carry_over(state):
    migration = MigrationLoader(connection).get_migration("audit", "0002_the_sealed_trail")
    with connection.schema_editor() as editor:
        migration.apply(state, editor)


def in_table(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM earlier.{table} ORDER BY id")
        return [number for (number,) in cursor.fetchall()]


def test_lines_are_carried_over_into_their_months_with_marks(before, mother):
    carry_over(before)

    lines = list(AuditEntry.objects.order_by("pk"))
    assert [(line.pk, line.by_id, line.on_kind, line.detail) for line in lines] == [
        (7, mother.pk, "children.child", {"fields": ["名", 1.5, None]}),
        (8, None, "visits.visit", {}),
        (11, mother.pk, "children.child", {}),
    ]
    assert [[str(child) for child in line.children] for line in lines] == [[CHILD], [], [CHILD]]
    assert all(bears_its_mark(line) for line in lines)
    assert [in_table(f"audit_auditentry_{month}") for month in ("2025_05", "2025_06", "2026_03", "else")] == [
        [7], [8], [11], [],
    ]  # fmt: skip


def test_the_next_line_gets_the_next_number_in_a_month_that_is_there(before):
    carry_over(before)
    line = AuditEntry(at=now(), did="read", on_kind="children.child", on_id=CHILD)
    line.save()

    ahead = Month.of(day_of(now())).next().next().next()
    assert line.pk == 12
    assert in_table(f"audit_auditentry_{Month.of(day_of(now()))}".replace("-", "_")) == [12]
    assert in_table(f"audit_auditentry_{ahead}".replace("-", "_")) == []


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditentry_2025_05", "audit_auditentry_else"])
def test_what_was_carried_over_is_only_added_to(before, table):
    carry_over(before)
    sql("SET CONSTRAINTS ALL IMMEDIATE")

    commands = [f"TRUNCATE {table}"]
    if not table.endswith("else"):
        commands += [f"DELETE FROM {table}", f"UPDATE {table} SET did = did"]
    for command in commands:
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            sql(command)
