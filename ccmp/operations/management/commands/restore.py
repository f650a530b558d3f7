from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccmp.moments import now
from ccmp.operations.backup import BackupFailed, restore


class Command(BaseCommand):
    help = "Put a backup in the place of the database and the reports' files. Stop web, worker and beat first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--over-what-is-there",
            action="store_true",
            help="even if the database holds rows; it is kept under another name",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            former = restore(options["file"], at=now(), over_what_is_there=options["over_what_is_there"])
        except BackupFailed as failure:
            raise CommandError(str(failure)) from None
        kept = f" The former database is kept as {former}; drop it when nobody misses anything." if former else ""
        self.stdout.write(f"Restored, and held against what was backed up.{kept} Now: manage.py migrate.")
