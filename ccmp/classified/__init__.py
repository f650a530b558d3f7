"""What each field of each model holds (fields.txt), and what is done with a field of a kind. Knows no app."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ccmp.classified.kept import CHANGES, SAID, TOO_LARGE

TABLE = Path(__file__).resolve().parent / "fields.txt"
CLASSES = ("open", "personal", "sensitive", "confidential")
KINDS = ("", "number", "phone", "address", "health", "text", "file", "mark")
SEALED = frozenset({"number", "phone", "address", "health", "text", "file"})
MASKED = frozenset({"number", "phone"})
ON_ONE_FILE_ONLY = frozenset({"health"})  # in no list, export, notice, log line and report, and on no phone
FIELD = re.compile(r"(?P<name>\w+)(?:\((?P<kind>\w+)\))?")


@dataclass(frozen=True)
class Classified:
    """One field: `children.Child.resident_id` is sensitive, and a number."""

    model: str
    name: str
    level: str
    kind: str = ""

    @property
    def is_sealed(self) -> bool:
        return self.kind in SEALED

    @property
    def is_copied(self) -> bool:
        """Whether a change keeps what stood in it: neither what lies sealed nor a fingerprint is copied anywhere."""
        return not self.is_sealed and self.kind != "mark" and self.name not in TOO_LARGE.get(self.model, ())

    @property
    def is_masked(self) -> bool:
        return self.kind in MASKED

    @property
    def stays_on_its_file(self) -> bool:
        return self.kind in ON_ONE_FILE_ONLY


@cache
def classified() -> dict[str, Classified]:
    """The whole table, by `app.Model.field`. Raises ValueError for a line that cannot be understood, or told twice."""
    told: dict[str, Classified] = {}
    for one in _lines(TABLE.read_text(encoding="utf-8")):
        key = f"{one.model}.{one.name}"
        if key in told or one.level not in CLASSES or one.kind not in KINDS:
            raise ValueError(key)
        told[key] = one
    return told | {f"{one.model}.{one.name}": one for one in _of_changes(list(told.values()))}


def _of_changes(told: list[Classified]) -> Iterator[Classified]:
    """A field of a row as it stood before is what it is in the row; what a change says beside it tells of nobody."""
    for one in told:
        if one.model in CHANGES and one.is_copied:
            yield replace(one, model=CHANGES[one.model])
    for model in CHANGES.values():
        yield from (Classified(model, name, "open") for name in SAID)


def fields_of(model_label: str) -> dict[str, Classified]:
    """The fields of one model, by name."""
    return {one.name: one for one in classified().values() if one.model == model_label}


def sealed_fields() -> list[Classified]:
    """Every field that lies encrypted in the database, in the order of the table."""
    return [one for one in classified().values() if one.is_sealed]


def _lines(text: str) -> Iterator[Classified]:
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            model, level, *fields = line.split()
            for field in fields:
                found = FIELD.fullmatch(field)
                if found is None:
                    raise ValueError(line)
                yield Classified(model, found["name"], level, found["kind"] or "")
