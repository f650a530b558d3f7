from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader

from ccmp.operations.landed import ALLOWED, LANDED
from ccmp.operations.safe_changes import Danger, dangers_of


class Command(BaseCommand):
    help = "Refuse changes of tables that would stop somebody's work. Asks no database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._dangers()
        dangers = [danger for danger in found if danger.key not in ALLOWED]
        old = ALLOWED.keys() - {danger.key for danger in found}
        sentences = [str(danger) for danger in dangers] + [
            f"{key} is allowed, and there is no such thing" for key in old
        ]
        if sentences:
            how = "Change them, or say in ccmp/operations/landed.py why they may be done while everybody works."
            raise CommandError("\n".join([*sentences, how]))
        self.stdout.write("Every migration may be applied while everybody works.")

    def _dangers(self) -> list[Danger]:
        loader = MigrationLoader(None)
        ours = sorted(key for key in loader.graph.nodes if _is_ours(key[0]) and key not in LANDED)
        return [
            danger
            for key in ours
            for danger in dangers_of(loader.graph.nodes[key], loader.project_state(key, at_end=False))
        ]


def _is_ours(app: str) -> bool:
    folder = apps.get_app_config(app).path
    return folder.startswith(str(settings.BASE_DIR)) and "site-packages" not in folder
