from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccmp.moments import now
from ccmp.operations.backup import BackupFailed, verify


class Command(BaseCommand):
    help = "Restore a backup into a database of its own, compare every table's rows and the trail, and drop it again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = verify(options["file"], at=now())
        except BackupFailed as failure:
            raise CommandError(str(failure)) from None
        rows = sum(told["rows"].values())
        self.stdout.write(
            f"Whole: {rows:,} rows in {len(told['rows'])} tables, {told['files']} files, of {told['made_at']}."
        )
