from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ccmp.audit.sealing import seal_trail
from ccmp.moments import now


class Command(BaseCommand):
    help = "Put lines of the audit trail that have no seal yet into the chain. A worker does it every minute by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--everything", action="store_true", help="look through the whole trail, not its newest part"
        )

    def handle(self, *_args: Any, everything: bool, **_options: Any) -> None:
        self.stdout.write(f"{seal_trail(at=now(), everything=everything)} lines sealed")
