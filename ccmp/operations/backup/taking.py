"""Making a backup: one snapshot of the database, then the reports' files, sealed on their way to the disk."""

import fcntl
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import psycopg
from django.conf import settings
from psycopg import IsolationLevel

from ccmp.operations.backup.contents import contents_of, roles_of
from ccmp.operations.backup.failure import BackupFailed
from ccmp.operations.backup.kept import HALF, let_go_of_the_oldest, name_of
from ccmp.operations.backup.keys import read_keys
from ccmp.operations.backup.server import PIPE, Database, running
from ccmp.operations.backup.stream import PIECE_BYTES, Kind, SealedWriter


def back_up(folder: Path, *, at: datetime, keep: int | None = None) -> Path:
    """A new backup in this folder, there under its name when it is whole and on the disk, or not at all.

    With `keep` the oldest beyond that number are let go of, after the new one is there. Raises BackupFailed.
    """
    keys = read_keys(settings.BACKUP_KEYS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone_in(folder):
        path = folder / name_of(at)
        with _whole_or_not_at_all(path) as file:
            writer = SealedWriter(file, keys=keys, made_at=at)
            writer.end(_write_everything(writer) | {"made_at": at.isoformat()})
        if keep is not None:
            let_go_of_the_oldest(folder, keep=keep)
    return path


def _write_everything(writer: SealedWriter) -> dict[str, Any]:
    """Files come after the snapshot: each one that a row of it names is there."""
    with Database.ours().connect() as line:
        line.isolation_level, line.read_only = IsolationLevel.REPEATABLE_READ, True
        [snapshot] = line.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        _write_database(writer, snapshot=str(snapshot))
        told = _told_of(line)
    return told | {"files": _write_files(writer, Path(settings.MEDIA_ROOT))}


def _told_of(line: psycopg.Connection[Any]) -> dict[str, Any]:
    counted = contents_of(line)
    return {
        "rows": counted.rows,
        "trail": counted.trail,
        "roles": roles_of(line),
        "server": line.info.server_version,
    }


def _write_database(writer: SealedWriter, *, snapshot: str) -> None:
    options = ("--format=custom", "--no-owner", f"--snapshot={snapshot}")
    with running("pg_dump", *options, on=Database.ours(), stdout=PIPE) as dump:
        assert dump.stdout is not None
        while piece := dump.stdout.read(PIECE_BYTES):
            writer.write(Kind.DATABASE, piece)


def _write_files(writer: SealedWriter, root: Path) -> int:
    """A report's file may be made anew meanwhile: one that is gone when its turn comes is not waited for."""
    written = 0
    with tarfile.open(fileobj=_Frames(writer), mode="w|", bufsize=PIECE_BYTES) as archive:  # type: ignore[call-overload]
        for path in sorted(root.rglob("*")) if root.is_dir() else []:
            if path.is_file() and not path.is_symlink():
                with suppress(FileNotFoundError):
                    archive.add(path, arcname=path.relative_to(root).as_posix(), recursive=False)
                    written += 1
    return written


class _Frames:
    """What tarfile writes to."""

    def __init__(self, writer: SealedWriter) -> None:
        self.writer = writer

    def write(self, content: bytes) -> int:
        self.writer.write(Kind.FILES, bytes(content))
        return len(content)


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[IO[bytes]]:
    half = path.with_name(f".{path.name}{HALF}")
    try:
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
        _settle(path.parent)
    except OSError as error:
        raise BackupFailed(f"The backup cannot be written to {path.parent}: {error.strerror}.") from error
    finally:
        half.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One backup at a time; what a killed one left half-made is cleared away."""
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed(f"Another backup is being made in {folder}. Wait for it.") from None
        for left in folder.glob(f".ccmp-*{HALF}"):
            left.unlink(missing_ok=True)
        yield
