"""Settings of the upkeep, read from the environment; settings.py takes them over."""

from typing import Any

import environ
from celery.schedules import crontab

env = environ.Env()

BACKUP_KEYS = env.str("BACKUP_KEYS", default="")  # "1:<base64 of 32 bytes>,2:…", the highest number seals
BACKUP_FOLDER = env.str("BACKUP_FOLDER", default="")  # named: the worker makes a backup there every night
BACKUP_KEEP = env.int("BACKUP_KEEP", default=30)
BACKUP_DATABASE_URL = env.str("BACKUP_DATABASE_URL", default="")  # a role that may read every row and make databases
PG_PROGRAMS = env.str("PG_PROGRAMS", default="")  # the folder of pg_dump and pg_restore, if not the wheel's
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
LOWEST_FREE_DISK = env.int("LOWEST_FREE_DISK", default=512 * 1024 * 1024)  # bytes; with less, nothing is ready
MIGRATION_LOCK_TIMEOUT = env.str("MIGRATION_LOCK_TIMEOUT", default="3s")
MIGRATION_STATEMENT_TIMEOUT = env.str("MIGRATION_STATEMENT_TIMEOUT", default="15min")

SECONDS_TO_REACH_THE_DATABASE = 5
SECONDS_TO_REACH_THE_BROKER = 3

UPKEEP_SCHEDULE: dict[str, dict[str, Any]] = {
    "show that a worker is at work": {"task": "operations.show_life", "schedule": 30.0, "options": {"expires": 60}},
}
if BACKUP_FOLDER:
    # Every hour: a night that was missed is made up for in the morning.
    UPKEEP_SCHEDULE["make the night's backup"] = {"task": "operations.back_up", "schedule": crontab(minute=30)}
