from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccmp.places.services.import_divisions import import_divisions, read_text
from ccmp.refusals import Refusal

SHOWN = 20


class Command(BaseCommand):
    help = "Bring divisions in from a CSV of 12-digit codes (see ccmp/places/data/README.md). Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        try:
            done = import_divisions(lines=read_text(content).splitlines())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if done.refused:
            rows = [f"  row {row.number}: {row.reason}" for row in done.refused[:SHOWN]]
            rows += [f"  and {len(done.refused) - SHOWN} more"] if len(done.refused) > SHOWN else []
            raise CommandError("\n".join(["Nothing was written. These rows cannot be taken:", *rows]))
        self.stdout.write(f"{done.new} places new, {done.changed} changed, {done.same} as they were.")
