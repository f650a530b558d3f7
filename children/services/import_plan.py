"""What a brought register would do: for each row whether it is new, changes something, is the same, or is refused."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from children.entries import CarerEntry, ChildEntry, ParentEntry
from children.enums import FileField
from children.rules.care import ToldCare
from children.rules.sheet_cells import heading_of
from children.rules.sheet_rows import Row

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
KINDS = (REFUSED, NEW, CHANGED, SAME)
LOOK = "look"  # rows of any kind that have something to look at


@dataclass(frozen=True)
class Becomes:
    """A field that would become another one: its heading, what the file says, what the row says, as people read them."""

    heading: str
    before: str
    after: str


@dataclass
class Line:
    """What would become of one row, as the preview shows it."""

    number: int
    kind: str
    name: str
    home: str
    village: str
    changes: list[Becomes] = field(default_factory=list)
    look: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is wrong, each by the heading of its column."""
        return [(heading_of(key), sentence) for key, sentence in self.problems.items()]


@dataclass(frozen=True)
class Change:
    """Fields of a child's file, or of one of its relatives, that are written anew: field → (before, after)."""

    child: UUID
    relative: UUID | None
    taken: dict[FileField, tuple[str, str]]


@dataclass(frozen=True)
class CareChange:
    """Who looks after a child from now on: as the file will tell it, and the person. `taken`: texts of the care before and after."""

    child: UUID
    told: ToldCare
    carer: CarerEntry
    taken: tuple[str, str]


@dataclass
class Plan:
    """All that is to be written when it is confirmed, and a line for each row."""

    lines: list[Line] = field(default_factory=list)
    entries: list[ChildEntry] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    parents: list[tuple[UUID, ParentEntry]] = field(default_factory=list)  # of children who are in the register
    cares: list[CareChange] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.kind for line in self.lines)
        return {kind: found[kind] for kind in KINDS}

    @property
    def changed_children(self) -> set[UUID]:
        told = {one.child for one in self.changes} | {one.child for one in self.cares}
        return told | {child for child, _parent in self.parents}

    def lines_json(self) -> str:
        return json.dumps([asdict(line) for line in self.lines], ensure_ascii=False)

    def promise(self) -> str:
        """SHA-256 (hex) of what the preview shows: what is written later must be the same."""
        told = [(one.number, one.kind, [asdict(change) for change in one.changes]) for one in self.lines]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def read_lines(text: str) -> list[Line]:
    rows = json.loads(text)
    return [Line(**(row | {"changes": [Becomes(**one) for one in row["changes"]]})) for row in rows]


def line_of(row: Row, kind: str, villages: dict[str, str]) -> Line:
    home = "·".join(one for one in (row["head_name"], row["neighbourhood"]) if one)
    village = villages.get(row.village_code, row["village"])
    return Line(row.number, kind, row["name"], home, village, look=list(row.look), problems=dict(row.problems))


def lines_to_show(lines: Sequence[Line], kind: str) -> list[Line]:
    """The rows of a kind, or those to look at."""
    return [line for line in lines if (bool(line.look) if kind == LOOK else line.kind == kind)]
