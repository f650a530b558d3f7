"""Every place in the program that looks over the wall, with its reason. One that is not listed here fails."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = ("ccmp", "children", "clubs", "visits", "referrals")

LISTED = {
    "ccmp/changes/forgetting.py:forget": "what stood in a file before goes with the file, wherever it lies",
    "ccmp/changes/views.py:changes": "what was changed is read for the whole country by its auditors",
    "ccmp/operations/figures.py:_phones": "phones are counted for the whole country",
    "ccmp/privacy/management/commands/retention.py:handle": "what is over is let go wherever it lies",
    "ccmp/privacy/management/commands/rotate_keys.py:handle": "what lies under an earlier key is sealed anew wherever it lies",
    "ccmp/privacy/services/evidence.py:evidence_of": "a year is counted for the whole country",
    "ccmp/privacy/services/extracts.py:take_extract": "an approved study takes the rows of who agreed, without names",
    "ccmp/privacy/services/openings.py:break_glass": "whose file is opened is found in the whole country",
    "ccmp/privacy/services/retention.py:schedule_shown": "what is over is counted wherever it lies",
    "ccmp/privacy/tasks.py:retention": "what is over is let go wherever it lies",
    "ccmp/privacy/views/openings.py:opened": "the glass was broken for this one child, whose file is written out",
    "ccmp/demo/management/commands/demo.py:handle": "the invented county is written by nobody in particular",
    "ccmp/people/entries.py:not_yet_held": "an entry's number is used once in the country",
    "ccmp/phone/api/tokens.py:authenticate": "a phone is known by its token before it is known whose it is",
    "ccmp/phone/services/outbox.py:_effect": "what she wrote in time is taken in though the child has moved on",
    "ccmp/phone/services/phones.py:set_up_phone": "a phone's number is used once in the country",
    "ccmp/phone/services/receipts.py:held": "an entry's number is used once in the country",
    "ccmp/phone/services/receipts.py:known_of": "an entry's number is used once in the country",
    "ccmp/reports/management/commands/monthly_reports.py:handle": "a month is counted for every village of its place",
    "ccmp/reports/management/commands/verify_report.py:handle": "a report is looked at on the server itself",
    "ccmp/reports/tasks.py:catch_up": "a month is begun for the whole country",
    "ccmp/reports/tasks.py:print_report": "a report is frozen from what was counted of its place",
    "ccmp/reports/tasks.py:run_month": "a month is counted for every village of its place",
    "ccmp/reports/tasks.py:take_up": "what a killed worker left is looked for everywhere",
    "children/services/id_numbers.py:check_numbers_are_free": "an ID number stands in one file of the country",
    "children/services/transfer_list.py:told": "either side of a transfer is told which child it is about",
    "children/services/transfer_list.py:told_transfer": "either side of a transfer is told which child it is about",
    "children/services/transfers.py:_locked_transfer": "either side answers for a child who is in one of the two villages",
    "children/services/transfers.py:ask_for_child": "the file of a child who came lies in another village",
    "children/services/transfers.py:hand_over": "a child's file goes from one village to another",
    "children/services/transfers.py:take_over": "a child's file goes from one village to another",
    "children/tasks.py:catch_up": "each day is begun for the whole country",
    "children/tasks.py:come_of_age": "who is 18 leaves the register, wherever that is",
    "children/tasks.py:read_register_file": "a register is held against every file of the country, for its ID numbers",
    "children/tasks.py:take_up_register_files": "what a killed worker left is looked for everywhere",
    "children/tasks.py:work_out": "what nobody claimed is worked out for every village",
    "children/tasks.py:write_register_file": "a register is held against every file of the country, for its ID numbers",
    "referrals/services/disclosing.py:disclosing": "a task tells its department what it discloses of the child",
    "visits/services/child_marks.py:flags_elsewhere": "the new village is told that a flag is open, and of which kind",
}


def uses(path: Path) -> Iterator[tuple[str, str]]:
    """(file:function, reason) of each use, as a block or over a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside |= {id(one): node.name for one in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("whole_reach"):
            why = node.args[0]
            assert isinstance(why, ast.Constant), f"{path}:{node.lineno} says its reason in words of its own"
            yield f"{path.relative_to(ROOT)}:{inside[id(node)]}", str(why.value)


def test_every_look_over_the_wall_is_listed_with_its_reason():
    files = [path for package in PROGRAM for path in sorted((ROOT / package).rglob("*.py"))]

    found = [use for path in files for use in uses(path)]

    assert sorted(set(found)) == sorted(LISTED.items())


def test_nobody_but_the_wall_itself_asks_for_the_whole_by_another_name():
    files = [path for package in PROGRAM for path in (ROOT / package).rglob("*.py")]

    named = {
        str(path.relative_to(ROOT))
        for path in files
        if (text := path.read_text(encoding="utf-8"))
        and "ccmp.walls" in text
        and re.search(r"\bWHOLE\b|is_whole=", text)
    }

    assert named == {"ccmp/walls/asking.py", "ccmp/walls/postgresql/base.py"}
