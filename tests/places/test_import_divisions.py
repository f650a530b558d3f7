from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ccmp.places.models import Place
from ccmp.places.services.import_divisions import (
    ImportedDivisions,
    RefusedRow,
    UnreadableTable,
    import_divisions,
    read_text,
)

pytestmark = pytest.mark.django_db
HEADER = "code,name,level,valid_from,valid_until,replaced_by"
TABLE = [
    HEADER,
    "000000000000,Programme,programme,,,",
    "520000000000,贵州省,province,,,",
    "520500000000,毕节市,prefecture,2011-10-22,,",
    "520525000000,纳雍县,county,2011-10-22,,",
    "522400000000,毕节地区,prefecture,,2011-10-22,520500000000",
    "522426000000,纳雍县,county,,2011-10-22,520525000000",
]


def bring(*rows: str) -> ImportedDivisions:
    return import_divisions(lines=[*TABLE, *rows])


def test_a_table_is_brought_in_with_dates_and_successors() -> None:
    done = bring()

    former = Place.objects.get(pk="522426000000")
    assert done == ImportedDivisions(new=6, changed=0, same=0)
    assert (former.name, former.level, former.valid_until, former.replaced_by_id) == (
        "纳雍县",
        "county",
        date(2011, 10, 22),
        "520525000000",
    )


def test_the_same_table_again_changes_nothing() -> None:
    bring()

    assert bring() == ImportedDivisions(new=0, changed=0, same=6)


def test_a_place_that_differs_is_changed_and_stays_a_demo_place() -> None:
    bring("520525001000,雍熙镇,township,,,")
    Place.objects.filter(pk="520525001000").update(is_demo=True)

    done = bring("520525001000,雍熙街道,township,,,")

    place = Place.objects.get(pk="520525001000")
    assert done == ImportedDivisions(new=0, changed=1, same=6)
    assert (place.name, place.is_demo) == ("雍熙街道", True)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("520525000000,纳雍,county,,,", "520525000000 在第 5 行已经有了。"),
        ("530102000000,五华区,county,,,", "不知道 530102000000 所在的 530100000000。请放在同一文件中，或先导入它。"),
        ("520525001000,雍熙镇,township,2020-02-30,,", "“2020-02-30”不是日期。请写成 2011-10-22。"),
        ("520525001000,雍熙镇,township,2020-02-03,2020-02-03,", "失效日 2020-02-03 不晚于生效日 2020-02-03。"),
        ("520525001000,雍熙镇,township,,2020-02-03,520525001000", "取代它的 520525001000 不是已知的另一个地方。"),
        ("520525001000,雍熙镇,township,,2020-02-03,520525002000", "取代它的 520525002000 不是已知的另一个地方。"),
        ("520525001000,雍熙镇,township,,,520525000000", "已被其他代码取代，却没有失效日：请填 valid_until。"),
        ("520525001000,,township,,,", "缺少名称。"),
        ("520525001000,雍熙镇,township,,", "这一行有 5 格，应为 6 格。"),
        ("520525001000,雍熙镇,village,,,", "520525001000 是 township 的代码，不是 village 的。"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_nothing_is_written(row: str, reason: str) -> None:
    done = bring(row)

    assert done.refused == (RefusedRow(8, reason),)
    assert not Place.objects.exists()


@pytest.mark.parametrize("lines", [[], ["code,name"], [HEADER.replace("name", "title")], [""]])
def test_other_columns_are_refused(lines: list[str]) -> None:
    with pytest.raises(UnreadableTable, match="列应依次为"):
        import_divisions(lines=lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_file_is_read_in_utf8_and_gbk(tmp_path: Path, encoding: str) -> None:
    file, said = tmp_path / "places.csv", StringIO()
    file.write_bytes("\r\n".join(TABLE).encode(encoding))

    call_command("import_divisions", str(file), stdout=said)

    assert said.getvalue() == "6 places new, 0 changed, 0 as they were.\n"
    assert Place.objects.get(pk="520500000000").name == "毕节市"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableTable, match="既不是 UTF-8 也不是 GBK"):
        read_text(b"\xff\xff\xff")


def test_the_command_names_the_rows_and_fails(tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text("\n".join([*TABLE, "520525001000,雍熙镇,parish,,,"]), encoding="utf-8")

    with pytest.raises(CommandError, match=r"Nothing was written.*\n  row 8: “parish”不是级别"):
        call_command("import_divisions", str(file))


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_divisions", str(tmp_path / "none.csv"))
