"""docs/import.md tells the forty mistakes in the very words that are shown: kept by this test. Write it anew with WRITE=1."""

import os
from pathlib import Path

from children.rules.register_sheet import columns
from tests.children.importing import bring, problems
from tests.children.register_340 import mistakes, right_rows, workbook, wrong_rows

DOC = Path(__file__).resolve().parents[2] / "docs" / "import.md"
MARK = "<!-- the forty mistakes; kept by tests/children/test_import_doc.py -->\n"


def test_the_forty_mistakes_stand_in_the_documentation(officer):
    rows = right_rows()
    told = problems(bring(workbook(wrong_rows(rows)), officer))

    lines = [
        f"| {one.row + 2} | {columns()[one.key].heading} | {_shown(one.text)} | {told[one.cell]} |"
        for one in mistakes(rows)
    ]
    table = "\n".join(["| Row | Column | Written | What is said there |", "|---|---|---|---|", *lines]) + "\n"
    before = DOC.read_text("utf-8").split(MARK)[0]
    if os.environ.get("WRITE"):
        DOC.write_text(before + MARK + table, encoding="utf-8")

    assert DOC.read_text("utf-8") == before + MARK + table


def _shown(text: object) -> str:
    shown = f"{text:.2E}" if isinstance(text, float) else str(text)
    return f"{shown[:12]}…" if len(shown) > 24 else shown or "(empty)"
