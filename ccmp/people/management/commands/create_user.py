import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ccmp.moments import now
from ccmp.people.enums import Role
from ccmp.people.models import Department
from ccmp.people.services.accounts import create_user
from ccmp.people.services.postings import post_person
from ccmp.people.trail import note
from ccmp.places.models import PROGRAMME_CODE, Place
from ccmp.refusals import Refusal


class Command(BaseCommand):
    help = "Make an account and post it. The password is read from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the username")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--place", default=PROGRAMME_CODE, help="12-digit code; the whole programme when left out")
        parser.add_argument("--full-name", default="", help="the person's name; the username when left out")
        parser.add_argument("--department", default="", help="the department's name, for a department officer")

    def handle(self, *args: Any, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\n")
        try:
            self._make(password, options)
        except Refusal as refusal:
            raise CommandError(f"{refusal} Nothing was written.") from None
        self.stdout.write(f"{options['name']} serves as {options['role']} at {options['place']} from now on.")

    @transaction.atomic
    def _make(self, password: str, options: dict[str, Any]) -> None:
        place = Place.objects.filter(pk=options["place"]).first()
        if place is None:
            raise CommandError(
                f"No place has the code {options['place']}. Bring in the divisions with import_divisions first."
            )
        department = Department.objects.of_county(place.code).filter(name=options["department"]).first()
        user = create_user(
            username=options["name"], full_name=options["full_name"] or options["name"], password=password
        )
        at = now()
        note(by=None, at=at, did="made an account", on=user)
        post_person(
            user=user, role=Role(options["role"]), place=place, department=department, starts_at=at, by=None, at=at
        )
