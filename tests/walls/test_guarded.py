"""No table stands without a word on how it is guarded, and what is said is what PostgreSQL has."""

from django.db import connection

from ccmp.walls.building import POLICY, POLICY_OF_READING, tables_by_label
from ccmp.walls.guarded import GUARDED, Beyond, Open
from ccmp.walls.policies import READ_BESIDES
from tests.walls.asked import GUARDED_LABELS

NAMES_A_VILLAGE_OR_A_CHILD = ("village_code", "child_id", "household_id", "relative_id")


def asked(words, *said):
    with connection.cursor() as cursor:
        cursor.execute(words, said)
        return cursor.fetchall()


def test_every_table_is_named_with_its_guard_or_its_reason():
    assert set(GUARDED) == set(tables_by_label())
    assert [label for label, guard in GUARDED.items() if isinstance(guard, Open) and not guard.why] == []


def test_what_names_a_village_or_a_child_is_open_only_where_it_is_a_place_a_figure_or_the_trail(db):
    tables = tables_by_label()
    rows = asked(
        "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = ANY(%s)",
        list(NAMES_A_VILLAGE_OR_A_CHILD),
    )
    named = {name for (name,) in rows}

    open_ones = {label for label, guard in GUARDED.items() if isinstance(guard, Open) and tables[label] in named}

    assert open_ones == {"places.Enrolment", "audit.AuditEntry", "privacy.IncidentClock", "reports.VillageMonth"}


def test_postgresql_has_the_policy_of_each_guarded_table_and_no_other(db):
    rows = asked("SELECT tablename, policyname, cmd FROM pg_policies WHERE schemaname = 'public'")
    shut = asked("SELECT relname FROM pg_class WHERE relrowsecurity")
    beyond = {label for label, guard in GUARDED.items() if isinstance(guard, Beyond)}
    guarded = {tables_by_label()[label] for label in (*GUARDED_LABELS, *beyond)}

    read_besides = {(tables_by_label()[label], POLICY_OF_READING, "SELECT") for label in READ_BESIDES}
    assert set(rows) == {(name, POLICY, "ALL") for name in guarded} | read_besides
    assert {name for (name,) in shut} == guarded


def test_the_program_owns_nothing_and_passes_by_no_rule(db):
    (role,) = asked(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = session_user"
    )
    owned = asked("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = session_user")

    assert role == (False, False, False, False)
    assert owned == []


def test_the_program_may_neither_change_a_table_nor_its_rules(db):
    rights = asked(
        "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = 'public'"
        " AND relkind = 'r' AND has_table_privilege(session_user, pg_class.oid, 'REFERENCES, TRIGGER')"
    )
    assert rights == []
    assert asked("SELECT has_schema_privilege(session_user, 'public', 'CREATE')") == [(False,)]
