"""`migrate` that gives way. A change that waits for a table makes everybody behind it wait too: so it waits a moment, lets them
pass, and tries again."""

import time
from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections
from psycopg.errors import DeadlockDetected, LockNotAvailable

TRIES = 20
LONGEST_PAUSE = 10.0  # seconds


class PatientMigrate(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        for tried in range(1, TRIES + 1):
            try:
                self._once(*args, **options)
                return
            except OperationalError as error:
                if tried == TRIES or not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                    raise
                self.stderr.write(f"Somebody is at work on that table. Letting them pass, then trying again ({tried}).")
                connections[options["database"]].close()
                time.sleep(min(0.25 * 2**tried, LONGEST_PAUSE))

    def _once(self, *args: Any, **options: Any) -> None:
        """What was applied stays applied: each migration is its own transaction."""
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            for name, value in self._limits().items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
        try:
            super().handle(*args, **options)
            self.afterwards(connection, **options)
        finally:
            if connection.connection is not None and not connection.in_atomic_block:
                connection.close()

    def afterwards(self, connection: Any, **options: Any) -> None:
        """What else is done to tables, under the same limits, and tried again like them."""

    def _limits(self) -> dict[str, str]:
        return {
            "lock_timeout": settings.MIGRATION_LOCK_TIMEOUT,
            "statement_timeout": settings.MIGRATION_STATEMENT_TIMEOUT,
        }
