import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ccmp.privacy.services.rotation import left_to_rotate, rotate_column, sealed_columns
from ccmp.sealed import newest_key
from ccmp.walls.asking import whole_reach


class Command(BaseCommand):
    help = "Seal anew, under the newest of FIELD_KEYS, what lies under an earlier one. Broken off, it goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help="rows in one transaction")
        parser.add_argument(
            "--pause", type=float, default=0, help="seconds between two batches, to leave room for others"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what is left")

    @whole_reach("what lies under an earlier key is sealed anew wherever it lies")
    def handle(self, *_args: Any, batch: int, pause: float, dry_run: bool, **_options: Any) -> None:
        if batch < 1:
            raise CommandError("A batch has at least one row.")
        columns = sealed_columns()
        for column in [] if dry_run else columns:
            for number in rotate_column(column, at_once=batch):
                self.stdout.write(f"{column}: {number} under key {newest_key()}")
                self.stdout.flush()
                time.sleep(pause)
        left = {str(column): number for column in columns if (number := left_to_rotate(column))}
        for name, number in left.items():
            self.stdout.write(f"{name}: {number} left under an earlier key")
        if not left:
            self.stdout.write(
                f"Everything lies under key {newest_key()}. Earlier keys may go once sessions have ended."
            )
