"""Where a grown-up is, since when: one dated fact, and when two of them cannot both be true."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _

from ccmp.web.spoken import short_day
from children.enums import Whereabouts
from children.models import Relative


@dataclass(frozen=True)
class Told:
    """What the file says, or what somebody says; `since` is not known of one who was always at home."""

    whereabouts: Whereabouts
    since: date | None
    where: str = ""

    @property
    def text(self) -> str:
        """`away 2026-02-23 广东东莞`: kept in differences, and by pages as what was seen."""
        return f"{self.whereabouts.value} {self.since.isoformat() if self.since else '-'} {self.where}".strip()

    @classmethod
    def read(cls, text: str) -> Self:
        """The fact of a text. Raises ValueError for anything else."""
        whereabouts, since, where = (*text.split(" ", 2), "")[:3]
        return cls(Whereabouts(whereabouts), None if since == "-" else date.fromisoformat(since), where)

    def said(self, *, on: date) -> str:
        """As people read it, in the reader's language."""
        word = str(self.whereabouts.label)
        place = _("%(whereabouts)s (%(where)s)") % {"whereabouts": word, "where": self.where} if self.where else word
        if self.since is None:
            return place
        return _("%(whereabouts)s since %(day)s") % {"whereabouts": place, "day": short_day(self.since, on=on)}

    def follows(self, other: "Told") -> bool:
        """Both can be true: this one begins after the other, and so ends it; whatever has a day follows on having no day."""
        return self.since is not None and (other.since is None or self.since > other.since)


def told_of(relative: Relative) -> Told:
    """The last that the file says of a grown-up. One query, none when the stays are there already."""
    if relative.died_on:
        return Told(Whereabouts.DEAD, relative.died_on)
    if relative.missing_since:
        return Told(Whereabouts.MISSING, relative.missing_since)
    stays = sorted(relative.stays_away.all(), key=lambda stay: (stay.until is None, stay.since))
    if not stays:
        return Told(Whereabouts.HOME, None)
    last = stays[-1]
    return Told(Whereabouts.HOME, last.until) if last.until else Told(Whereabouts.AWAY, last.since, last.where)
