from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ccmp.audit.verifying import verify_trail


class Command(BaseCommand):
    help = (
        "Check that no line of the audit trail was changed, removed, put in or put elsewhere. Ends with 1 if one was."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = verify_trail()
        self.stdout.write(f"{found.entries} lines, {found.seals} links, {found.unsealed} lines not sealed yet")
        for sentence in found.wrong:
            self.stdout.write(sentence)
        if not found.is_whole:
            raise CommandError(f"The trail is not what was written: {len(found.wrong)} findings.")
        self.stdout.write("The trail is whole.")
