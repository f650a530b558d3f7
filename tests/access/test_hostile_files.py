"""Files that are no register, brought as one: each is refused in a sentence or read as a table, and nothing is written."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ccmp.identifiers import new_id
from children.enums import ImportState
from children.models import Child, RegisterFile
from children.rules.sheet_text import BadFile
from tests.children.importing import bring
from tests.children.register_340 import workbook
from tests.children.test_import_hostile import CHILD, rewritten
from tests.signing_in import Client

RIGHT = workbook([CHILD])
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "%s">%s<!ENTITY z SYSTEM "file:///etc/passwd">]>' % (
    b"ha" * 50,
    b"".join(b'<!ENTITY %c "%s">' % (letter + 1, b"&%c;" % letter * 10) for letter in range(ord("a"), ord("i"))),
)


def packed(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def bomb() -> bytes:
    """A right workbook, and beside its sheet a part of 300 MB that packs to almost nothing."""
    made = io.BytesIO(RIGHT)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/media/big.xml", bytes(300_000_000))
    return made.getvalue()


FILES: dict[str, bytes] = {
    "nothing": b"",
    "one byte": b"\x00",
    "a sheet that grows to 300 MB": bomb(),
    "a sheet of one huge cell": rewritten(
        lambda part: part.replace(b"</sheetData>", b"<row r='9'><c t='str'><v>" + b"x" * 40_000_000 + b"</v></c></row></sheetData>")
    ),
    "entities": rewritten(lambda part: ENTITY + part[part.index(b"<worksheet") :].replace(b"<sheetData>", b"&i;&z;<sheetData>")),
    "a million columns": rewritten(lambda part: part.replace(b'ref="A1', b'ref="A1:BCXYZ9" x="').replace(b'r="A1"', b'r="BCXYZ1"')),
    "a packed file cut off": RIGHT[: len(RIGHT) // 2],
    "a packed file without its end": RIGHT[:-30],
    "a packed file of nothing": packed(),
    "paths out of the folder": packed(**{"../../../etc/cron.d/x": b"* * * * * root true", "xl/workbook.xml": b"<x/>"}),
    "a packed file in a packed file": packed(**{"register.xlsx": RIGHT}),
    "a picture that is a packed file": b"\x89PNG\r\n\x1a\n" + RIGHT,
    "a paper that is a packed file": b"%PDF-1.7\n" + RIGHT + b"\n%%EOF",
    "a paper with a script": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "a page": b"<html><script>alert(1)</script></html>",
    "half of GBK": "儿童姓名,户主姓名\n陈雨欣,陈国富\n".encode("gb18030")[:-3],
    "UTF-16 without its last byte": "儿童姓名,户主姓名\n".encode("utf-16")[:-1],
    "no text of any kind": bytes(range(256)) * 40,
    "headings twice": ("儿童姓名," * 40 + "\n" + "陈," * 40 + "\n").encode(),
    "quotes that never end": ('儿童姓名,户主姓名\n"' + "x" * 2_000_000).encode(),
    "formulas": "儿童姓名,户主姓名,民族\n=cmd|'/c calc'!A1,+1+1,@SUM(A1)\n".encode(),
    "NUL": "儿童姓名,户主姓名\n陈\x00雨欣,陈\x00国富\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_that_is_none_writes_nothing(world, mother, content):
    try:
        file = bring(content, mother)
    except BadFile as refused:
        said, is_read = str(refused), False
    else:
        said, is_read = file.trouble, file.state == ImportState.PREVIEW

    assert bool(said) is not is_read
    assert "root:" not in said
    assert not Child.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["", " ", "../../etc/passwd", "a\x00.csv", "\u202egpj.xslx", "陈" * 400 + ".csv", "<script>.csv", "a\r\nb.csv"],
)
def test_no_name_of_a_file_leads_out_of_its_place(world, mother, name):
    client = Client()
    client.force_login(mother, backend="ccmp.people.backends.PostingBackend")
    upload = SimpleUploadedFile("x", "儿童姓名,户主姓名\n".encode())
    upload._name = name  # Django's own cleaning aside: what another program sends

    response = client.post(reverse("children:import"), {"id": str(new_id()), "file": upload})

    assert response.status_code in (200, 302, 400)
    kept = RegisterFile.objects.values_list("name", flat=True)
    assert not any("/" in one or "\x00" in one or "\n" in one for one in kept)
