from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccmp.demo.codes import code_of
from ccmp.moments import now
from ccmp.refusals import Refusal


class Command(BaseCommand):
    help = "The code of the second step that an invented official types now. Of real people none is told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the username, as in var/accounts.txt")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(code_of(options["name"], at=now()))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
