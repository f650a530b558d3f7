"""The diagrams of `docs/diagrams/`, drawn from the very tables by which states move."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import TextChoices
from django.utils.translation import override

from ccmp.privacy.enums import NEXT_INCIDENT_STATES, NEXT_REQUEST_STATES, IncidentState, RequestState
from ccmp.reports.enums import NEXT_STATES, ReportState
from children.enums import NEXT_APPLICATION_STATES, NEXT_TRANSFER_STATES, ApplicationState, TransferState
from referrals.enums import NEXT_REFERRAL_STATES, NEXT_TASK_STATES, ReferralState, TaskState
from visits.enums import NEXT_FLAG_STATES, FlagState

FOLDER = Path(settings.BASE_DIR) / "docs" / "diagrams"
Table = tuple[str, type[TextChoices], Mapping[str, frozenset[str]], str]
TABLES: dict[str, Table] = {
    "flags": ("A flag", FlagState, NEXT_FLAG_STATES, "visits/enums.py"),
    "referrals": ("A referral", ReferralState, NEXT_REFERRAL_STATES, "referrals/enums.py"),
    "tasks": ("A department's task", TaskState, NEXT_TASK_STATES, "referrals/enums.py"),
    "applications": ("An application for a benefit", ApplicationState, NEXT_APPLICATION_STATES, "children/enums.py"),
    "transfers": ("A transfer of a child", TransferState, NEXT_TRANSFER_STATES, "children/enums.py"),
    "requests": ("A guardian's request", RequestState, NEXT_REQUEST_STATES, "ccmp/privacy/enums.py"),
    "incidents": ("An incident", IncidentState, NEXT_INCIDENT_STATES, "ccmp/privacy/enums.py"),
    "reports": ("A report", ReportState, NEXT_STATES, "ccmp/reports/enums.py"),
}


def diagram(title: str, states: type[TextChoices], following: Mapping[str, frozenset[str]], source: str) -> str:
    """A page of Markdown with a Mermaid state diagram: states in the order of their enum, the first one begins."""
    lines = [
        f"# {title}",
        "",
        f"Drawn from `{source}` by `manage.py diagrams`; a test fails when it no longer agrees.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f"    {line}" for line in _lines(states, following)),
        "```",
    ]
    return "\n".join(lines) + "\n"


def _lines(states: type[TextChoices], following: Mapping[str, frozenset[str]]) -> Iterator[str]:
    order = list(states.values)
    with override("en"):
        for state in states:
            yield f"{state.value}: {state.label}"
    yield f"[*] --> {order[0]}"
    for came_from in order:
        for goes_to in sorted(following[came_from], key=order.index):
            yield f"{came_from} --> {goes_to}"
        if not following[came_from]:
            yield f"{came_from} --> [*]"


class Command(BaseCommand):
    help = "Draw the state diagrams of docs/diagrams/ from the tables of next states."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a diagram has drifted")

    def handle(self, *, check: bool, **options: Any) -> None:
        drawn = {FOLDER / f"{name}.md": diagram(*table) for name, table in TABLES.items()}
        drifted = [path for path, text in drawn.items() if not path.exists() or path.read_text("utf-8") != text]
        if check and drifted:
            names = ", ".join(path.name for path in drifted)
            raise CommandError(f"{names} no longer agrees with the tables. Run: manage.py diagrams")
        for path in drifted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(drawn[path], "utf-8")
            self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}")
