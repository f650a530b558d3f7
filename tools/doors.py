"""The list of doors that the program itself keeps shut: `ccmp/people/data/doors.txt`, made from `tests/access/table.py`.

    tools/doors.py            write it anew, and its size into `docs/doors.md`
    tools/doors.py --check    fail if they no longer say what the table says

A role may knock at a door when, in one place at least, it is let in, or is told by the view why not: which of the two depends on
the row, and only the view knows the row. A 404 is about the row, so it shuts no door. Whom the table answers another refusal
everywhere never gets as far as the view.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.access.table import NOWHERE, ONES_OWN, PUBLIC, ROLES, TABLE, WHO_LEFT  # noqa: E402 – found only now

DOORS = ROOT / "ccmp" / "people" / "data" / "doors.txt"
SIZE = ROOT / "docs" / "doors.md"
REFUSALS = {"403", "405"}  # a 404 is about the row, which only the view knows
EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE")
LETTERS = {
    "M": "companion_mother",
    "D": "child_director",
    "S": "township_supervisor",
    "C": "county_officer",
    "P": "department_officer",
    "F": "foundation_officer",
    "R": "researcher",
    "A": "administrator",
    "U": "auditor",
}
ABOVE = """\
# Who may knock at which door, by the name of its address. Made by tools/doors.py from tests/access/table.py: change it there.
# in: the view decides, by the row. 403, 405: refused before it. key: whoever is not signed in is asked for it.
# left: also who holds no post any more. What has no line here is not found, by nobody.
"""


def cells_of(role: str, name: str, method: str) -> set[str]:
    return {row[role] for (told, by, _place), row in TABLE.items() if by == method and told.partition("?")[0] == name}


def answer_to(role: str, name: str, method: str) -> str:
    cells = cells_of(role, name, method)
    if role == "-":
        return "in" if name in PUBLIC else "key"
    if name in ONES_OWN and "405" not in cells:
        return "in"
    return cells.pop() if len(cells) == 1 and cells <= REFUSALS else "in"


def lines() -> list[str]:
    doors = sorted({(name.partition("?")[0], method) for name, method, _place in TABLE})
    doors += [(name, method) for name in NOWHERE for method in EVERY_METHOD]
    head = [f"# {letter} {role}" for letter, role in LETTERS.items()]
    columns = f"#      {'':34}{' '.join(f'{role:3}' for role in ROLES)}".rstrip()
    return [*head, columns, *(line(name, method) for name, method in doors)]


def line(name: str, method: str) -> str:
    cells = " ".join(f"{answer_to(role, name, method):3}" for role in ROLES)
    left = " left" if name in WHO_LEFT else ""
    return f"{method:6} {name:33} {cells}".rstrip() + left


def size() -> str:
    addresses = len({name.partition("?")[0] for name, _method, _place in TABLE} | set(NOWHERE))
    doors = len({(name.partition("?")[0], method) for name, method, _place in TABLE})
    about = {place for _name, _method, place in TABLE} - {"any"}
    return (
        "# Doors\n\n"
        f"{addresses} addresses, {doors} doors (address × method), {len(about)} places: {len(TABLE)} rows × {len(ROLES)} roles = "
        f"{len(TABLE) * len(ROLES):,} answers, each of which is asked for by `tests/access/test_table.py`. Written by "
        "`tools/doors.py`; the list that the program goes by is `ccmp/people/data/doors.txt` ([0030](adr/0030-a-list-of-doors.md)).\n"
    )


def main() -> int:
    wanted = {DOORS: ABOVE + "\n".join(lines()) + "\n", SIZE: size()}
    if sys.argv[1:] != ["--check"]:
        for path, text in wanted.items():
            path.write_text(text, "utf-8")
        return 0
    old = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in old:
        print(f"{path.relative_to(ROOT)} is not what tests/access/table.py says. Run tools/doors.py.")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
