from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ccmp import moments
from ccmp.privacy.services.retention import due_now, execute_schedule, held_now
from ccmp.walls.asking import whole_reach


class Command(BaseCommand):
    help = "Let go whatever is over by the retention schedule (ccmp/privacy/data/retention.yaml)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many rows each rule would let go")

    @whole_reach("what is over is let go wherever it lies")
    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        at = moments.now()
        if dry_run:
            counts, held = due_now(at=at), held_now(at=at)
        else:
            run = execute_schedule(at=at)
            counts, held = run.counts, run.held
        for name, number in counts.items():
            self.stdout.write(f"{name}: {number}")
        self.stdout.write(f"kept by a legal hold: {held}")
