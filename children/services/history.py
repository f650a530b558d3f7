"""What became of a file, and of the child in it: who said what, when, newest first. Every floor tells its own part.

Each part is called as f(child, user, on=) and leaves out what this reader may not know. Those of higher floors are named in
settings.PARTS_OF_A_HISTORY.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from ccmp.people.models import User
from children.models import Child

OWN_PARTS = [
    *(
        f"children.services.history_said.{name}"
        for name in ("registered", "changed", "decided", "moved", "handed_over")
    ),
    *(f"children.services.history_trust.{name}" for name in ("confirmed", "checked", "agreed")),
    *(f"children.services.history_trust.{name}" for name in ("in_touch", "looked_after", "in_difficulty", "claimed")),
]
LATE = timedelta(days=1)  # what arrived later than this is told with both moments


@dataclass(frozen=True)
class Detail:
    """One field: what it said, and what it says since."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """One line of a history. `at`: when the server got it; `made_at`: when it was written down. Without a name: a dated fact."""

    at: datetime
    made_at: datetime
    by: str
    words: str
    note: str = ""
    details: tuple[Detail, ...] = ()
    is_a_day: bool = False  # the fact has a day and no moment

    @property
    def came_late(self) -> bool:
        return self.at - self.made_at > LATE


def history_of(child: Child, user: User, *, on: date) -> list[Happening]:
    """Everything that this reader may know, newest first. A bounded number of queries, however long the history is."""
    parts = [*OWN_PARTS, *settings.PARTS_OF_A_HISTORY]
    found = [one for part in parts for one in import_string(part)(child, user, on=on)]
    return sorted(found, key=lambda one: (one.at, one.made_at, one.words), reverse=True)
