"""The register as a spreadsheet, within reach and filters: numbers masked, health never; brought again it changes nothing."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from xlsxwriter import Workbook

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.refusals import NotAllowed, Refusal
from ccmp.web.spoken import masked_phone
from children.enums import FATHERS, MOTHERS, CareKind, Hukou, Relation, Whereabouts
from children.models import Child, Guardianship, Kinship, Relative
from children.models.child import ChildQuerySet
from children.rules.register_sheet import columns, written
from children.rules.resident_id import masked
from children.rules.sheet_cells import OTHER_GROUP
from children.rules.sheet_formats import OPTIONS, neutral, write_headings
from children.rules.sheet_rows import NOBODY, YES
from children.rules.whereabouts import told_of
from children.services.import_villages import village_words, villages_within
from children.services.sheet_writing import SHEET

PERMISSION = "children.export_children"
MOST = 20_000  # rows; they are written while somebody waits, about a second for two thousand
AT_ONCE = 500
GROUPS = {"father": FATHERS, "mother": MOTHERS}


class TooManyToExport(Refusal):
    sentence = _("These are too many children for one file. Choose a village or a label.")


def children_to_export(user: User, *, on: date) -> ChildQuerySet:
    """The children of today's register whom she may take out as a file."""
    if not reach_of(user, PERMISSION):
        raise NotAllowed(_("Registers are taken out as a file in the county's office only."))
    return reach_of(user, PERMISSION).rows(Child.objects.visible_to(user).in_register(on=on))


def export_register(children: ChildQuerySet, *, by: User, at: datetime) -> IO[bytes]:
    """An .xlsx of these children in a temporary file, written row by row. Raises TooManyToExport."""
    number = children.count()
    if number > MOST:
        raise TooManyToExport
    content = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with TemporaryDirectory() as folder:  # whatever breaks off meanwhile, nothing of the rows is left there
        _write(content, children, folder, by=by, at=at)
    content.seek(0)
    record(by=by, at=at, did="exported", on=by, about=children.values_list("pk", flat=True), children=number)
    return content


def _write(content: IO[bytes], children: ChildQuerySet, folder: str, *, by: User, at: datetime) -> None:
    book = Workbook(content, OPTIONS | {"tmpdir": folder})
    sheet = book.add_worksheet(SHEET)
    keys = list(columns())
    write_headings(sheet, book, keys)
    villages = villages_within(by, PERMISSION)
    names = dict(zip(villages, village_words(villages), strict=True))
    for row, texts in enumerate(_rows(children, names, on=day_of(at)), start=1):
        for place, key in enumerate(keys):
            if texts.get(key):
                sheet.write_string(row, place, neutral(texts[key]))
    book.close()


def _rows(children: ChildQuerySet, names: Mapping[str, str], *, on: date) -> Iterator[dict[str, str]]:
    care = Guardianship.objects.current(on=on).select_related("carer")
    rows = (
        children.select_related("household")
        .prefetch_related(
            Prefetch("kinships", Kinship.objects.select_related("relative").prefetch_related("relative__stays_away")),
            Prefetch("guardianships", care, to_attr="care_now"),
        )
        .order_by("village_code", "pinyin", "born_on", "id")
    )
    for child in rows.iterator(chunk_size=AT_ONCE):
        yield _texts(child, names[child.village_code])


def _texts(child: Child, village: str) -> dict[str, str]:
    texts = {
        "village": village,
        "head_name": child.household.head_name,
        "neighbourhood": child.household.neighbourhood,
        "address": child.household.address,
        "name": child.name,
        "sex": written("sex").get(child.sex, ""),
        "ethnic_group": child.ethnic_words
        if child.ethnic_group == OTHER_GROUP
        else written("ethnic_group").get(child.ethnic_group, ""),
        "born_on": child.born_on.isoformat(),
        "resident_id": masked(child.resident_id),
        "no_id_reason": written("no_id_reason").get(child.no_id_reason, ""),
        "hukou": written("hukou")[Hukou(child.hukou)],
        "hukou_place": child.hukou_place,
        "school_stage": written("school_stage")[child.school_stage],
        "school_name": child.school_name,
        "is_boarding": _tick(child.is_boarding),
    }
    for who, relations in GROUPS.items():
        held = next((one.relative for one in child.kinships.all() if one.relation in relations), None)
        texts |= _parent(who, held) if held else {}
    return texts | _carer(child)


def _tick(is_so: object) -> str:
    return written("tick")[YES if is_so else "no"]


def _parent(who: str, held: Relative) -> dict[str, str]:
    told = told_of(held)
    return {
        f"{who}_name": held.name,
        f"{who}_phone": masked_phone(held.phone) if held.phone else "",
        f"{who}_resident_id": masked(held.resident_id),
        f"{who}_whereabouts": written("whereabouts")[Whereabouts(told.whereabouts)],
        f"{who}_since": told.since.isoformat() if told.since else "",
        f"{who}_where": told.where,
    }


def _carer(child: Child) -> dict[str, str]:
    held = next(iter(child.care_now), None)  # type: ignore[attr-defined]
    if held is None:
        return {}
    care = {
        "carer_since": held.since.isoformat(),
        "carer_is_entrusted": _tick(held.is_entrusted),
        "carer_paper_signed_on": held.paper_signed_on.isoformat() if held.paper_signed_on else "",
    }
    if held.kind == CareKind.NONE or held.carer is None:
        return {"carer_relation": written("relation")[NOBODY], "carer_since": held.since.isoformat()}
    relations = {one.relative_id: one.relation for one in child.kinships.all()}
    return care | {
        "carer_relation": written("relation")[relations.get(held.carer_id, Relation.NOT_RELATED)],
        "carer_name": held.carer.name,
        "carer_phone": masked_phone(held.carer.phone) if held.carer.phone else "",
        "carer_resident_id": masked(held.carer.resident_id),
        "carer_kind": written("carer_kind")[held.kind],
    }
