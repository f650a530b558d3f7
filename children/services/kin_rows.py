"""Facts of a grown-up, written into her rows."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from ccmp.sealed import blind_index
from children.enums import FileField
from children.models import Incapacity, Relative
from children.rules.kin import ABLE, ATTRIBUTES, ToldAbility, kin_value
from children.rules.phone_mark import phone_mark
from children.rules.resident_id import clean_number


def write_kin(relative: Relative, texts: Mapping[FileField, str], *, on: date) -> None:
    """Write fields of a grown-up, with the marks by which she is found."""
    own = {ATTRIBUTES[field]: kin_value(field, text) for field, text in texts.items() if field in ATTRIBUTES}
    if own.get("resident_id"):
        own["resident_id"] = clean_number(own["resident_id"])
    for name, value in own.items():
        setattr(relative, name, value)
    relative.phone_index = phone_mark(relative.phone)
    relative.resident_id_index = blind_index(relative.resident_id) if relative.resident_id else ""
    if own:
        relative.save(update_fields=[*own, "phone_index", "resident_id_index"])
    if FileField.ABILITY in texts:
        write_ability(relative, ToldAbility.read(texts[FileField.ABILITY]), on=on)


def write_ability(relative: Relative, told: ToldAbility, *, on: date) -> None:
    """Let this hold from its day on: what was noted of the time since is put right, what ended before stays."""
    if told.since is None:
        relative.incapacities.filter(Q(until__isnull=True) | Q(until__gt=on)).delete()
        return
    relative.incapacities.filter(since__gte=told.since).delete()
    relative.incapacities.filter(Q(until__isnull=True) | Q(until__gt=told.since)).update(until=told.since)
    if told.reason != ABLE:
        Incapacity.objects.create(relative=relative, reason=told.reason, since=told.since, until=told.until)
