from typing import Any

from django.db import connections

from ccmp.patient_migrate import PatientMigrate
from ccmp.walls.building import build


class Command(PatientMigrate):
    help = "Change the tables as their owner does (OWNER_DATABASE_URL), and build the wall around them anew."

    def handle(self, *args: Any, **options: Any) -> None:
        connection: Any = connections[options["database"]]
        role, password = connection.program_role, connection.program_password
        with connection.as_owner():
            super().handle(*args, **options)
            if not (options["check_unapplied"] or options["plan"]):
                build(connection, role=role, password=password)
