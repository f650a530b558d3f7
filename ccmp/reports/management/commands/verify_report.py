from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from ccmp.reports.models import Report
from ccmp.reports.services.verifying import verify_report
from ccmp.walls.asking import whole_reach


class Command(BaseCommand):
    help = "Check that a report's figures and files are those that were frozen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="the report's number, as its page's address has it")

    @whole_reach("a report is looked at on the server itself")
    def handle(self, *_args: Any, id: str, **_options: Any) -> None:
        try:
            found = verify_report(UUID(id))
        except ValueError as error:
            raise CommandError(f"{id} is not a report's number.") from error
        except Report.DoesNotExist as error:
            raise CommandError(f"There is no report {id}.") from error
        report = found.report
        if not report.is_frozen:
            raise CommandError(f"{report} is not frozen yet: there is nothing to check.")
        self.stdout.write(f"{report} {report.code}")
        self.stdout.write(f"figures: {'true' if found.figures_agree else 'NOT what was frozen'}")
        self.stdout.write(f"files: {'true' if found.files_agree else 'NOT what was made from them, or missing'}")
        if not found.is_whole:
            raise CommandError("This report is not what it was.")
