from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from ccmp.patient_migrate import PatientMigrate
from ccmp.walls.building import build


class Command(PatientMigrate):
    help = "Change the tables as their owner does (OWNER_DATABASE_URL), and build the wall around them anew."

    def execute(self, *args: Any, **options: Any) -> Any:
        """As the owner from the start: Django's checks ask the server first, where the program's role may be missing still."""
        connection: Any = connections[options.get("database") or "default"]
        with connection.as_owner():
            return super().execute(*args, **options)

    def afterwards(self, connection: Any, **options: Any) -> None:
        if not (options["check_unapplied"] or options["plan"]):
            for name in settings.AFTER_MIGRATION:
                import_string(name)(connection)

    def handle(self, *args: Any, **options: Any) -> None:
        connection: Any = connections[options["database"]]
        super().handle(*args, **options)
        if not (options["check_unapplied"] or options["plan"]):
            build(connection, role=connection.program_role, password=connection.program_password)
