"""A register as a township might send it: 340 invented children, built the same each time; and forty ways to get it wrong.

Nobody in it lives: names are put together from lists, numbers begin with the county's code and count up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter

from children.rules.id_slips import check_character
from children.rules.register_sheet import columns

FAMILIES = "陈罗杨石龙欧吴田何冉周彭"
GIVEN = (
    "雨欣",
    "子涵",
    "小龙",
    "婷婷",
    "家豪",
    "思远",
    "梦洁",
    "俊杰",
    "诗琪",
    "浩然",
    "若兰",
    "天佑",
    "佳怡",
    "明轩",
    "欣妍",
    "志远",
    "晓燕",
)
GROWN = ("国富", "志强", "德全", "正华", "光荣", "学文", "永贵", "成林")
ELDERS = (
    "大山", "朝贵", "明德", "世华", "兴发", "文忠", "开云", "绍清", "廷珍", "启明", "元昌", "定国", "云奎", "仕林", "登科",
)  # fmt: skip
WIVES = ("秀英", "桂芳", "小琴", "慧敏", "永珍", "海燕")
HAMLETS = ("上寨组", "下寨组", "河边组", "岩脚组")
GROUPS = ("苗族", "汉族", "仡佬", "布依族", "穿青人")
TOWNS = ("广东东莞", "浙江义乌", "福建晋江")
CHILDREN = 340
FIRST_ROW = 2
Row = dict[str, Any]


def number(born_on: date, count: int, *, area: str = "520323") -> str:
    """An ID number that can be one; the sex is in its 17th digit."""
    seventeen = f"{area}{born_on:%Y%m%d}{count:03d}"
    return seventeen + check_character(seventeen)


def right_rows(village: str = "云脚村") -> list[Row]:
    """Rows by the keys of the columns; two brothers or sisters share each home."""
    return [_row(place, village) for place in range(CHILDREN)]


def _row(place: int, village: str) -> Row:
    home = place // 2
    family = FAMILIES[home % len(FAMILIES)]
    born_on = date(2010, 1, 1) + timedelta(days=place * 16)
    girl = place % 3 == 0
    father = f"{family}{GROWN[home % len(GROWN)]}"
    head = f"{family}{ELDERS[home // len(FAMILIES)]}"  # each home has a head of its own
    away = home % 2 == 0
    row: Row = {
        "village": village,
        "head_name": head,
        "neighbourhood": HAMLETS[home % len(HAMLETS)],
        "address": f"村委会往西{home + 1}号",
        "name": f"{family}{GIVEN[place % len(GIVEN)]}",
        "sex": "女" if girl else "男",
        "ethnic_group": GROUPS[home % len(GROUPS)],
        "born_on": born_on.isoformat(),
        "resident_id": number(born_on, 2 * (place % 400) + (0 if girl else 1)),
        "hukou": "农业户口",
        "hukou_place": "贵州省遵义市绥阳县洋川街道云脚村",
        "school_stage": _school(born_on),
        "is_boarding": "否",
        "father_name": father,
        "father_phone": f"138{home:08d}",
        "father_whereabouts": "外出务工" if away else "在家",
        "mother_name": f"{FAMILIES[(home + 5) % len(FAMILIES)]}{WIVES[home % len(WIVES)]}",
        "mother_whereabouts": "在家",
        "carer_relation": "祖父" if away else "母亲",
        "carer_kind": "一般",
        "carer_since": max(born_on, date(2024, 2, 20)).isoformat(),
    }
    if away:
        row |= {
            "father_since": "2024-02-20",
            "father_where": TOWNS[home % 3],
            "carer_name": head,
            "carer_is_entrusted": "是",
        }
    return row


def _school(born_on: date) -> str:
    years = 2026 - born_on.year
    return "幼儿园" if years < 6 else "小学" if years < 12 else "初中" if years < 15 else "高中"


@dataclass(frozen=True)
class Mistake:
    """One slip: the row (from 0) and column in which it is made, what is written instead, and where it is told."""

    row: int
    key: str
    text: Any
    told_at: str = ""
    also: Mapping[str, Any] | None = None

    @property
    def cell(self) -> tuple[int, str]:
        return self.row + FIRST_ROW, self.told_at or self.key


def mistakes(rows: Sequence[Row]) -> list[Mistake]:
    """Forty different slips, each in a row of its own and none beside its brother's."""

    def n(place: int) -> str:
        return str(rows[place]["resident_id"])

    return [
        Mistake(0, "village", "云角村"),
        Mistake(4, "village", ""),
        Mistake(8, "head_name", ""),
        Mistake(12, "name", ""),
        Mistake(16, "name", "12345"),
        Mistake(20, "name", "陈?欣"),
        Mistake(24, "name", "陈" * 61),
        Mistake(28, "sex", "母"),
        Mistake(32, "sex", "男" if rows[32]["sex"] == "女" else "女"),
        Mistake(36, "ethnic_group", ""),
        Mistake(40, "ethnic_group", "苗子"),
        Mistake(44, "born_on", "2015年"),
        Mistake(48, "born_on", "2015-02-30"),
        Mistake(52, "born_on", "2015-03"),
        Mistake(56, "born_on", "2026-12-01"),
        Mistake(60, "born_on", "2001-03-01"),
        Mistake(64, "born_on", (date.fromisoformat(rows[64]["born_on"]) + timedelta(days=1)).isoformat()),
        Mistake(68, "resident_id", float(n(68)[:17] + "0")),
        Mistake(72, "resident_id", n(72)[:17] + ("0" if n(72)[17] != "0" else "1")),
        Mistake(76, "resident_id", n(76)[:16]),
        Mistake(80, "resident_id", n(80)[:6] + n(80)[8:17]),
        Mistake(84, "resident_id", n(84)[:5] + "Z" + n(84)[6:]),
        Mistake(88, "resident_id", ""),
        Mistake(
            92,
            "resident_id",
            n(90),
            told_at="sex",
            also={"born_on": rows[90]["born_on"], "sex": "女" if rows[90]["sex"] == "男" else "男"},
        ),
        Mistake(96, "no_id_reason", "未上户口"),
        Mistake(100, "hukou", "外地"),
        Mistake(104, "hukou", ""),
        Mistake(108, "school_stage", "在读"),
        Mistake(112, "is_boarding", "也许"),
        Mistake(116, "father_phone", "问奶奶"),
        Mistake(120, "father_name", ""),
        Mistake(124, "father_whereabouts", "广东"),
        Mistake(128, "father_since", ""),
        Mistake(132, "father_since", "2027-01-01"),
        Mistake(136, "father_resident_id", number(date(2020, 1, 1), 1)),
        Mistake(140, "mother_where", "广东东莞"),
        Mistake(144, "carer_relation", "太公"),
        Mistake(148, "carer_name", ""),
        Mistake(152, "carer_since", ""),
        Mistake(
            156, "carer_paper_signed_on", "2024-02-21", told_at="carer_is_entrusted", also={"carer_is_entrusted": "否"}
        ),
    ]


def wrong_rows(rows: Sequence[Row]) -> list[Row]:
    """The same register with the forty slips in it."""
    spoiled = [dict(row) for row in rows]
    for one in mistakes(rows):
        spoiled[one.row] |= {one.key: one.text} | dict(one.also or {})
    return spoiled


def workbook(rows: Sequence[Row], *, headings: Mapping[str, str] | None = None, keys: Sequence[str] = ()) -> bytes:
    """An .xlsx of rows; what is a number in a row is one in the sheet."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("儿童登记表")
    shown = list(keys) or list(columns())
    for place, key in enumerate(shown):
        sheet.write_string(0, place, (headings or {}).get(key) or (columns()[key].heading if key in columns() else key))
    for at, row in enumerate(rows, start=1):
        for place, key in enumerate(shown):
            value = row.get(key, "")
            if isinstance(value, str):
                sheet.write_string(at, place, value) if value else None
            else:
                sheet.write(at, place, value)
    book.close()
    return content.getvalue()
