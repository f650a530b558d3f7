"""Villages' months for tests: the drawn county of October 2026, and plain villages."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from ccmp.moments import CHINA, Month
from ccmp.reports.enums import Edition
from ccmp.reports.rules.figures import (
    Activity,
    FlagsOfSeverity,
    Opening,
    Tally,
    TasksOfDepartment,
    VillageFigures,
    VisitsAtLevel,
    Week,
)
from ccmp.reports.rules.needs import ActBy
from ccmp.reports.rules.papers import Frame
from ccmp.reports.rules.published import Holiday

OCTOBER = Month(2026, 10)
MONDAYS = (date(2026, 9, 28), date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19), date(2026, 10, 26))
REQUIRED = (411, 548, 960, 960, 960)
EARLIER = tuple(date(2026, 5, 4) + timedelta(days=7 * n) for n in range(21))


def week(monday: date, required: int, opened: int | None, *, is_exempt: bool = False) -> Week:
    """One week; `opened` None: nobody recorded anything."""
    if is_exempt or not required:
        return Week(monday, 0, opened or 0, "exempt")
    if opened is None:
        return Week(monday, required, 0, "silent")
    return Week(monday, required, opened, "met" if opened >= required else "short")


def village(code: str = "520323101001", **facts: object) -> VillageFigures:
    """A village that met every week, with nothing else recorded."""
    plain = VillageFigures(
        code=code,
        name=f"村{code[-3:]}",
        township="黄杨镇",
        county_code=code[:6] + "000000",
        county="绥阳县",
        province_code=code[:2] + "0000000000",
        province="贵州省",
        arm="ccmp",
        since=date(2026, 1, 1),
        weeks=tuple(week(monday, minutes, minutes + 20) for monday, minutes in zip(MONDAYS, REQUIRED, strict=True)),
        children=100,
    )
    return replace(plain, **facts)


def hours(*opened: float | str | None) -> tuple[Week, ...]:
    """The month's weeks by their hours; None is silent, "exempt" exempt."""
    return tuple(
        week(
            monday,
            required,
            None if one is None or one == "exempt" else round(float(one) * 60),
            is_exempt=one == "exempt",
        )
        for monday, required, one in zip(MONDAYS, REQUIRED, opened, strict=True)
    )


_DRAWN = [
    ("三岔河布依族苗族移民新村", "郑场镇", (7.4, None, None, 11.7, None), 143),
    ("落水孔村", "大路槽乡", (7.7, 9.5, 10.0, 8.0, 8.5), 96),
    ("长岩脚村", "小关乡", (7.7, None, 16.8, 16.5, 17.3), 120),
    ("鹰嘴岩村", "黄杨镇", (5.0, 9.4, 14.3, 13.0, 17.2), 131),
    ("石笋沟村", "黄杨镇", (7.0, 9.7, 18.5, 18.0, 13.7), 188),
    ("茶腊坡村", "茅垭镇", (7.8, 8.4, 16.3, 18.6, 16.6), 210),
    ("冷水沟村", "宽阔镇", (7.7, 10.1, 16.4, 16.2, 16.1), 165),
    ("大水井村", "茅垭镇", (7.6, 9.8, 17.3, 18.5, 17.3), 144),
    ("木瓜垭村", "旺草镇", (7.3, 10.6, 18.3, 16.1, 16.6), 250),
    ("檬子树村", "温泉镇", (7.3, 10.3, 17.6, 17.2, 18.3), 101),
    ("双龙井村", "枧坝镇", (7.2, 10.4, 17.6, 16.8, 16.5), 133),
    ("尖山垭村", "宽阔镇", (7.2, 9.3, 16.8, 17.2, 16.3), 154),
    ("新寨坪村", "风华镇", (6.9, 10.0, 16.3, 16.6, 16.7), 176),
    ("晒谷坪村", "蒲场镇", (7.3, 10.3, 16.1, 16.4, 17.3), 98),
    ("柏树坝村", "风华镇", (7.6, 10.3, 16.3, 16.8, 17.3), 87),
    ("桐子湾村", "枧坝镇", (7.8, 10.6, 16.6, "exempt", 18.5), 222),
    ("梨园坝村", "坪乐镇", (7.6, 10.6, 16.8, 16.1, 16.8), 301),
    ("白竹园村", "太白镇", (6.9, 9.2, 16.0, 16.0, 16.0), 112),
    ("青岩口村", "旺草镇", (7.4, 9.6, 18.6, 18.6, 18.3), 143),
    ("麻柳滩村", "青杠塘镇", (8.0, 9.3, 17.5, 17.9, 18.3), 167),
]


def drawn_county(county: str = "520323") -> list[VillageFigures]:
    return [_drawn(county, n, *facts) for n, facts in enumerate(_DRAWN)]


def _drawn(county: str, n: int, name: str, township: str, opened: tuple[object, ...], children: int) -> VillageFigures:
    is_pressed = n < 2
    return village(
        f"{county}{101 + n % 9}{201 + n:03}",
        name=name,
        township=township,
        weeks=hours(*opened),
        earlier_weeks=_earlier(n),
        children=children,
        left_behind=children // 3,
        left_by_both=children * 32 // 100,
        left_by_one=children * 31 // 100,
        visits=(
            VisitsAtLevel("high", 2, 2 - (n == 0), 0, int(n == 0)),
            VisitsAtLevel("medium", 8, 7, 1, int(is_pressed)),
            VisitsAtLevel("low", 20 + n, 18 + n, 1, 1 + 3 * is_pressed),
        ),
        visits_made=28 + n,
        children_visited=26 + n,
        attempts=(Tally("completed", 28 + n), Tally("nobody_home", 2), Tally("refused", n % 3 == 0)),
        sessions=22,
        empty_sessions=int(n == 17),
        children_attending=61,
        attendances=438 - n,
        activities=(
            Activity(date(2026, 10, 11), "drowning", 32),
            Activity(date(2026, 10, 17), "hygiene", 27),
            Activity(date(2026, 10, 24), "video_call", 19),
            Activity(date(2026, 10, 31), "parenting", 14),
        )[: 0 if n == 0 else 1 + n % 4],
        flags=(
            FlagsOfSeverity("mandatory", int(n in (3, 8)), int(n == 8), int(n == 3), 0, 0),
            FlagsOfSeverity("serious", n % 3, n % 3, 0, 0, 0),
            FlagsOfSeverity("concern", n % 4, n % 4, 0, 0, 0),
        ),
        referrals_opened=n % 3,
        referrals_closed=n % 2,
        referrals_open=n % 4,
        tasks=_tasks(n),
        openings=(
            Opening((0, 1, 2, 3, 4), "16:30", "18:30"),
            Opening((5,), "09:00", "12:00"),
            Opening((6,), "14:00", "17:00"),
        ),
    )


def _tasks(n: int) -> tuple[TasksOfDepartment, ...]:
    late = n % 5 == 0
    return (
        TasksOfDepartment("education", "县教育局", 2, 2, 2 - late, 2, 1, 2, 2 - late, 0, int(late), 19 if late else 0),
        TasksOfDepartment(
            "disabled_federation", "县残联", 1, 1, 1, 1, 1 - late, 1, 1, int(n == 7), int(late), 6 if late else 0
        ),
        TasksOfDepartment("civil_affairs", "县民政局", 1, 1, 1, 1, 1, 1, 1, 0, 0, 0),
    )


def _earlier(n: int) -> tuple[Week, ...]:
    weeks = []
    for at, monday in enumerate(EARLIER):
        required = 1920 if monday.month in (7, 8) else 960
        missed = {1: (18,), 2: (13, 14), 4: (15,), 6: (16,), 9: (17,)}.get(n, ())
        weeks.append(
            week(monday, required, required - 120 if at in missed else required + 60, is_exempt=n == 13 and at < 19)
        )
    return tuple(weeks)


def frame(edition: Edition = Edition.COUNTY, **facts: object) -> Frame:
    plain = Frame(
        edition=edition,
        month=OCTOBER,
        place_code="520323000000",
        place="绥阳县",
        place_above="贵州省 遵义市",
        cut_off=datetime(2026, 11, 3, tzinfo=CHINA),
        rule_versions=("open_hours.term_minutes_a_week: 960 since 2015-10-01",),
        holidays=(Holiday("国庆节", 7),),
        act_by=ActBy(date(2026, 11, 10), date(2026, 11, 17)),
        authority="绥阳县民政局",
    )
    return replace(plain, **facts)


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)
