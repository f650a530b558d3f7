"""Marks, seals and anchors: whoever alters the trail is found out, and it is said which line it was."""

import gzip
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from ccmp.audit import sealing, verifying
from ccmp.audit.models import AuditAnchor, AuditEntry, AuditSeal
from ccmp.audit.months import ELSE, make_months, months_held, table_of
from ccmp.audit.putting_away import CannotBePutAway, put_away
from ccmp.audit.record import record
from ccmp.audit.sealing import seal_trail
from ccmp.audit.verifying import verify_trail
from ccmp.moments import Month
from tests.audit.tampering import TABLES, sql, without_triggers
from tests.factories import moment
from tests.walls.asked import as_the_owner

__all__ = ["as_the_owner"]

pytestmark = pytest.mark.usefixtures("as_the_owner")  # who alters the trail owns it

AT = moment("2026-03-10 09:00")
LATER = moment("2026-05-02 09:00")


def written(user, number=5, at=AT):
    """So many lines, by their number in the table."""
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    for which in range(number):
        record(by=user, at=at + timedelta(minutes=which), did="read", on=user, part="账户", which=which)
    return sorted(set(AuditEntry.objects.values_list("pk", flat=True)) - before)


@pytest.fixture
def sealed(mother):
    """Five lines among those that are sealed."""
    pks = written(mother)
    seal_trail(at=AT)
    return pks


def found_wrong():
    return verify_trail().wrong


def link_of(pk):
    return AuditSeal.objects.get(entry_id=pk).sequence


def test_an_untouched_trail_is_whole(sealed):
    found = verify_trail()

    assert (found.wrong, found.entries, found.seals, found.unsealed) == ([], found.seals, AuditSeal.objects.count(), 0)
    assert found.seals >= len(sealed)


def test_each_line_has_its_place_and_gets_it_once(mother, sealed):
    again = seal_trail(at=AT)
    more = written(mother, 2)
    number = seal_trail(at=AT, everything=True)

    assert (again, number) == (0, 2)
    assert list(AuditSeal.objects.order_by("sequence").values_list("sequence", flat=True)) == list(
        range(1, AuditSeal.objects.count() + 1)
    )
    assert link_of(more[0]) > link_of(sealed[-1])
    assert found_wrong() == []


def test_sealing_and_verifying_go_on_over_many_pages(mother, monkeypatch):
    monkeypatch.setattr(sealing, "AT_ONCE", 2)
    monkeypatch.setattr(verifying, "AT_ONCE", 2)
    written(mother, 7)

    seal_trail(at=AT)

    assert (found_wrong(), AuditSeal.objects.count()) == ([], AuditEntry.objects.count())


@pytest.mark.parametrize(
    "change",
    [
        "did = 'wrote'",
        "by_id = NULL",
        "detail = '{}'",
        "on_id = 'another'",
        "village_code = '520323103202'",
        "children = ARRAY['018f0000-0000-7000-8000-000000000000'::uuid]",
    ],
)
def test_a_changed_line_is_found(sealed, change):
    with without_triggers():
        sql(f"UPDATE audit_auditentry SET {change} WHERE id = %s", sealed[2])

    assert found_wrong() == [f"line {sealed[2]} of 2026-03-10 01:02: changed"]


def test_a_line_changed_before_it_was_sealed_is_found(mother):
    pks = written(mother)
    with without_triggers():
        sql("UPDATE audit_auditentry SET did = 'wrote' WHERE id = %s", pks[1])

    before = found_wrong()
    seal_trail(at=AT)

    assert before == [f"line {pks[1]} of 2026-03-10 01:01: changed before it was sealed, or put in"]
    assert found_wrong() == [f"line {pks[1]} of 2026-03-10 01:01: changed"]


def test_a_removed_line_is_found(sealed):
    with without_triggers():
        sql("DELETE FROM audit_auditentry WHERE id = %s", sealed[2])

    assert found_wrong() == [f"line {sealed[2]} of 2026-03-10 01:02: removed"]


def test_a_line_removed_with_its_link_is_found(sealed):
    gone = link_of(sealed[2])
    with without_triggers():
        sql("DELETE FROM audit_auditentry WHERE id = %s", sealed[2])
        sql("DELETE FROM audit_auditseal WHERE entry_id = %s", sealed[2])

    assert found_wrong() == [f"link {gone}: removed"]


def test_links_that_changed_places_are_found(sealed):
    one, other = link_of(sealed[1]), link_of(sealed[2])
    with without_triggers():
        for was, becomes in ((one, -1), (other, one), (-1, other)):
            sql("UPDATE audit_auditseal SET sequence = %s WHERE sequence = %s", becomes, was)

    wrong = found_wrong()

    assert f"link {one} (line {sealed[2]}): changed, put in or put elsewhere" in wrong
    assert f"link {other} (line {sealed[1]}): changed, put in or put elsewhere" in wrong


def test_a_line_that_was_put_in_is_found(mother, sealed):
    sql(
        "INSERT INTO audit_auditentry (number, at, by_id, did, on_kind, on_id, village_code, detail, children, mark)"
        " SELECT gen_random_uuid(), at, by_id, did, on_kind, on_id, village_code, detail, children, mark"
        " FROM audit_auditentry WHERE id = %s",
        sealed[0],
    )
    put_in = AuditEntry.objects.latest("id").pk

    assert found_wrong() == [f"line {put_in} of 2026-03-10 01:00: changed before it was sealed, or put in"]


def test_a_line_put_in_under_a_number_that_is_taken_is_found(sealed, monkeypatch):
    monkeypatch.setattr(verifying, "AT_ONCE", 1)
    for minutes in (-600, 1200):
        sql(
            "INSERT INTO audit_auditentry"
            " (id, number, at, by_id, did, on_kind, on_id, village_code, detail, children, mark)"
            " SELECT id, gen_random_uuid(), at + make_interval(mins => %s), by_id, did, on_kind, on_id, village_code,"
            " detail, children, mark FROM audit_auditentry WHERE id = %s ORDER BY at LIMIT 1",
            minutes,
            sealed[3],
        )

    assert [one[:-6] for one in (said.partition(": ")[0] for said in found_wrong())] == [
        f"line {sealed[3]} of 2026-03-09",
        f"line {sealed[3]} of 2026-03-10",
    ]


def test_the_same_line_is_not_written_twice(sealed):
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(
            "INSERT INTO audit_auditentry (number, at, by_id, did, on_kind, on_id, village_code, detail, children, mark)"
            " SELECT number, at, by_id, did, on_kind, on_id, village_code, detail, children, mark"
            " FROM audit_auditentry WHERE id = %s",
            sealed[0],
        )


def test_a_trail_whose_end_was_cut_off_is_found_by_its_anchors(sealed, anchors):
    last = AuditSeal.objects.newest().sequence
    with without_triggers():
        sql("DELETE FROM audit_auditentry")
        sql("DELETE FROM audit_auditseal")
        sql("DELETE FROM audit_auditanchor")

    assert found_wrong() == [f"link {last}: an anchor knows it, and the chain ends before it"]
    assert anchors.read_text().split()[1] == str(last)


def test_a_trail_made_anew_with_the_key_is_found_by_the_anchor_outside(mother, sealed):
    last = AuditSeal.objects.newest().sequence
    with without_triggers():
        sql("DELETE FROM audit_auditentry WHERE id = %s", sealed[0])
        sql("DELETE FROM audit_auditseal")
        sql("DELETE FROM audit_auditanchor")
    written(mother, 1)
    seal_trail(at=AT)

    assert [one.partition(": ")[2] for one in found_wrong()] == ["not the one that was anchored"]
    assert AuditSeal.objects.newest().sequence == last


def test_an_anchor_is_dropped_once_an_hour_and_only_when_the_chain_grew(mother, sealed, anchors):
    for minutes, lines in ((30, 1), (61, 1), (200, 0)):
        written(mother, lines)
        seal_trail(at=AT + timedelta(minutes=minutes))

    assert [one.at for one in AuditAnchor.objects.order_by("at")] == [AT, AT + timedelta(minutes=61)]
    assert [line.split()[1:] for line in anchors.read_text().splitlines()] == [
        [str(one.sequence), one.hash] for one in AuditAnchor.objects.order_by("at")
    ]


def test_the_command_says_which_line_and_ends_with_1(sealed):
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    with without_triggers():
        sql("UPDATE audit_auditentry SET did = 'wrote' WHERE id = %s", sealed[2])

    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", stdout=said)

    assert "The trail is whole." in said.getvalue()
    assert f"line {sealed[2]} of 2026-03-10 01:02: changed" in said.getvalue()
    assert refused.value.returncode == 1


def test_a_line_marked_with_an_earlier_key_still_bears_its_mark(sealed, settings, mother):
    settings.AUDIT_KEYS = f"{settings.AUDIT_KEYS},2:{'B' * 43}="
    written(mother, 1)
    seal_trail(at=AT)

    assert found_wrong() == []
    assert AuditEntry.objects.latest("id").mark.startswith("2:")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("command", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_nothing_is_changed_removed_or_emptied(sealed, table, command):
    column = "did" if table == "audit_auditentry" else "hash"
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE {table} ENABLE TRIGGER audit_is_not_emptied")

    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        sql(command.format(table, column, column))


def test_the_table_of_a_month_refuses_the_same(mother):
    make_months(at=moment("2031-05-02 09:00"), since=Month(2031, 3))
    written(mother, at=moment("2031-03-10 09:00"))
    table = table_of(Month(2031, 3))
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE {table} ENABLE TRIGGER audit_is_not_emptied")

    for command in (f"UPDATE {table} SET did = did", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            sql(command)


# ------------------------------------------------------------------------------------------------------------- months


def rows_in(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_months_are_made_ahead_and_take_their_lines(mother):
    empty = rows_in(ELSE)
    made = make_months(at=moment("2031-11-20 09:00"))

    written(mother, 1, at=moment("2031-11-30 23:59"))
    written(mother, 1, at=moment("2031-12-01 00:00"))

    assert made == [Month(2031, 11), Month(2031, 12), Month(2032, 1), Month(2032, 2)]
    assert set(made) <= set(months_held())
    assert (rows_in(table_of(made[0])), rows_in(table_of(made[1])), rows_in(ELSE)) == (1, 1, empty)
    assert make_months(at=moment("2031-11-21 09:00")) == []


def test_a_month_whose_lines_lie_in_the_rest_leaves_them_there(mother):
    written(mother, 1, at=moment("2041-05-03 09:00"))

    assert make_months(at=moment("2041-05-04 09:00")) == [Month(2041, 6), Month(2041, 7), Month(2041, 8)]


@pytest.fixture
def two_months(mother):
    """Lines of March and of May 2031, sealed."""
    make_months(at=moment("2031-05-02 09:00"), since=Month(2031, 3))
    pks = written(mother, 3, at=moment("2031-03-10 09:00")), written(mother, 2, at=moment("2031-05-01 09:00"))
    seal_trail(at=moment("2031-05-02 09:00"))
    return pks


def test_a_month_is_put_away_and_the_trail_is_whole_without_it(two_months, tmp_path):
    march, _may = two_months
    file = tmp_path / "march.jsonl.gz"

    number = put_away(Month(2031, 3), file, at=moment("2031-05-02 10:00"))
    seal_trail(at=moment("2031-05-02 10:01"))

    lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert (number, [line["id"] for line in lines]) == (3, march)
    assert not AuditEntry.objects.filter(pk__in=march).exists()
    assert found_wrong() == []


def test_a_month_that_was_dropped_otherwise_is_missed(two_months):
    march, _may = two_months
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE audit_auditentry DETACH PARTITION {table_of(Month(2031, 3))}")

    assert [one.split(":")[-1] for one in found_wrong()] == [" removed"] * len(march)


def test_a_month_is_not_put_away_before_it_is_over_and_sealed(mother, two_months, tmp_path):
    written(mother, 1, at=moment("2031-03-20 09:00"))

    with pytest.raises(CannotBePutAway, match="no seal yet"):
        put_away(Month(2031, 3), tmp_path / "march", at=moment("2031-05-02 10:00"))
    with pytest.raises(CannotBePutAway, match="not over"):
        put_away(Month(2031, 5), tmp_path / "may", at=moment("2031-05-02 10:00"))


def test_a_month_of_a_broken_trail_is_not_put_away(two_months, tmp_path):
    with without_triggers():
        sql("UPDATE audit_auditentry SET did = 'wrote' WHERE id = %s", two_months[1][0])

    with pytest.raises(CannotBePutAway, match="not whole"):
        put_away(Month(2031, 3), tmp_path / "march", at=moment("2031-05-02 10:00"))
