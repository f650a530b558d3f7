"""What higher floors know of a child and show beside its file: they are named in the settings, not imported."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from ccmp.people.models import User
from children.models import Child


@dataclass(frozen=True)
class Mark:
    """A state's shape and its word beside a child's name."""

    state: str
    word: str


@dataclass(frozen=True)
class FilePart:
    """A part of a child's file: templates for the mark at the name, the line below it, and the section."""

    mark: str
    line: str
    section: str
    values: dict[str, Any] = field(default_factory=dict)


def marks_of(children: Sequence[Child], *, on: date) -> dict[UUID, Mark]:
    """The mark of each child that has one."""
    marks: dict[UUID, Mark] = {}
    for more in settings.MARKS_OF_CHILDREN:
        marks |= import_string(more)(children, on=on)
    return marks


def parts_of_file(child: Child, user: User, *, at: datetime) -> list[FilePart]:
    return [import_string(more)(child, user, at=at) for more in settings.PARTS_OF_A_CHILDS_FILE]
