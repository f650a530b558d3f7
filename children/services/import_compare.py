"""A row beside the file of a child who is in the register: what would become another one. What is left empty stays as it is."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from ccmp.identifiers import new_id
from ccmp.refusals import Refusal
from ccmp.web.spoken import masked_phone, short_day
from children.entries import ParentEntry
from children.enums import OF_THE_HOME, FileField, Relation, Whereabouts
from children.models import Relative
from children.rules.correction import check_corrected
from children.rules.file_fields import exact_text, said
from children.rules.phone_mark import phone_digits
from children.rules.register_sheet import PARENTS
from children.rules.resident_id import masked
from children.rules.sheet_cells import MASK, heading_of
from children.rules.sheet_rows import Row, ethnic_of
from children.rules.whereabouts import Told, told_of
from children.services.import_known import KnownChild
from children.services.import_plan import Becomes, Change

OF_A_CHILD = (
    FileField.NAME, FileField.SEX, FileField.BORN_ON, FileField.RESIDENT_ID, FileField.NO_ID_REASON, FileField.HUKOU,
    FileField.HUKOU_PLACE, FileField.SCHOOL_STAGE, FileField.SCHOOL_NAME, FileField.IS_BOARDING, *OF_THE_HOME[:3],
)  # fmt: skip


def masked_otherwise() -> str:
    return _("The masked number is not the one in the file. Write the number in full, or leave the cell empty.")


# ── the child's own fields and its home ─────────────────────────────────────────────────────────────────────────────


def compare_child(row: Row, known: KnownChild, *, on: date) -> list[Change]:
    """The fields of the child and of its home that the row says otherwise; what cannot be is noted at its cell."""
    child = known.child
    texts = {name: row[name] for name in OF_A_CHILD if row[name]}
    if row["ethnic_group"]:
        texts[FileField.ETHNIC_GROUP], texts[FileField.ETHNIC_WORDS] = ethnic_of(row)
    if MASK in row["resident_id"]:
        if row["resident_id"] != masked(child.resident_id):
            row.refuse("resident_id", masked_otherwise())
        del texts[FileField.RESIDENT_ID]
    taken = {name: (exact_text(child, name), text) for name, text in texts.items() if exact_text(child, name) != text}
    if not taken:
        return []
    try:
        check_corrected(child, {name.value: after for name, (_before, after) in taken.items()}, on=on)
    except Refusal as refusal:
        row.refuse(refusal.field or "name", str(refusal))
    return [Change(child.id, None, taken)]


def compare_parent(row: Row, who: str, held: Relative, *, child: UUID) -> list[Change]:
    """A parent whom the file has: name, telephone, ID number, where now."""
    taken = dict(_of_a_person(row, who, held))
    if row[f"{who}_name"] and row[f"{who}_name"] != held.name:
        taken[FileField.KIN_NAME] = (held.name, row[f"{who}_name"])
        row.look.append(
            _(
                "The file names %(held)s as this parent. If it is another person, a stepparent perhaps, write it on the child's page."
            )
            % {"held": held.name}
        )
    before, told = told_of(held), told_in(row, who)
    if told and not _says_the_same(told, before):
        told = _completed(told, before)
        _check_follows(row, who, told, held)
        taken[FileField.WHEREABOUTS] = (before.text, told.text)
    return [Change(child, held.id, taken)] if taken else []


def _of_a_person(row: Row, who: str, held: Relative) -> Iterator[tuple[FileField, tuple[str, str]]]:
    phone, number = row[f"{who}_phone"], row[f"{who}_resident_id"]
    if MASK in phone:
        if phone != "".join(masked_phone(held.phone).split()):
            row.refuse(f"{who}_phone", masked_otherwise())
    elif phone and phone != phone_digits(held.phone):
        yield FileField.KIN_PHONE, (held.phone, phone)
    if MASK in number:
        if number != masked(held.resident_id):
            row.refuse(f"{who}_resident_id", masked_otherwise())
    elif number and number != held.resident_id:
        yield FileField.KIN_ID, (held.resident_id, number)


def told_in(row: Row, who: str) -> Told | None:
    """Where a parent is by a row; None where it says nothing of it."""
    where = row[f"{who}_whereabouts"]
    if not where:
        return None
    place = row[f"{who}_where"] if where == Whereabouts.AWAY else ""
    return Told(Whereabouts(where), row.day(f"{who}_since"), place)


def _says_the_same(told: Told, before: Told) -> bool:
    return (
        told.whereabouts == before.whereabouts
        and told.since in (None, before.since)
        and told.where in ("", before.where)
    )


def _completed(told: Told, before: Told) -> Told:
    """What a row leaves out of the same whereabouts is as the file has it."""
    if told.whereabouts != before.whereabouts:
        return told
    return Told(told.whereabouts, told.since or before.since, told.where or before.where)


def _check_follows(row: Row, who: str, told: Told, held: Relative) -> None:
    """What begins earlier than what the file says last is put right on the child's page, by hand."""
    before = told_of(held)
    if before.whereabouts == Whereabouts.DEAD and told.whereabouts != Whereabouts.DEAD:
        row.refuse(
            f"{who}_whereabouts",
            _("By the file this person died on %(day)s. If that is wrong, put it right on the child's page.")
            % {"day": short_day(before.since) if before.since else "–"},
        )
    elif told.since is None:
        row.refuse(f"{who}_since", _("By the file it was otherwise until now. Say since when; about will do."))
    elif any(one.until and (one.since >= told.since or one.until > told.since) for one in held.stays_away.all()):
        row.refuse(
            f"{who}_since", _("On that day the file has this person in another place already. Choose a later day.")
        )
    elif before.since and told.since <= before.since and told.whereabouts != before.whereabouts:
        row.refuse(
            f"{who}_since",
            _(
                "By the file it has been “%(held)s” since %(day)s. Write a later day, or put it right on the child's page."
            )
            % {"held": before.whereabouts.label, "day": short_day(before.since)},
        )


def parent_entry(row: Row, who: str) -> ParentEntry:
    """A parent whom the file does not have yet."""
    told = told_in(row, who)
    since, where = (told.since, told.whereabouts) if told else (None, Whereabouts.HOME)
    return ParentEntry(
        id=new_id(),
        name=row[f"{who}_name"],
        relation=Relation.FATHER if who == PARENTS[0] else Relation.MOTHER,
        phone=row[f"{who}_phone"],
        died_on=since if where == Whereabouts.DEAD else None,
        missing_since=since if where == Whereabouts.MISSING else None,
        away_since=since if where == Whereabouts.AWAY else None,
        away_where=told.where if told else "",
        resident_id=row[f"{who}_resident_id"],
    )


# ── as people read it ───────────────────────────────────────────────────────────────────────────────────────────────


def becomes(change: Change, who: str, *, on: date) -> list[Becomes]:
    """A change in the words of the sheet; sealed numbers masked."""
    return [
        Becomes(_heading(name, who), _said(name, before, on), _said(name, after, on))
        for name, (before, after) in change.taken.items()
    ]


def _heading(name: FileField, who: str) -> str:
    parts = {
        FileField.KIN_NAME: "name", FileField.KIN_PHONE: "phone", FileField.KIN_ID: "resident_id",
        FileField.WHEREABOUTS: "whereabouts",
    }  # fmt: skip
    key = f"{who}_{parts[name]}" if name in parts else name.value
    return heading_of("ethnic_group" if name == FileField.ETHNIC_WORDS else key)


def _said(name: FileField, text: str, on: date) -> str:
    return said(name, text, on=on)
