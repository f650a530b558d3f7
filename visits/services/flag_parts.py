"""What higher floors know of a flag and show on its page: they are named in the settings, not imported."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from ccmp.people.models import User
from visits.models import Flag


@dataclass(frozen=True)
class FlagPart:
    """A section of a flag's page: its template and what it tells."""

    section: str
    values: dict[str, Any] = field(default_factory=dict)


def parts_of_flag(flag: Flag, user: User) -> list[FlagPart]:
    found = [import_string(more)(flag, user) for more in settings.PARTS_OF_A_FLAG]
    return [part for part in found if part is not None]
