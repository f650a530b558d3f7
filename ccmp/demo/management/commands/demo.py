import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccmp.demo.accounts import lines_of, open_accounts, write_accounts
from ccmp.demo.counties import kinds_by_village
from ccmp.demo.figures import figures
from ccmp.demo.making import begin, counties_of, left_half_way, make, processors
from ccmp.demo.models import DemoRun
from ccmp.moments import day_of, now
from ccmp.refusals import Refusal
from ccmp.walls.asking import whole_reach
from children.models import Child


class Command(BaseCommand):
    help = (
        "Fill an empty database with invented villages, children and months of facts, up to yesterday. The same numbers "
        "give the same data; killed half-way, the next run goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--villages", type=int, default=20, help="20: one county. 213: as the programme began")
        parser.add_argument("--months", type=int, default=6, help="whole months before this one")
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--children", type=int, help="in each village; without it 300 to 400")
        parser.add_argument("--today", type=date.fromisoformat, help="YYYY-MM-DD; not after the real today")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are children already")
        parser.add_argument("--processes", type=int, default=processors())

    @whole_reach("the invented county is written by nobody in particular")
    def handle(self, *args: Any, **options: Any) -> None:
        started, today = time.monotonic(), options["today"] or day_of(now())
        self._check(options, today)
        run = left_half_way() if options["if_empty"] else None
        if run is None and options["if_empty"] and Child.objects.exists():
            self.stdout.write("There are children already: nothing was added.")
            return
        try:
            run = run or begin(
                villages=options["villages"],
                months=options["months"],
                seed=options["seed"],
                today=today,
                children=options["children"],
                at=now(),
            )
            if run.done_at:
                self.stdout.write(f"This demo is here already: {run}.")
                return
            make(run, processes=options["processes"], say=self._say)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._finish(run, started, tell_accounts=options["verbosity"] > 0)

    def _check(self, options: dict[str, Any], today: date) -> None:
        if today > day_of(now()):
            raise CommandError("--today lies in the future: facts are never recorded before they happen.")
        if options["villages"] < 1 or options["months"] < 1 or (options["children"] or 1) < 1:
            raise CommandError("--villages, --months and --children are 1 or more.")

    def _say(self, words: str) -> None:
        self.stdout.write(f"  {words}")
        self.stdout.flush()

    def _finish(self, run: DemoRun, started: float, *, tell_accounts: bool) -> None:
        counties = counties_of(run)
        accounts = open_accounts(counties, kinds_by_village(run, counties), at=now())
        path = settings.VAR / "accounts.txt"
        write_accounts(accounts, path, today=run.today)
        run.done_at = now()
        run.save(update_fields=["done_at"])
        for name, rows in figures().items():
            self._say(f"{rows:>9,}  {name}")
        self.stdout.write(f"Invented data for {run} in {time.monotonic() - started:.1f} s.")
        if tell_accounts:
            self.stdout.write(f"Accounts (also in {path}):")
            for line in lines_of(accounts):
                self._say(line)
