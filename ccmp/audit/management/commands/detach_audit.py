from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ccmp.audit.months import table_of
from ccmp.audit.putting_away import CannotBePutAway, put_away
from ccmp.moments import Month, now


class Command(BaseCommand):
    help = "Take a month that is over, sealed and verified out of the audit trail. Its seals and anchors stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="YYYY-MM")
        parser.add_argument(
            "--to", required=True, type=Path, help="the file that its lines are written into (.jsonl.gz)"
        )

    def handle(self, *_args: Any, month: str, to: Path, **_options: Any) -> None:
        try:
            asked = Month.parse(month)
            number = put_away(asked, to, at=now())
        except ValueError as error:
            raise CommandError(f"{month} is not a month. Write it as YYYY-MM.") from error
        except CannotBePutAway as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{number} lines of {asked} are in {to}.")
        self.stdout.write(
            f"The table {table_of(asked)} is detached; drop it once the file lies where it is to be kept."
        )
