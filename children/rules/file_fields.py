"""A field of a child's file as text: what a page shows that it saw, what a difference keeps, what people read.

Days are YYYY-MM-DD, a tick is `yes` or `no`, several choices are parted by commas in the order of their enum; whereabouts
have a text of their own, see `children.rules.whereabouts`. What lies sealed is shown masked: a page sees it so, and says
that it saw it so.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ccmp.people.enums import Sex
from ccmp.web.spoken import masked_phone
from children.enums import OF_THE_HOME, EthnicGroup, FileField, Hukou, IncomeSource, NoIdReason, SchoolStage
from children.models import Child
from children.rules.care import ToldCare
from children.rules.kin import ToldAbility
from children.rules.resident_id import masked
from children.rules.whereabouts import Told

NO_NAMES: Mapping[str, str] = {}

# The steps in which a file is said anew, each a page of its own. A child's health has a page of another kind.
STEPS: Mapping[str, tuple[FileField, ...]] = {
    "identity": (
        FileField.NAME,
        FileField.SEX,
        FileField.BORN_ON,
        FileField.ETHNIC_GROUP,
        FileField.ETHNIC_WORDS,
        FileField.RESIDENT_ID,
        FileField.NO_ID_REASON,
    ),
    "hukou": (FileField.HUKOU, FileField.HUKOU_COUNTY, FileField.HUKOU_PLACE, FileField.LIVES_HERE_SINCE),
    "school": (FileField.SCHOOL_STAGE, FileField.SCHOOL_NAME, FileField.IS_BOARDING),
    "home": OF_THE_HOME,
}
ALL_STEPS = tuple(field for fields in STEPS.values() for field in fields)
DAYS = (FileField.BORN_ON, FileField.LIVES_HERE_SINCE)
YES, NO = "yes", "no"
CHOICES: Mapping[str, Any] = {
    FileField.SEX: Sex,
    FileField.ETHNIC_GROUP: EthnicGroup,
    FileField.HUKOU: Hukou,
    FileField.NO_ID_REASON: NoIdReason,
    FileField.SCHOOL_STAGE: SchoolStage,
}


def fields_of(child: Child, step: str = "") -> tuple[FileField, ...]:
    """What can be said anew of this child, in one step or in all. Why there is no ID number is asked only where there is none."""
    asked = STEPS[step] if step else ALL_STEPS
    return tuple(one for one in asked if one != FileField.NO_ID_REASON or not child.resident_id)


def text_of(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list | tuple | set):
        return ",".join(sorted(value, key=IncomeSource.values.index))
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def value_of(field: str, text: str) -> Any:
    """What a text stands for in the row."""
    if field == FileField.IS_BOARDING:
        return text == YES
    if field == FileField.INCOME:
        return text.split(",") if text else []
    if field in DAYS:
        return date.fromisoformat(text) if text else None
    return text


def exact_text(child: Child, field: str) -> str:
    """What the file holds. The home is asked for: let it be joined."""
    return text_of(getattr(child.household if field in OF_THE_HOME else child, field))


def texts_of(child: Child, step: str = "") -> dict[str, str]:
    """The file's fields as they are shown, in the order of the pages."""
    return {field.value: shown_text(field, exact_text(child, field)) for field in fields_of(child, step)}


def shown_text(field: str, text: str) -> str:
    """A field's text as it may stand on a page, in a history or on the phone: masked where it lies sealed."""
    if field in (FileField.RESIDENT_ID, FileField.KIN_ID):
        return masked(text)
    if field == FileField.KIN_PHONE and text and "*" not in text:
        return masked_phone(text)
    return text


def said(field: str, text: str, *, on: date, counties: Mapping[str, str] = NO_NAMES) -> str:
    """A field's text as people read it, in the reader's language; a county by its name, where `counties` has it."""
    if not text:
        return _("nothing written")
    if field == FileField.HUKOU_COUNTY:
        return counties.get(text, text)
    if field == FileField.HEALTH:
        return _("kept sealed")
    if field == FileField.WHEREABOUTS:
        return Told.read(text).said(on=on)
    if field == FileField.ABILITY:
        return ToldAbility.read(text).said(on=on)
    if field == FileField.CARE:
        return ToldCare.read(text).said(on=on)
    if field == FileField.IS_BOARDING:
        return _("yes") if text == YES else _("no")
    if field == FileField.INCOME:
        return _(", ").join(str(IncomeSource(one).label) for one in text.split(","))
    return str(CHOICES[field](text).label) if field in CHOICES else shown_text(field, text)
