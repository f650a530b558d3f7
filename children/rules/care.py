"""Who looks after a child: what can be said of it, and who may not be entrusted with a child."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Self
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccmp.identifiers import new_id
from ccmp.refusals import Refusal
from ccmp.web.spoken import short_day
from children.enums import FATHERS, MOTHERS, CareKind
from children.models import CareBar, Guardianship, Relative

NOBODY = "-"


class BadCare(Refusal):
    """Something said of who looks after a child that cannot be, or must not be."""


@dataclass(frozen=True)
class ToldCare:
    """Who looks after a child since when, how well, and on which papers."""

    kind: str
    since: date
    carer: UUID | None = None
    name: str = ""
    is_entrusted: bool = False
    paper_signed_on: date | None = None
    school_told_on: date | None = None
    village_told_on: date | None = None

    @property
    def text(self) -> str:
        """`fair 2025-01-01 entrusted 2025-02-01 - - ID 陈国富`: kept in histories, and by pages as what was seen."""
        days = (self.paper_signed_on, self.school_told_on, self.village_told_on)
        said = [one.isoformat() if one else "-" for one in days]
        entrusted = "entrusted" if self.is_entrusted else "-"
        return " ".join(
            [self.kind, self.since.isoformat(), entrusted, *said, str(self.carer or NOBODY), self.name]
        ).strip()

    @classmethod
    def read(cls, text: str) -> Self:
        """The care of a text. Raises ValueError for anything else."""
        kind, since, entrusted, paper, school, village, carer, name = (*text.split(" ", 7), "")[:8]
        return cls(
            kind=CareKind(kind).value,
            since=date.fromisoformat(since),
            carer=None if carer == NOBODY else UUID(carer),
            name=name,
            is_entrusted=entrusted == "entrusted",
            paper_signed_on=_day(paper),
            school_told_on=_day(school),
            village_told_on=_day(village),
        )

    def said(self, *, on: date) -> str:
        """As people read it, in the reader's language."""
        words = {"day": short_day(self.since, on=on), "name": self.name, "kind": str(CareKind(self.kind).label)}
        if self.carer is None:
            return _("Nobody, since %(day)s") % words
        if not self.is_entrusted:
            return _("%(name)s, since %(day)s: %(kind)s") % words
        if self.paper_signed_on is None:
            return _("%(name)s, since %(day)s: %(kind)s; entrusted, the paper is not signed yet") % words
        return _("%(name)s, since %(day)s: %(kind)s; entrusted, paper signed on %(signed)s") % (
            words | {"signed": short_day(self.paper_signed_on, on=on)}
        )


def told_care(care: Guardianship | None) -> str:
    """What the file says of who looks after a child, as text; nothing, when it says nothing. The carer is asked for."""
    if care is None:
        return ""
    return ToldCare(
        kind=care.kind,
        since=care.since,
        carer=care.carer_id,
        name=care.carer.name if care.carer else "",
        is_entrusted=care.is_entrusted,
        paper_signed_on=care.paper_signed_on,
        school_told_on=care.school_told_on,
        village_told_on=care.village_told_on,
    ).text


@dataclass(frozen=True)
class CareEntry:
    """Who looks after a child since a day, as it is sent. `carer`: somebody of the file, somebody new, or nobody.

    `seen`: what the file said when the page was opened. `because`: why who did so before does so no longer.
    """

    UNSAID: ClassVar = ("made_at",)

    child: UUID
    kind: str
    since: date
    carer: UUID | None = None
    is_new: bool = False
    name: str = ""
    relation: str = ""
    phone: str = ""
    born_on: date | None = None
    is_entrusted: bool = False
    paper_signed_on: date | None = None
    school_told_on: date | None = None
    village_told_on: date | None = None
    because: str = ""
    seen: str | None = None
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None

    def told(self, name: str) -> ToldCare:
        """What the file will say. Without somebody entrusted there are no papers."""
        return ToldCare(
            kind=self.kind,
            since=self.since,
            carer=self.carer,
            name=name,
            is_entrusted=self.is_entrusted,
            paper_signed_on=self.paper_signed_on if self.is_entrusted else None,
            school_told_on=self.school_told_on if self.is_entrusted else None,
            village_told_on=self.village_told_on if self.is_entrusted else None,
        )


def check_care(entry: CareEntry, *, born_on: date, on: date) -> None:
    """Raises the refusal that names the first field which cannot be true. `on` is the day of the server."""
    days = ("since", "paper_signed_on", "school_told_on", "village_told_on")
    for name in days:
        day = getattr(entry, name)
        if day and day > on:
            raise BadCare(_("The day lies in the future. Note it once it has come."), field=f"carer_{name}")
    if entry.since < born_on:
        raise BadCare(_("The day lies before the child was born. Please check it."), field="carer_since")
    if entry.is_entrusted and (entry.carer is None or entry.relation in (*FATHERS, *MOTHERS)):
        raise BadCare(
            _(
                "Parents look after their own child without being entrusted. Take the tick away, or choose somebody else."
            ),
            field="carer_is_entrusted",
        )


def check_carer(carer: Relative, told: ToldCare, bars: Sequence[CareBar]) -> None:
    """Who has died looks after nobody; who may not be entrusted with a child is not (Law on the Protection of Minors, art. 22)."""
    if carer.died_on and carer.died_on <= told.since:
        raise BadCare(
            _("By the file %(name)s died on %(day)s. Choose somebody else, or say first where this person is.")
            % {"name": carer.name, "day": carer.died_on},
            field="carer",
        )
    if told.is_entrusted and bars:
        raise BadCare(
            gettext_lazy(
                "This person may not be entrusted with a child. Choose somebody else with the parents, and tell the county office."
            ),
            field="carer",
        )


def _day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)
