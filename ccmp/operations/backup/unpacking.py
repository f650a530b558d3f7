"""From a sealed file into a database and a folder. The file has been read to its end before anything is written."""

import shutil
import tarfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings

from ccmp.operations.backup.contents import Contents, contents_of, lacking_roles
from ccmp.operations.backup.failure import BackupFailed
from ccmp.operations.backup.keys import read_keys
from ccmp.operations.backup.server import PIPE, Database, running
from ccmp.operations.backup.stream import PIECE_BYTES, Kind, read_frames, told_by


def read_whole(file: Path) -> dict[str, Any]:
    """What a backup says of itself, once each of its pieces has been opened. Raises BackupFailed."""
    try:
        with file.open("rb") as source:
            return told_by(source, keys=read_keys(settings.BACKUP_KEYS))
    except OSError as error:
        raise BackupFailed(f"{file} cannot be read: {error.strerror}.") from None


def check_roles(told: dict[str, Any]) -> None:
    with Database.ours().maintenance() as line:
        lacking = lacking_roles(line, told["roles"])
    if lacking:
        commands = " ".join(f'CREATE ROLE "{name}";' for name in lacking)
        raise BackupFailed(f"The server lacks roles that the backup grants rights to. Make them first: {commands}")


def unpack(file: Path, *, into: Database, files_into: Path) -> None:
    """All of the database in one transaction, then the files."""
    with file.open("rb") as source:
        frames = read_frames(source, keys=read_keys(settings.BACKUP_KEYS))
        after = _unpack_database(frames, into)
        _unpack_files(after, files_into)


def held_against(told: dict[str, Any], database: Database) -> list[str]:
    """What differs between a database and what a backup says that it should hold."""
    with database.connect() as line:
        return Contents(rows=told["rows"], trail=told["trail"]).differences_to(contents_of(line))


def _unpack_database(frames: Iterator[tuple[Kind, bytes]], into: Database) -> Iterator[tuple[Kind, bytes]]:
    options = ("--single-transaction", "--exit-on-error", "--no-owner", f"--dbname={into.name}")
    with running("pg_restore", *options, on=into, stdin=PIPE) as restoring:
        assert restoring.stdin is not None
        for kind, piece in frames:
            if kind is not Kind.DATABASE:
                return chain([(kind, piece)], frames)
            restoring.stdin.write(piece)
    raise BackupFailed("It holds a database and nothing behind it. Take another backup.")


def _unpack_files(frames: Iterator[tuple[Kind, bytes]], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    with tarfile.open(fileobj=_Pieces(frames), mode="r|", bufsize=PIECE_BYTES) as archive:  # type: ignore[call-overload]
        archive.extractall(folder, filter="data")
    for _frame in frames:  # to the end, so that its last frame is seen
        pass


class _Pieces:
    """What tarfile reads from: the frames of files, as one stream."""

    def __init__(self, frames: Iterator[tuple[Kind, bytes]]) -> None:
        self.frames = frames
        self.held = b""

    def read(self, length: int) -> bytes:
        while len(self.held) < length:
            kind, piece = next(self.frames, (Kind.LAST, b""))
            if kind is not Kind.FILES:
                break
            self.held += piece
        given, self.held = self.held[:length], self.held[length:]
        return given
