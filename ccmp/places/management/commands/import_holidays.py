from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ccmp.places.services.import_holidays import import_holidays


class Command(BaseCommand):
    help = "Fill the table of public holidays and make-up working days. Days entered by hand are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        for done in import_holidays(years=options["year"]):
            self.stdout.write(
                f"{done.year}: {done.public_holidays} days off, {done.makeup_workdays} make-up working days"
                + (f", {done.kept} entered by hand and kept" if done.kept else "")
                + "."
            )
            if done.is_estimate:
                self.stderr.write(
                    f"{done.year}: no notice of the State Council is known here. The days of the law were entered as an "
                    "estimate: correct them by hand, or update chinesecalendar and run this again."
                )
