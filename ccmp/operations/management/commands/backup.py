from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccmp.moments import now
from ccmp.operations.backup import BackupFailed, back_up


class Command(BaseCommand):
    help = "Write the database and the reports' files into one encrypted file of this folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, help="let go of the oldest backups beyond this number")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = back_up(options["folder"], at=now(), keep=options["keep"])
        except BackupFailed as failure:
            raise CommandError(str(failure)) from None
        self.stdout.write(f"{path} ({path.stat().st_size:,} bytes)")
