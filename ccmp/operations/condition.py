"""Whether what the programme stands on is there. Each part is looked at by itself, and says what is wrong in a sentence."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

from ccmp.operations.backup import last_backup_at
from ccmp.operations.signs_of_life import WORKER

SILENT_AFTER = 150  # seconds; a worker shows itself every 30
OLD_AFTER = timedelta(hours=30)
PAGES_GO_ON_WITHOUT = frozenset({"worker", "backup"})


@dataclass(frozen=True)
class Part:
    """A part and what is wrong with it, if anything is."""

    name: str
    wrong: str = ""

    @property
    def is_well(self) -> bool:
        return not self.wrong

    @property
    def is_needed(self) -> bool:
        """Without it no page can be answered; else somebody should look, and pages go on."""
        return self.name not in PAGES_GO_ON_WITHOUT


def condition(*, at: datetime) -> list[Part]:
    database, broker = _database(), _broker()
    parts = [database, broker, _disk()]
    parts.append(_migrations() if database.is_well else Part("migrations", "not known: the database is away"))
    parts.append(_worker(at) if broker.is_well else Part("worker", "not known: the broker is away"))
    if settings.BACKUP_FOLDER:
        parts.append(_backup(at))
    return parts


def worker_silent_for(at: datetime) -> float | None:
    """Seconds since a worker showed itself; None if none ever did, or nobody remembers."""
    seen = cache.get(WORKER)
    return None if seen is None else max(0.0, at.timestamp() - float(seen))


def backup_age(at: datetime) -> timedelta | None:
    last = last_backup_at(Path(settings.BACKUP_FOLDER)) if settings.BACKUP_FOLDER else None
    return None if last is None else at - last


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except (DatabaseError, InterfaceError) as error:
        connection.close()
        return Part("database", f"it does not answer ({type(error).__name__})")
    return Part("database")


def _broker() -> Part:
    try:
        cache.set("ready", 1, timeout=10)
        is_well = cache.get("ready") == 1
    except RedisError as error:
        return Part("broker", f"it does not answer ({type(error).__name__})")
    return Part("broker", "" if is_well else "it forgets what it is told")


def _disk() -> Part:
    try:
        free = shutil.disk_usage(settings.VAR).free
    except OSError as error:
        return Part("disk", f"VAR cannot be looked at ({error.strerror})")
    is_well = free >= settings.LOWEST_FREE_DISK
    return Part("disk", "" if is_well else f"only {free // 2**20} MiB are free where VAR lies")


def _migrations() -> Part:
    """Once all are applied this process does not look again: its own code does not change."""
    try:
        waiting = _waiting_migrations() if not _all_applied() else 0
    except (DatabaseError, InterfaceError) as error:
        return Part("migrations", f"not known ({type(error).__name__})")
    return Part("migrations", f"{waiting} are not applied: run manage.py migrate" if waiting else "")


_applied: set[str] = set()


def _all_applied() -> bool:
    return str(connection.settings_dict["NAME"]) in _applied


def _waiting_migrations() -> int:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        _applied.add(str(connection.settings_dict["NAME"]))
    return waiting


def _worker(at: datetime) -> Part:
    silent = worker_silent_for(at)
    if silent is None:
        return Part("worker", "none has shown itself yet: look at worker and beat")
    is_well = silent < SILENT_AFTER
    return Part("worker", "" if is_well else f"none has shown itself for {silent:.0f} s")


def _backup(at: datetime) -> Part:
    age = backup_age(at)
    if age is None:
        return Part("backup", "there is none in BACKUP_FOLDER")
    is_well = age < OLD_AFTER
    return Part("backup", "" if is_well else f"the newest is {age.total_seconds() / 3600:.0f} hours old")
