"""A registration as it is sent: by the form, the API, the phone's outbox or a file. Days are days, moments have an offset."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class HouseholdEntry:
    """The home: an id that is already held is joined, a new one is made."""

    id: UUID
    head_name: str
    neighbourhood: str = ""
    address: str = ""
    income: tuple[str, ...] = ()
    aid: str = ""


@dataclass(frozen=True)
class ParentEntry:
    """A father or mother, with whereabouts and ability. `id` is the relative's: brothers and sisters share it."""

    id: UUID
    name: str
    relation: str
    born_on: date | None = None
    phone: str = ""
    died_on: date | None = None
    missing_since: date | None = None
    away_since: date | None = None
    away_where: str = ""
    unable_reason: str = ""
    unable_since: date | None = None
    resident_id: str = ""
    works_at: str = ""
    unable_until: date | None = None  # of a sentence or rehabilitation
    address: str = ""  # of who does not live in the child's home


@dataclass(frozen=True)
class CarerEntry:
    """Who looks after the child. The id of a parent means that this parent does."""

    id: UUID
    name: str
    relation: str
    kind: str
    since: date
    born_on: date | None = None
    phone: str = ""
    is_entrusted: bool = False
    paper_signed_on: date | None = None
    school_told_on: date | None = None
    village_told_on: date | None = None
    resident_id: str = ""
    works_at: str = ""
    address: str = ""


@dataclass(frozen=True)
class ChildEntry:
    """A child to be registered: enum values as in `children.enums`, codes of GB/T 3304 and 4761."""

    UNSAID: ClassVar = ("made_at",)  # pressed twice, it is the same entry

    id: UUID
    village_code: str
    made_at: datetime
    household: HouseholdEntry
    name: str
    sex: str
    born_on: date
    ethnic_group: str
    hukou: str
    school_stage: str
    ethnic_words: str = ""
    is_boarding: bool = False
    resident_id: str = ""
    number_as_said: bool = False  # it differs from the rest, and a person compared it
    no_id_reason: str = ""
    hukou_county: str = ""
    hukou_place: str = ""
    lives_here_since: date | None = None
    school_name: str = ""
    told_healthy: bool = False
    parents: tuple[ParentEntry, ...] = ()
    carer: CarerEntry | None = None
