import pytest

from ccmp.places.enums import Level
from ccmp.places.rules.division_codes import BadDivisionCode, ancestor_at, check_level, level_of, parent_of, prefix_of


@pytest.mark.parametrize(
    ("code", "level", "prefix", "parent"),
    [
        ("000000000000", Level.PROGRAMME, "", None),
        ("520000000000", Level.PROVINCE, "52", "000000000000"),
        ("520300000000", Level.PREFECTURE, "5203", "520000000000"),
        ("520323000000", Level.COUNTY, "520323", "520300000000"),
        ("520323101000", Level.TOWNSHIP, "520323101", "520323000000"),
        ("520323101901", Level.VILLAGE, "520323101901", "520323101000"),
        ("441900003000", Level.TOWNSHIP, "441900003", "441900000000"),  # 东莞 has no counties
    ],
)
def test_a_code_tells_its_level_its_prefix_and_what_it_lies_in(
    code: str, level: Level, prefix: str, parent: str | None
) -> None:
    assert (level_of(code), prefix_of(code), parent_of(code)) == (level, prefix, parent)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("520323", "有 6 位"),
        ("5203230000000", "有 13 位"),
        ("", "只有数字"),
        ("52032310100x", "只有数字"),
        ("５２０３２３０００００", "只有数字"),
        ("²20323000000", "只有数字"),
        ("000000000001", "没有省份"),
        ("520323000001", "没有乡镇"),
    ],
)
def test_what_is_no_code_is_refused_with_the_reason(code: str, sentence: str) -> None:
    with pytest.raises(BadDivisionCode, match=sentence):
        level_of(code)


def test_an_ancestor_is_named_by_its_level() -> None:
    assert [ancestor_at("520323101901", level) for level in (Level.COUNTY, Level.PROVINCE, Level.PROGRAMME)] == [
        "520323000000",
        "520000000000",
        "000000000000",
    ]


def test_a_level_must_be_known_and_fit_the_code() -> None:
    assert check_level("520323000000", "county") == Level.COUNTY
    with pytest.raises(BadDivisionCode, match="“canton”不是级别"):
        check_level("520323000000", "canton")
    with pytest.raises(BadDivisionCode, match="520323000000 是 county 的代码"):
        check_level("520323000000", "township")
