"""The backups of a folder: how they are called, which is the newest, which are old enough to go."""

import re
from datetime import UTC, datetime
from pathlib import Path

NAME = re.compile(r"ccmp-(\d{8}T\d{6})Z\.backup")
STAMP = "%Y%m%dT%H%M%S"
HALF = ".half-made"


def name_of(made_at: datetime) -> str:
    return f"ccmp-{made_at.astimezone(UTC).strftime(STAMP)}Z.backup"


def kept_backups(folder: Path) -> list[tuple[datetime, Path]]:
    """Oldest first. What is called otherwise is nobody's business here."""
    found = ((NAME.fullmatch(path.name), path) for path in folder.glob("ccmp-*.backup"))
    return sorted(
        (datetime.strptime(match.group(1), STAMP).replace(tzinfo=UTC), path) for match, path in found if match
    )


def last_backup_at(folder: Path) -> datetime | None:
    kept = kept_backups(folder)
    return kept[-1][0] if kept else None


def let_go_of_the_oldest(folder: Path, *, keep: int) -> list[Path]:
    """All but the newest `keep`, of which there is at least one."""
    old = [path for _made_at, path in kept_backups(folder)[: -max(keep, 1)]]
    for path in old:
        path.unlink()
    return old
