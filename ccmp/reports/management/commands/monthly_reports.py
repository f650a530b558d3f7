from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ccmp import moments
from ccmp.moments import Month
from ccmp.places.models import PROGRAMME_CODE
from ccmp.refusals import Refusal
from ccmp.reports.models import MonthRun
from ccmp.reports.services.freezing import freeze_report
from ccmp.reports.services.printing import print_frozen_report
from ccmp.reports.services.runs import count_month, finish_run_if_done, start_run
from ccmp.reports.tasks import begin
from ccmp.walls.asking import whole_reach


class Command(BaseCommand):
    help = "Make a month's reports: the county editions, the foundation edition, the village sheets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="YYYY-MM, a month that is over")
        parser.add_argument("--place", default=PROGRAMME_CODE, help="12-digit code; without it, the whole programme")
        parser.add_argument("--here", action="store_true", help="make them in this process, without the workers")

    @whole_reach("a month is counted for every village of its place")
    def handle(self, *_args: Any, month: str, place: str, here: bool, **_options: Any) -> None:
        try:
            run = start_run(month=Month.parse(month), place_code=place, at=moments.now())
        except ValueError as error:
            raise CommandError("Write the month as YYYY-MM, for example 2026-10.") from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if here:
            self._make(run)
        else:
            begin(run)
            self.stdout.write(f"{run.month}: handed to the workers. See /reports/ for how far they are.")

    def _make(self, run: MonthRun) -> None:
        waiting = count_month(run.id, at=moments.now())
        for number, report_id in enumerate(waiting, start=1):
            freeze_report(report_id, at=moments.now())
            report = print_frozen_report(report_id, at=moments.now())
            if report is not None:
                self.stdout.write(f"{number}/{len(waiting)} {report.edition} {report.place_code} {report.code}")
        finish_run_if_done(run.id, at=moments.now())
        self.stdout.write(f"{run.month}: {run.reports.printed().count()} reports are ready.")
