"""Changes as they are read: when, who, by what, which record, which fields, and what an open field went from and to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from ccmp.changes.models import MODELS
from ccmp.changes.triggers import BARE
from ccmp.classified import fields_of
from ccmp.people.models import User

LONGEST = 60  # characters of a value; what is longer is a table of figures
BY_HAND, BY_PROGRAM = "hand", "program"


@dataclass(frozen=True)
class Asked:
    """Which changes one looks at."""

    kind: str = ""
    row: str = ""
    who: str = ""
    how: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True)
class Field:
    """One field that differed. Only of an open one is it told what stood in it, and what stands there after."""

    name: str
    is_open: bool
    was: Any = None
    became: Any = None


@dataclass(frozen=True)
class Line:
    number: int
    at: datetime
    kind: str
    row: str
    is_removal: bool
    by: str  # the key of who did it, as it was told; nobody checks that it is one
    what: str
    role: str
    is_by_hand: bool  # nothing was told: it came past the program
    fields: tuple[Field, ...]
    who: User | None = None


def lines_of(asked: Asked, *, limit: int) -> list[Line]:
    """The newest first. One query for the numbers, two for each kind among them, one for the people."""
    numbers: dict[str, list[int]] = {}
    for kind, number in _numbers(asked)[:limit]:
        numbers.setdefault(kind, []).append(number)
    found = [one for kind, of_kind in numbers.items() for one in _lines(kind, of_kind)]
    people = User.objects.in_bulk({key for one in found for key in _people_in(one)})
    lines = [_with_people(one, people) for one in found]
    return sorted(lines, key=lambda line: -line.number)


def _numbers(asked: Asked) -> "QuerySet[Any]":
    """(kind, number) of every table, merged: all numbers come from one sequence."""
    kinds = [asked.kind] if asked.kind in MODELS else list(MODELS)
    parts = [_narrowed(kind, asked).annotate(pgh_kind=Value(kind, CharField())) for kind in kinds]
    pairs = [part.order_by().values_list("pgh_kind", "pgh_id") for part in parts]
    merged: QuerySet[Any] = reduce(lambda one, other: one.union(other, all=True), pairs)
    return merged.order_by("-pgh_id")


def _narrowed(kind: str, asked: Asked) -> "QuerySet[Any]":
    rows: QuerySet[Any] = MODELS[kind]._default_manager.all()
    if asked.row:
        rows = _of_row(rows, kind, asked.row)
    if asked.who:
        named = User.objects.filter(Q(full_name__icontains=asked.who) | Q(username=asked.who))
        keys = named.annotate(key=Cast("pk", CharField())).values("key")
        rows = rows.alias(pgh_by=KeyTextTransform("who", "pgh_context")).filter(pgh_by__in=keys)
    if asked.how:
        rows = rows.filter(pgh_context__isnull=asked.how == BY_HAND)
    if asked.since:
        rows = rows.filter(pgh_created_at__gte=asked.since)
    if asked.until:
        rows = rows.filter(pgh_created_at__lt=asked.until)
    return rows.filter(pgh_id__lt=asked.before) if asked.before else rows


def _of_row(rows: "QuerySet[Any]", kind: str, key: str) -> "QuerySet[Any]":
    """What cannot be a key of this kind is none of its rows."""
    name = _key(kind)
    try:
        value = rows.model.pgh_tracked_model._meta.pk.to_python(key)
    except ValidationError:
        return rows.none()
    return rows.filter(**{name: value}) if len(str(value)) <= 40 else rows.none()


def _key(kind: str) -> str:
    return str(MODELS[kind].pgh_tracked_model._meta.pk.attname)


def _open_columns(kind: str) -> dict[str, str]:
    """Open field → column's attribute. The others are not read at all."""
    told = fields_of(kind)
    fields = MODELS[kind].pgh_tracked_model._meta.concrete_fields
    return {
        field.name: field.attname for field in fields if told[field.name].level == "open" and told[field.name].is_copied
    }


def _lines(kind: str, numbers: Sequence[int]) -> Iterator[Line]:
    model, key, columns = MODELS[kind], _key(kind), _open_columns(kind)
    said = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_changed", "pgh_context", "pgh_role")
    shown = list(dict.fromkeys([*said, key, *columns.values()]))
    wanted = model._default_manager.filter(pgh_id__in=numbers).order_by().values("pgh_id", key)
    keys = [row[key] for row in wanted]
    later = model._default_manager.filter(pgh_id__gte=min(numbers), **{f"{key}__in": keys}).order_by("pgh_id")
    states: dict[Any, list[Mapping[str, Any]]] = {}
    for row in later.values(*shown):
        states.setdefault(row[key], []).append(row)
    tracked = model.pgh_tracked_model
    now: dict[Any, Mapping[str, Any]] = {
        row[key]: row for row in tracked._base_manager.filter(pk__in=keys).values(key, *columns.values())
    }
    for row_key, rows in states.items():
        following = now.get(row_key)
        for row in reversed(rows):
            if row["pgh_id"] in numbers:
                yield _line(kind, row, following, columns)
            if row["pgh_label"] != BARE:  # it says nothing of what stood in the row
                following = row


def _line(kind: str, row: Mapping[str, Any], following: Mapping[str, Any] | None, columns: Mapping[str, str]) -> Line:
    context = row["pgh_context"] or {}
    return Line(
        number=row["pgh_id"],
        at=row["pgh_created_at"],
        kind=kind,
        row=str(row[_key(kind)]),
        is_removal=row["pgh_label"] == "delete",
        by=str(context.get("who", "")),
        what=str(context.get("what", "")),
        role=row["pgh_role"],
        is_by_hand=row["pgh_context"] is None,
        fields=tuple(_field(name, row, following, columns) for name in row["pgh_changed"] or ()),
    )


def _field(name: str, row: Mapping[str, Any], following: Mapping[str, Any] | None, columns: Mapping[str, str]) -> Field:
    if name not in columns:
        return Field(name, is_open=False)
    column = columns[name]
    return Field(name, is_open=True, was=row[column], became=following[column] if following else None)


def _people_in(line: Line) -> Iterator[UUID]:
    if key := _as_key(line.by):
        yield key
    yield from (value for field in line.fields for value in (field.was, field.became) if isinstance(value, UUID))


def _with_people(line: Line, people: Mapping[UUID, User]) -> Line:
    fields = tuple(
        Field(one.name, one.is_open, was=_shown(one.was, people), became=_shown(one.became, people))
        for one in line.fields
    )
    key = _as_key(line.by)
    return replace(line, who=people.get(key) if key else None, fields=fields)


def _as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _shown(value: Any, people: Mapping[UUID, User]) -> Any:
    """Somebody of the staff by her name; days and moments as they are, for the page to write; all else as text."""
    if value is None or isinstance(value, bool | datetime | date):
        return value
    if isinstance(value, UUID) and value in people:
        return people[value].full_name
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
