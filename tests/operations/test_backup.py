"""Backups with PostgreSQL's own programs: made, restored beside what is there, compared, and never half."""

import resource
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from ccmp.audit.models import AuditEntry
from ccmp.audit.record import record
from ccmp.audit.sealing import drop_anchor, seal_trail
from ccmp.operations.backup import BackupFailed, back_up, kept_backups, last_backup_at, restore, verify
from ccmp.operations.backup.contents import Contents, contents_of
from ccmp.operations.backup.kept import name_of
from ccmp.operations.backup.server import Database, program
from ccmp.operations.tasks import back_up as back_up_at_night
from ccmp.operations.tasks import is_due
from children.models import Child
from tests import factories

AT = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
NAME = "陈雨欣"


@pytest.fixture
def register(transactional_db, settings, tmp_path) -> Path:
    """One child of one village, her trail, one report's file; the folder for backups."""
    settings.BACKUP_KEYS = f"1:{b64encode(b'k' * 32).decode()}"
    settings.AUDIT_ANCHORS = tmp_path / "anchors.log"
    settings.MEDIA_ROOT = tmp_path / "files"
    (settings.MEDIA_ROOT / "reports").mkdir(parents=True)
    (settings.MEDIA_ROOT / "reports" / "one.pdf").write_bytes(b"%PDF " + b"x" * 3_000_000)
    factories.make_places()
    factories.make_child(factories.make_mother(name="罗小琴"), name=NAME)
    return tmp_path / "backups"


@pytest.fixture
def elsewhere(register: Path) -> Iterator[Database]:
    """The name of a database that is not there yet, as on a new server. What is made meanwhile goes again."""
    ours = Database.ours()
    there = ours.called(f"{ours.name}_elsewhere")
    yield there
    connection.close()
    connection.settings_dict["NAME"] = ours.name
    with ours.maintenance() as line:
        names = line.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{there.name}%"]).fetchall()
    for (name,) in names:
        ours.called(name).drop()


def lead_to(database: Database) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database.name


def test_a_backup_is_verified_by_restoring_it_and_leaves_nothing_behind(register, capsys):
    path = back_up(register, at=AT)
    before = _databases()

    call_command("verify_backup", path)

    assert "Whole: " in capsys.readouterr().out
    assert _databases() == before
    assert [entry.name for entry in register.glob("*")] == [".lock", path.name]
    assert path.stat().st_mode & 0o777 == 0o600
    assert NAME.encode() not in path.read_bytes()
    told = verify(path, at=AT)
    assert (told["rows"]["children_child"], told["files"]) == (1, 1)
    assert told["rows"]["audit_auditentry"] == AuditEntry.objects.count() > 0


def test_a_backup_older_than_the_newest_anchor_is_whole(register):
    seal_trail(at=AT)
    path = back_up(register, at=AT)
    record(by=None, at=AT, did="read", on=Child.objects.get())
    seal_trail(at=AT)
    drop_anchor(at=AT)

    verify(path, at=AT)


def test_what_comes_back_is_what_was_backed_up(register, elsewhere):
    path = back_up(register, at=AT)
    with Database.ours().connect() as line:
        before = contents_of(line)
    (settings.MEDIA_ROOT / "reports" / "one.pdf").write_bytes(b"later")

    lead_to(elsewhere)
    restore(path, at=AT)

    assert Child.objects.get().name == NAME
    with elsewhere.connect() as line:
        assert contents_of(line) == before
    assert (settings.MEDIA_ROOT / "reports" / "one.pdf").stat().st_size == 3_000_005

    Child.objects.update(name="欧阳慧敏")
    with pytest.raises(BackupFailed, match="holds rows"):
        restore(path, at=AT)
    assert Child.objects.get().name == "欧阳慧敏"

    with elsewhere.connect(), pytest.raises(BackupFailed, match="Somebody is at work"):
        restore(path, at=AT, over_what_is_there=True)

    former = restore(path, at=AT + timedelta(hours=1), over_what_is_there=True)

    assert Child.objects.get().name == NAME
    lead_to(elsewhere.called(former))
    assert Child.objects.get().name == "欧阳慧敏"


def test_a_file_that_is_not_whole_changes_nothing(register, elsewhere):
    path = back_up(register, at=AT)
    cut = register / name_of(AT + timedelta(days=1))
    cut.write_bytes(path.read_bytes()[:-1])
    before = _databases()

    for act in ("restore", "verify_backup"):
        with pytest.raises(CommandError, match="cut off"):
            call_command(act, cut)

    assert _databases() == before


def test_a_trail_that_differs_by_one_row_is_told():
    before = Contents(rows={"audit_auditentry": 2, "children_child": 1}, trail={"audit_auditentry": "a"})
    after = Contents(rows={"audit_auditentry": 2}, trail={"audit_auditentry": "b"})

    assert before.differences_to(after) == [
        "children_child: 1 rows were backed up, 0 came back",
        "audit_auditentry: the rows of the trail are not those that were backed up",
    ]


def test_a_disk_that_is_full_leaves_no_file(register):
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, was[1]))
    try:
        with pytest.raises(BackupFailed, match="cannot be written"):
            back_up(register, at=AT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)

    assert [entry.name for entry in register.iterdir()] == [".lock"]


def test_a_backup_that_fails_half_way_leaves_no_file(register, settings, tmp_path):
    """A pg_dump that dies in the middle, as for want of disk."""
    dying = tmp_path / "programs" / "pg_dump"
    dying.parent.mkdir()
    dying.write_text("#!/bin/sh\nhead -c 3000000 /dev/zero\necho 'pg_dump: error: out of it' >&2\nexit 3\n")
    dying.chmod(0o755)
    settings.PG_PROGRAMS = str(dying.parent)

    with pytest.raises(BackupFailed, match="pg_dump ended with code 3: pg_dump: error: out of it"):
        back_up(register, at=AT)

    assert [entry.name for entry in register.iterdir()] == [".lock"]


def test_what_a_killed_backup_left_is_cleared_away_by_the_next_one(register):
    register.mkdir()
    holder = register / f".{name_of(AT)}.half-made"
    holder.write_bytes(b"half")

    path = back_up(register, at=AT + timedelta(hours=1))

    assert sorted(entry.name for entry in register.iterdir()) == [".lock", path.name]


def test_the_oldest_go_when_there_are_enough(register):
    register.mkdir()
    for day in range(1, 6):
        (register / name_of(AT - timedelta(days=day))).write_bytes(b"old")
    (register / "ccmp-of-somebody-else.backup").write_bytes(b"not ours")

    path = back_up(register, at=AT, keep=3)

    assert [made_at for made_at, _path in kept_backups(register)] == [AT - timedelta(days=n) for n in (2, 1, 0)]
    assert last_backup_at(register) == AT
    assert path.exists()
    assert (register / "ccmp-of-somebody-else.backup").exists()


def test_a_backup_is_due_once_a_night(register, settings):
    settings.BACKUP_FOLDER = str(register)
    night = datetime(2026, 11, 29, 18, 30, tzinfo=UTC)  # 02:30 in China

    assert is_due(None, at=night)
    assert not is_due(night, at=night + timedelta(hours=20))
    assert is_due(night, at=night + timedelta(hours=24))
    assert is_due(night - timedelta(minutes=1), at=night)

    back_up_at_night()
    back_up_at_night()

    assert len(kept_backups(register)) == 1


def test_no_password_stands_among_the_arguments_of_a_program(register, settings):
    settings.BACKUP_DATABASE_URL = "postgresql://keeper:not-to-be-read@db.example.org:5433/ccmp"

    database = Database.ours()

    assert (database.user, database.host, database.name) == (
        "keeper",
        "db.example.org",
        connection.settings_dict["NAME"],
    )
    assert database.environment()["PGPASSWORD"] == "not-to-be-read"


def _databases() -> list[str]:
    with Database.ours().maintenance() as line:
        return [name for (name,) in line.execute("SELECT datname FROM pg_database ORDER BY 1")]


def test_the_programs_of_the_wheel_are_there():
    for name in ("pg_dump", "pg_restore", "pg_basebackup"):
        subprocess.run([program(name), "--version"], check=True, capture_output=True)
