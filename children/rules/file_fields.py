"""A field of a child's file as text: what a page shows that it saw, what a difference keeps, what people read.

Days are YYYY-MM-DD, a tick is `yes` or `no`; whereabouts have a text of their own, see `children.rules.whereabouts`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ccmp.people.enums import Sex
from children.enums import OF_THE_CHILD, OF_THE_HOME, EthnicGroup, FileField, Hukou, NoIdReason, SchoolStage
from children.models import Child
from children.rules.whereabouts import Told

YES, NO = "yes", "no"
CHOICES: Mapping[str, Any] = {
    FileField.SEX: Sex,
    FileField.ETHNIC_GROUP: EthnicGroup,
    FileField.HUKOU: Hukou,
    FileField.NO_ID_REASON: NoIdReason,
    FileField.SCHOOL_STAGE: SchoolStage,
}


def fields_of(child: Child) -> tuple[FileField, ...]:
    """What can be said anew of this child. A reason why there is no ID number is asked only where there is none."""
    of_child = tuple(one for one in OF_THE_CHILD if one != FileField.NO_ID_REASON or not child.resident_id)
    return (*of_child, *OF_THE_HOME)


def text_of(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def value_of(field: str, text: str) -> Any:
    """What a text stands for in the row."""
    if field == FileField.IS_BOARDING:
        return text == YES
    return date.fromisoformat(text) if field == FileField.BORN_ON else text


def texts_of(child: Child) -> dict[str, str]:
    """The file's fields as text, in the order of the page. The home is asked for: let it be joined."""
    return {
        field.value: text_of(getattr(child.household if field in OF_THE_HOME else child, field))
        for field in fields_of(child)
    }


def said(field: str, text: str, *, on: date) -> str:
    """A field's text as people read it, in the reader's language."""
    if not text:
        return _("nothing written")
    if field == FileField.WHEREABOUTS:
        return Told.read(text).said(on=on)
    if field == FileField.IS_BOARDING:
        return _("yes") if text == YES else _("no")
    return str(CHOICES[field](text).label) if field in CHOICES else text
