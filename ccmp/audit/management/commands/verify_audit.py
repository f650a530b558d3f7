from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ccmp.audit.verifying import verify_trail


class Command(BaseCommand):
    help = (
        "Check that no line of the audit trail was changed, removed, put in or put elsewhere. Ends with 1 if one was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--of-a-backup", action="store_true", help="anchors newer than the end of the trail are no finding"
        )

    def handle(self, *_args: Any, of_a_backup: bool, **_options: Any) -> None:
        found = verify_trail(of_a_backup=of_a_backup)
        self.stdout.write(f"{found.entries} lines, {found.seals} links, {found.unsealed} lines not sealed yet")
        for sentence in found.wrong:
            self.stdout.write(sentence)
        if not found.is_whole:
            raise CommandError(f"The trail is not what was written: {len(found.wrong)} findings.")
        self.stdout.write("The trail is whole.")
