"""A grown-up of a file as fields that may be said anew, and what must be true of them.

Texts are as in `children.rules.file_fields`; whether somebody is able to look after a child has a text of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _

from ccmp.refusals import Refusal
from ccmp.web.spoken import short_day
from children.enums import BY_TERM, FileField, IncapacityReason
from children.models import Relative
from children.rules.resident_id import masked, read_resident_id

ABLE = "able"
ATTRIBUTES: Mapping[FileField, str] = {
    FileField.KIN_NAME: "name",
    FileField.KIN_BORN_ON: "born_on",
    FileField.KIN_PHONE: "phone",
    FileField.KIN_ID: "resident_id",
    FileField.KIN_WORK: "works_at",
    FileField.KIN_ADDRESS: "address",
    FileField.DECLARED_MISSING: "declared_missing_on",
}
KIN_FIELDS = (*ATTRIBUTES, FileField.ABILITY)
KIN_DAYS = (FileField.KIN_BORN_ON, FileField.DECLARED_MISSING)


class BadKin(Refusal):
    """Something said of a grown-up that cannot be true."""


@dataclass(frozen=True)
class ToldAbility:
    """Whether somebody is able to look after a child; why not, since when. `since` is not known of who always was.

    `until`: the day on which a sentence or rehabilitation ends, as the court or the police set it.
    """

    reason: str  # an IncapacityReason, or ABLE
    since: date | None
    until: date | None = None

    @property
    def text(self) -> str:
        """`able -`, `serious_illness 2025-01-01`, `serving_sentence 2025-01-01 2028-01-01`."""
        since = self.since.isoformat() if self.since else "-"
        return " ".join([self.reason, since, *([self.until.isoformat()] if self.until else [])])

    @classmethod
    def read(cls, text: str) -> Self:
        """The ability of a text. Raises ValueError for anything else."""
        reason, since, until = (*text.split(" "), "")[:3]
        if reason != ABLE:
            IncapacityReason(reason)
        told = cls(reason, None if since == "-" else date.fromisoformat(since))
        return replace(told, until=date.fromisoformat(until)) if until else told

    def said(self, *, on: date) -> str:
        """As people read it, in the reader's language."""
        word = _("able to look after the child") if self.reason == ABLE else str(IncapacityReason(self.reason).label)
        if self.since is None:
            return word
        said = {"whereabouts": word, "day": short_day(self.since, on=on)}
        if self.until is None:
            return _("%(whereabouts)s since %(day)s") % said
        return _("%(whereabouts)s since %(day)s, until %(until)s") % (said | {"until": short_day(self.until, on=on)})


def ability_of(relative: Relative, *, on: date) -> ToldAbility:
    """What the file says of it on a day; what is over tells nothing. One query, none when the times are there already."""
    times = (one for one in relative.incapacities.all() if one.until is None or one.until > on)
    running = sorted(times, key=lambda one: (one.since, one.pk))
    return ToldAbility(running[-1].reason, running[-1].since, running[-1].until) if running else ToldAbility(ABLE, None)


def kin_texts(relative: Relative, *, on: date) -> dict[FileField, str]:
    """What the file holds of a grown-up, as texts."""
    texts = {field: kin_text(getattr(relative, name)) for field, name in ATTRIBUTES.items()}
    return texts | {FileField.ABILITY: ability_of(relative, on=on).text}


def kin_seen(relative: Relative, *, on: date) -> dict[str, str]:
    """The same as a page shows it: the ID number masked."""
    texts = kin_texts(relative, on=on)
    return {field.value: text for field, text in (texts | {FileField.KIN_ID: masked(relative.resident_id)}).items()}


def kin_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def kin_value(field: FileField, text: str) -> Any:
    """What a text stands for in the row."""
    if field in KIN_DAYS:
        return date.fromisoformat(text) if text else None
    return text


def check_kin(relative: Relative, changed: Mapping[FileField, str], *, on: date) -> None:
    """Raises the refusal that names the first field which cannot be true. `on` is the day of the server."""
    if changed.get(FileField.KIN_NAME) == "":
        raise BadKin(_("Write the name."), field="kin_name")
    for field in KIN_DAYS:
        day = kin_value(field, changed[field]) if field in changed else None
        if day and day > on:
            raise BadKin(_("The day lies in the future. Note it once it has come."), field=field.value)
    if changed.get(FileField.KIN_ID):
        read_kin_number(changed[FileField.KIN_ID], on=on)
    declared = kin_value(FileField.DECLARED_MISSING, changed.get(FileField.DECLARED_MISSING, ""))
    if declared and (relative.missing_since is None or relative.missing_since > declared):
        raise BadKin(
            _(
                "A court declares missing who is out of contact. Say first where this person is: out of contact, since when."
            ),
            field=FileField.DECLARED_MISSING.value,
        )
    if FileField.ABILITY in changed:
        _check_ability(relative, ToldAbility.read(changed[FileField.ABILITY]), on=on)


def read_kin_number(number: str, *, on: date, field: str = FileField.KIN_ID.value) -> None:
    """Raises BadKin for a number that cannot be one."""
    try:
        read_resident_id(number, on=on)
    except Refusal as refusal:
        raise BadKin(str(refusal), field=field) from refusal


def _check_ability(relative: Relative, told: ToldAbility, *, on: date) -> None:
    if told.since is None:
        return
    if told.since > on:
        raise BadKin(_("The day lies in the future. Note it once it has come."), field="unable_since")
    if relative.born_on and told.since < relative.born_on:
        raise BadKin(_("The day lies before this person was born. Please check it."), field="unable_since")
    if told.until:
        check_term(told, field="unable_until")


def check_term(told: ToldAbility, *, field: str) -> None:
    """Only a sentence or rehabilitation has one."""
    if told.reason not in BY_TERM or not told.since or not told.until or told.until <= told.since:
        raise BadKin(_("A term ends after it begins. Please check both days."), field=field)
