"""Who runs PostgreSQL. It refuses to run as root, so root runs it as `postgres`, or as `nobody` where there is none.

Where that account may not walk to (VAR in root's home), it is handed an open directory instead of a path: on Linux
/proc/self/fd/N leads through a directory that is already open.
"""

import os
import pwd
import shutil
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from ccmp.local_servers.failure import ServerFailed

KEPT_PROGRAMS = Path("/var/cache/ccmp")


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, object]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for(data: Path) -> Account | None:
    """None when we are not root: then the server runs as whoever we are."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        owner = data.stat()
        return Account(uid=owner.st_uid, gid=owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid)
    raise ServerFailed(
        "PostgreSQL does not run as root, and here is neither a user postgres nor nobody. Run as another user."
    )


def own_directory(path: Path, account: Account | None) -> None:
    """Make a directory that the account alone may enter, and refuse one that is somebody else's."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise ServerFailed(f"{path} is not a directory. Move it away.")
    ours = {os.geteuid()} | ({account.uid} if account else set())
    if found.st_uid not in ours:
        raise ServerFailed(f"{path} belongs to user number {found.st_uid}. Run as that user, or choose another VAR.")
    if account:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)


def may_reach(path: Path, account: Account | None) -> bool:
    if account is None:
        return True
    return all(_may_enter(parent.stat(), account) for parent in path.resolve().parents)


def _may_enter(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


class Doors:
    """Names under which a server's process finds our directories; use as a context manager around its start."""

    def __init__(self, account: Account | None) -> None:
        self.account = account
        self.held: list[int] = []

    def __enter__(self) -> "Doors":
        return self

    def __exit__(self, *_: object) -> None:
        for number in self.held:
            os.close(number)

    def to(self, directory: Path) -> str:
        if may_reach(directory, self.account):
            return str(directory)
        if sys.platform != "linux":
            raise ServerFailed(f"PostgreSQL does not run as root and cannot reach {directory}. Choose another VAR.")
        self.held.append(os.open(directory, os.O_RDONLY | os.O_DIRECTORY))
        return f"/proc/self/fd/{self.held[-1]}"


def reachable_programs(package: Path, libraries: Path, account: Account | None, version: str) -> Path:
    """The package itself, or a copy of it that the account may reach."""
    if may_reach(package / "any", account):
        return package
    kept = KEPT_PROGRAMS / f"{package.name}-{version}"
    if not kept.exists():
        KEPT_PROGRAMS.mkdir(parents=True, exist_ok=True)
        KEPT_PROGRAMS.chmod(0o755)
        half = KEPT_PROGRAMS / f".{kept.name}-{os.getpid()}"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(package, half / package.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        half.chmod(0o755)
        half.rename(kept)
    return kept / package.name
