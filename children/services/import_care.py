"""Who looks after a child by a row of a brought register, beside what the file says: under the rules of the child's own page."""

from uuid import UUID

from django.utils.translation import gettext as _

from ccmp.refusals import Refusal
from ccmp.web.spoken import short_day
from children.entries import CarerEntry
from children.enums import CareKind, Relation
from children.models import Guardianship, Relative
from children.rules.care import ToldCare, check_carer, told_care
from children.rules.sheet_rows import NOBODY, YES, Row, check_care_told
from children.services.import_known import GROUPS, KnownChild
from children.services.import_plan import CareChange


def carer_entry(row: Row, person: UUID, name: str, held: Guardianship | None = None) -> CarerEntry | None:
    """Who looks after the child by a row; what is left empty is taken from the guardianship that is held."""
    since = row.day("carer_since")
    if not row["carer_relation"] or since is None:
        return None
    kind = row["carer_kind"] or (held.kind if held and held.kind != CareKind.NONE else CareKind.FAIR)
    entrusted = row["carer_is_entrusted"] == YES if row["carer_is_entrusted"] else bool(held and held.is_entrusted)
    nobody = row["carer_relation"] == NOBODY
    return CarerEntry(
        id=person,
        name=name,
        relation=Relation.NOT_RELATED if nobody else row["carer_relation"],
        kind=CareKind.NONE if nobody else kind,
        since=since,
        phone=row["carer_phone"],
        is_entrusted=entrusted and not nobody,
        paper_signed_on=row.day("carer_paper_signed_on") or (held.paper_signed_on if held and entrusted else None),
        resident_id=row["carer_resident_id"],
    )


def compare_care(row: Row, known: KnownChild, person: Relative | None, person_id: UUID, name: str) -> list[CareChange]:
    """Whether somebody else looks after the child now, or how she does so is told anew."""
    held = known.care
    same_person = held is not None and held.carer_id == (person.id if person else None)
    entry = carer_entry(row, person_id, name, held if same_person else None)
    if entry is None:
        return []
    told, before = _told(entry, held if same_person else None), told_care(held)
    if told.text == before:
        return []
    check_care_told(row)
    _check_has_room(row, told, known, same_person=same_person)
    _check_is_no_second_parent(row, entry, known)
    if person:
        check_may_care(row, person, told)
    return [CareChange(known.child.id, told, entry, (before, told.text))]


def _told(entry: CarerEntry, held: Guardianship | None) -> ToldCare:
    """As the file will say it; notices that it has of the same person stay."""
    told_before = held if held and entry.is_entrusted else None
    return ToldCare(
        kind=entry.kind,
        since=entry.since,
        carer=None if entry.kind == CareKind.NONE else entry.id,
        name="" if entry.kind == CareKind.NONE else entry.name,
        is_entrusted=entry.is_entrusted,
        paper_signed_on=entry.paper_signed_on,
        school_told_on=told_before.school_told_on if told_before else None,
        village_told_on=told_before.village_told_on if told_before else None,
    )


def _check_has_room(row: Row, told: ToldCare, known: KnownChild, *, same_person: bool) -> None:
    """What begins before the file's last word of somebody else is put right on the child's page, by hand."""
    held = known.care
    if held and not same_person and told.since <= held.since:
        words = {"day": short_day(held.since)}
        row.refuse(
            "carer_since",
            _(
                "By the file somebody else looks after the child since %(day)s. Write a later day, or change it on the child's page."
            )
            % words,
        )
    if any(one.since >= told.since or (one.until and one.until > told.since) for one in known.earlier):
        row.refuse(
            "carer_since", _("For that day the file names who looked after the child already. Choose a later day.")
        )


def _check_is_no_second_parent(row: Row, entry: CarerEntry, known: KnownChild) -> None:
    for who, either in GROUPS.items():
        parent = known.parents.get(who)
        if entry.kind != CareKind.NONE and entry.relation in either and parent and parent.id != entry.id:
            row.refuse(
                "carer_relation",
                _(
                    "This parent is named already. Choose the parent as the carer, or say what else the carer is to the child."
                ),
            )


def check_may_care(row: Row, person: Relative, told: ToldCare) -> None:
    """A person of the file who is dead, or who may not be entrusted with a child, is refused at her name."""
    bars = [one for one in person.care_bars.all() if one.until is None or one.until > told.since]
    try:
        check_carer(person, told, bars)
    except Refusal as refusal:
        row.refuse("carer_name", str(refusal))
