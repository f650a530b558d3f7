from datetime import date, datetime

from ccmp.moments import CHINA
from ccmp.people.services.county import add_term, enrol_village
from ccmp.places.enums import Arm, DayKind, Level
from ccmp.places.models import PROGRAMME_CODE, CalendarDay, Place
from clubs.models import Club

SUIYANG, FENGGANG = "520323000000", "520327000000"
CLOUD_FOOT, STONE_SHOOT = "520323100201", "520323100202"  # two villages of one township
PEAR_GARDEN = "520323101201"  # another township of the same county
FENGGANG_VILLAGE = "520327100201"

NOW = datetime(2026, 3, 12, 10, 0, tzinfo=CHINA)  # a Thursday in term
TODAY = date(2026, 3, 12)


def moment(text: str) -> datetime:
    """`2026-03-12 16:05` in China's time."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)


def make_places() -> None:
    """The little world's divisions, clubs open since September 2025, one term, the Qingming holiday."""
    rows = [
        (PROGRAMME_CODE, "项目", Level.PROGRAMME),
        ("520000000000", "贵州省", Level.PROVINCE),
        ("520300000000", "遵义市", Level.PREFECTURE),
        (SUIYANG, "绥阳县", Level.COUNTY),
        (FENGGANG, "凤冈县", Level.COUNTY),
        ("520323100000", "洋川街道", Level.TOWNSHIP),
        ("520323101000", "郑场镇", Level.TOWNSHIP),
        ("520327100000", "龙泉街道", Level.TOWNSHIP),
    ]
    Place.objects.bulk_create([Place(code=code, name=name, level=level) for code, name, level in rows])
    villages = [
        (CLOUD_FOOT, "云脚村"),
        (STONE_SHOOT, "石笋沟村"),
        (PEAR_GARDEN, "梨园坝村"),
        (FENGGANG_VILLAGE, "青岩口村"),
    ]
    for code, name in villages:
        enrol_village(code=code, name=name, arm=Arm.CCMP, starts_on=date(2025, 9, 1), by=None, at=NOW)
        Club.objects.create(village_code=code, opened_on=date(2025, 9, 1))
    for county in (SUIYANG, FENGGANG):
        add_term(
            county_code=county,
            name="2025年秋季",
            starts_on=date(2025, 9, 1),
            ends_on=date(2026, 1, 23),
            by=None,
            at=NOW,
        )
        add_term(
            county_code=county,
            name="2026年春季",
            starts_on=date(2026, 3, 2),
            ends_on=date(2026, 7, 10),
            by=None,
            at=NOW,
        )
    CalendarDay.objects.bulk_create(
        CalendarDay(day=date(2026, 4, day), kind=DayKind.PUBLIC_HOLIDAY, name="清明节", source="notice")
        for day in (4, 5, 6)
    )
