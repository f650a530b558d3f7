from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ccmp import moments
from ccmp.privacy.services.evidence import print_evidence
from ccmp.refusals import Refusal


class Command(BaseCommand):
    help = "Write the compliance evidence of a year as a PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, year: int, file: Path, **_options: Any) -> None:
        try:
            content = print_evidence(year, by=None, at=moments.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        file.write_bytes(content)
        self.stdout.write(f"{file}: {len(content)} bytes")
