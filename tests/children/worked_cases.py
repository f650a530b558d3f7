"""二十个家庭，三个日子：每个孩子属于哪些类别，依据什么。

一位民政干部可以逐行核对。每个家庭先用白话讲清楚，再写成档案里的事实，最后写出三个日子各应得出的类别和理由。
类别是人写上去的，不是程序算出来再抄的；`docs/worked-cases.md` 由此生成。
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from children.enums import CareKind, DisabilityKind, Ground, Hukou, IncapacityReason, LabelKind, Means, SchoolStage
from children.rules.child_facts import CareFacts, ChildFacts, GroundFacts, HukouFacts, ParentFacts, Span

VILLAGE = "520323100201"
HERE, ELSEWHERE = "520323", "520327"
Times = Sequence[tuple[str, ...]]
DAYS = (date(2020, 6, 1), date(2023, 9, 1), date(2026, 3, 12))


@dataclass(frozen=True)
class OnDay:
    """符合的类别；档案里还说不清的类别；理由。"""

    holds: str
    why: str
    unknown: str = ""


@dataclass(frozen=True)
class Case:
    name: str
    story: str
    facts: ChildFacts
    days: tuple[OnDay, OnDay, OnDay]


# ── 写事实用的几个词 ────────────────────────────────────────────────────────────────────────────────────────────────


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(since: str, until: str = "") -> Span:
    return Span(day(since), day(until) if until else None)


def person(
    name: str, *, dead: str = "", lost: str = "", declared: str = "", away: Times = (), unable: Times = ()
) -> ParentFacts:
    """一个大人：去世、失去联系、法院宣告失踪、外出务工、没有监护能力，各从哪天起。"""
    return ParentFacts(
        known=True,
        name=name,
        died_on=day(dead) if dead else None,
        missing_since=day(lost) if lost else None,
        declared_missing_on=day(declared) if declared else None,
        stays=tuple((where, span(*when)) for where, *when in away),
        unable=tuple((IncapacityReason(why), span(*when)) for why, *when in unable),
    )


def child(
    born: str,
    father: ParentFacts | None,
    mother: ParentFacts | None,
    *,
    care: Sequence[CareFacts],
    home: Sequence[ParentFacts] = (),
    **facts: Any,
) -> ChildFacts:
    """一个孩子；没有另写的，是本县农业户口。`home`：住在家里的大人。"""
    given: dict[str, Any] = {"hukou": (HukouFacts(Hukou.RURAL, HERE),)} | facts
    return ChildFacts(
        born_on=day(born), village_code=VILLAGE, school_stage=SchoolStage.PRIMARY, is_boarding=False,
        father=father or ParentFacts(), mother=mother or ParentFacts(), care=tuple(care), grown_ups=tuple(home), **given,
    )  # fmt: skip


def cared(kind: str, since: str, carer: ParentFacts | None = None, until: str = "") -> CareFacts:
    return CareFacts(CareKind(kind), span(since, until), carer)


def poor(kind: str, since: str, until: str = "") -> dict[str, Any]:
    return {"means": ((Means(kind), span(since, until)),)}


NONE = ""
BOTH, ONE = "left_by_both", "left_by_one"
LEFT = "left_behind"
NO_GUARDIAN = "in_difficulty guardianship_missing"

granny, grandpa = person("杨秀英"), person("陈国富")
dad, mum = person("陈志强"), person("李芳")

CASES: list[Case] = []


def case(name: str, story: str, facts: ChildFacts, *days: OnDay) -> None:
    first, second, third = days
    CASES.append(Case(name, story, facts, (first, second, third)))


# ── 外出务工 ────────────────────────────────────────────────────────────────────────────────────────────────────────

_mother = person("李芳", away=[("广东东莞", "2019-02-20", "2025-01-10")])
case(
    "陈雨欣",
    "2014年6月1日生。父母2019年2月20日起同在广东东莞务工，由奶奶照护；母亲2025年1月10日回家。",
    child("2014-06-01", person("陈志强", away=[("广东东莞", "2019-02-20")]), _mother,
          care=[cared("good", "2019-02-20", granny)], home=[granny]),
    OnDay(f"{LEFT} {BOTH}", "父母双方外出务工，未满16周岁，农业户口（国发〔2016〕13号）。"),
    OnDay(f"{LEFT} {BOTH}", "同上。"),
    OnDay(ONE, "母亲在家且有监护能力，只有父亲外出，不再是农村留守儿童。"),
)  # fmt: skip

_away = [("浙江义乌", "2018-03-01")]
case(
    "罗小军",
    "2010年3月12日生。父母2018年3月1日起一直在外务工，由爷爷照护。",
    child("2010-03-12", person("罗强", away=_away), person("何梅", away=_away),
          care=[cared("fair", "2018-03-01", grandpa)], home=[grandpa]),
    OnDay(f"{LEFT} {BOTH}", "父母双方外出务工，10岁。"),
    OnDay(f"{LEFT} {BOTH}", "父母双方外出务工，13岁。"),
    OnDay(BOTH, "当天满16周岁：不再是农村留守儿童；父母双方外出这一事实仍在。"),
)  # fmt: skip

case(
    "杨秀兰",
    "2012年2月29日生。父母2019年5月1日起在外务工。户口原在镇上，2022年1月1日改为农业户口。",
    child("2012-02-29", person("杨勇", away=[("", "2019-05-01")]), person("罗红", away=[("", "2019-05-01")]),
          care=[cared("fair", "2019-05-01", granny)], home=[granny],
          hukou=(HukouFacts(Hukou.RURAL, HERE), HukouFacts(Hukou.URBAN, HERE, until=day("2022-01-01")))),
    OnDay(BOTH, "那一天还不是农业户口，不算农村留守儿童。"),
    OnDay(f"{LEFT} {BOTH}", "户口已改，按当天的户口算。"),
    OnDay(f"{LEFT} {BOTH}", "14岁，情况未变。"),
)  # fmt: skip

case(
    "王小芳",
    "2013年5月5日生。父亲2018年9月1日到2025年2月1日在福建务工；母亲2017年起一级残疾，在家；由奶奶照护。",
    child("2013-05-05", person("王军", away=[("福建晋江", "2018-09-01", "2025-02-01")]),
          person("刘兰", unable=[("severe_disability", "2017-01-01")]),
          care=[cared("fair", "2018-09-01", granny)], home=[granny]),
    OnDay(f"{LEFT} {ONE}", "一方外出务工，另一方没有监护能力，算农村留守儿童。"),
    OnDay(f"{LEFT} {ONE}", "同上。"),
    OnDay(NONE, "父亲2025年2月1日回家，在家且有监护能力。"),
)  # fmt: skip

# ── 孤儿、事实无人抚养 ──────────────────────────────────────────────────────────────────────────────────────────────

case(
    "石磊",
    "2015年1月1日生。父亲2016年去世；母亲2019年3月1日外出务工，2023年6月1日起失去联系。奶奶照护。",
    child("2015-01-01", person("石刚", dead="2016-04-02"),
          person("吴梅", lost="2023-06-01", away=[("广东", "2019-03-01")]),
          care=[cared("fair", "2016-04-02", granny)], home=[granny]),
    OnDay(f"{LEFT} {ONE}", "一方外出务工，另一方去世，家里没有父母，算农村留守儿童。"),
    OnDay(NO_GUARDIAN, "失去联系才三个月，不满6个月，还不算事实无人抚养；父母都不在，监护缺失。", "destitute"),
    OnDay(f"unsupported {NO_GUARDIAN}", "一方死亡、一方失联满6个月（民发〔2019〕62号）。家里经济情况没有记，特困说不清。",
          "destitute"),
)  # fmt: skip

case(
    "龙秀英",
    "2011年11月11日生。父亲2014年去世；母亲2016年5月1日起失去联系，2021年4月1日被法院宣告失踪。低保户，外婆照护。",
    child("2011-11-11", person("龙飞", dead="2014-08-08"), person("潘英", lost="2016-05-01", declared="2021-04-01"),
          care=[cared("fair", "2016-05-01", granny)], home=[granny], **poor("minimum_living", "2015-01-01")),
    OnDay(f"unsupported destitute {NO_GUARDIAN} poverty", "一方死亡、一方失联；法院还没有宣告失踪，不是孤儿。"),
    OnDay(f"orphan destitute {NO_GUARDIAN} poverty", "一方死亡、一方被宣告失踪，是孤儿；是孤儿就不再算事实无人抚养。"),
    OnDay(f"orphan destitute {NO_GUARDIAN} poverty", "14岁，同上。"),
)  # fmt: skip

case(
    "吴家宝",
    "2016年4月1日生。父亲2020年3月1日起服刑，刑期到2024年3月1日；母亲2019年10月1日起重病，在家。外婆照护。",
    child("2016-04-01", person("吴强", unable=[("serving_sentence", "2020-03-01", "2024-03-01")]),
          person("石梅", unable=[("serious_illness", "2019-10-01")]),
          care=[cared("fair", "2020-03-01", granny)], home=[granny]),
    OnDay(f"unsupported {NO_GUARDIAN}", "父亲刑期四年，判下来就算；母亲重病。", "destitute"),
    OnDay(f"unsupported {NO_GUARDIAN}", "父亲还在服刑。", "destitute"),
    OnDay(NONE, "父亲刑满回家，在世且有监护能力。"),
)  # fmt: skip

case(
    "吴家和",
    "2015年4月1日生。父亲2020年5月1日起服刑三个月；母亲2019年10月1日起重病，2021年1月1日治好。",
    child("2015-04-01", person("吴勇", unable=[("serving_sentence", "2020-05-01", "2020-08-01")]),
          person("田英", unable=[("serious_illness", "2019-10-01", "2021-01-01")]),
          care=[cared("fair", "2020-05-01", granny)], home=[granny]),
    OnDay(NO_GUARDIAN, "刑期不满6个月，不算事实无人抚养；但当天父母都没有监护能力。", "destitute"),
    OnDay(NONE, "父母都在家。"),
    OnDay(NONE, "父母都在家。"),
)  # fmt: skip

case(
    "田静",
    "2012年7月7日生。母亲2018年去世；父亲2019年8月1日被法院撤销监护资格。伯母照护。",
    child("2012-07-07", person("田勇", unable=[("revoked", "2019-08-01")]), person("韦兰", dead="2018-02-03"),
          care=[cared("good", "2019-08-01", granny)], home=[granny]),
    OnDay(NO_GUARDIAN, "撤销监护资格2021年1月1日才列入（民发〔2020〕125号），那一天还不算。", "destitute"),
    OnDay(f"unsupported {NO_GUARDIAN}", "一方死亡、一方被撤销监护资格。", "destitute"),
    OnDay(f"unsupported {NO_GUARDIAN}", "同上，13岁。", "destitute"),
)  # fmt: skip

case(
    "潘小燕",
    "2013年9月9日生。父亲2019年12月1日去世；母亲是外国人，2020年1月15日被遣送出境，2025年6月1日合法回来。",
    child("2013-09-09", person("潘军", dead="2019-12-01"),
          person("阿兰", unable=[("deported", "2020-01-15", "2025-06-01")]),
          care=[cared("fair", "2020-01-15", granny)], home=[granny]),
    OnDay(NO_GUARDIAN, "遣送出境2021年1月1日才列入，那一天还不算。", "destitute"),
    OnDay(f"unsupported {NO_GUARDIAN}", "一方死亡、一方被遣送出境。", "destitute"),
    OnDay(NONE, "母亲已回来。"),
)  # fmt: skip

case(
    "令狐强",
    "2014年2月2日生。母亲2022年9月1日起失去联系；父亲2023年6月1日起强制隔离戒毒两年。奶奶照护。",
    child("2014-02-02", person("令狐勇", unable=[("rehabilitation", "2023-06-01", "2025-06-01")]),
          person("安红", lost="2022-09-01"), care=[cared("fair", "2023-06-01", granny)], home=[granny]),
    OnDay(NONE, "父母都在家；照护人当时没有另记。"),
    OnDay(f"unsupported {NO_GUARDIAN}", "父亲强制隔离戒毒，期限两年；母亲失联满一年。", "destitute"),
    OnDay(NONE, "父亲2025年6月1日回家。"),
)  # fmt: skip

case(
    "王念",
    "2009年1月1日生。父亲三级精神残疾，母亲四级智力残疾，都在家；姑妈照护。",
    child("2009-01-01", person("王平", unable=[("mental_disability", "2019-01-01")]),
          person("罗平", unable=[("mental_disability", "2018-01-01")]),
          care=[cared("good", "2018-01-01", granny)], home=[granny]),
    OnDay(f"unsupported {NO_GUARDIAN}", "三级、四级精神或智力残疾，2020年1月1日起就算重残。", "destitute"),
    OnDay(f"unsupported {NO_GUARDIAN}", "同上。", "destitute"),
    OnDay(f"unsupported {NO_GUARDIAN}", "17岁，仍算；满16周岁不再有特困的问题。"),
)  # fmt: skip

case(
    "安妮",
    "2008年3月12日生。父母2017年车祸去世；2018年1月1日起按特困供养；外婆照护。",
    child("2008-03-12", person("安强", dead="2017-07-07"), person("周梅", dead="2017-07-07"),
          care=[cared("fair", "2017-07-07", granny)], home=[granny], **poor("destitute", "2018-01-01")),
    OnDay(f"orphan destitute {NO_GUARDIAN} poverty", "父母双亡，12岁。"),
    OnDay(f"orphan destitute {NO_GUARDIAN} poverty", "父母双亡，15岁。"),
    OnDay(NONE, "当天满18周岁，不再是儿童。"),
)  # fmt: skip

# ── 流动儿童 ────────────────────────────────────────────────────────────────────────────────────────────────────────

_fenggang = (HukouFacts(Hukou.RURAL, ELSEWHERE, "凤冈县花坪镇"),)
case(
    "周小雨",
    "2018年10月10日生，户口在凤冈县。2023年3月1日随母亲住到本县；父亲2022年1月1日起在外务工。",
    child("2018-10-10", person("周强", away=[("广东", "2022-01-01")]), mum, care=[cared("good", "2018-10-10", mum)],
          home=[mum], hukou=_fenggang, lives_here_since=day("2023-03-01")),
    OnDay(NONE, "那时还没有来本县。"),
    OnDay(f"{ONE} migrant", "离开户口所在县当天满6个月，母亲在身边，是流动儿童。"),
    OnDay(f"{ONE} migrant", "同上。"),
)  # fmt: skip

case(
    "周小雪",
    "2014年10月10日生。2022年1月1日随父母住到本县；档案里没有写户口在哪个县。",
    child("2014-10-10", dad, mum, care=[cared("good", "2014-10-10", mum)], home=[dad, mum],
          hukou=(HukouFacts(Hukou.RURAL),), lives_here_since=day("2022-01-01")),
    OnDay(NONE, "那时还没有来本县。"),
    OnDay(NONE, "住满6个月；户口在哪个县没有写，是不是流动儿童说不清，要去问。", "migrant"),
    OnDay(NONE, "同上。", "migrant"),
)  # fmt: skip

# ── 无人看护、独自生活 ──────────────────────────────────────────────────────────────────────────────────────────────

_wei_dad, _wei_mum = person("韦勇", away=[("广东", "2020-03-01")]), person("石兰", away=[("广东", "2020-03-01")])
_wei_grandpa = person("韦国强", dead="2025-12-01")
_wei: dict[str, Any] = {"care": [cared("fair", "2020-02-02", _wei_grandpa)], "home": [_wei_grandpa]}
case(
    "韦小虎",
    "2019年2月2日生。父母2020年3月1日起在外务工，由爷爷照护；爷爷2025年12月1日去世，档案里没有写由谁接着照护。",
    child("2019-02-02", _wei_dad, _wei_mum, **_wei),
    OnDay(f"{LEFT} {BOTH}", "父母双方外出务工。"),
    OnDay(f"{LEFT} {BOTH}", "父母双方外出务工。"),
    OnDay(f"{LEFT} {BOTH} under_8_unattended under_16_alone",
          "照护人已去世、父母在外、家里没有大人：马上去看（未成年人保护法第二十一条）。"),
)  # fmt: skip

case(
    "韦大山",
    "2012年2月2日生，韦小虎的哥哥，同住。",
    child("2012-02-02", _wei_dad, _wei_mum, **_wei),
    OnDay(f"{LEFT} {BOTH}", "父母双方外出务工。"),
    OnDay(f"{LEFT} {BOTH}", "父母双方外出务工。"),
    OnDay(f"{LEFT} {BOTH} under_16_alone", "14岁，不得脱离监护单独生活；已满8周岁，不属无人看护。"),
)  # fmt: skip

_luo_dad = person("罗刚", lost="2023-08-01")
case(
    "罗小草",
    "2018年5月15日生。母亲是谁档案里没有写；父亲原在家照护，2023年8月1日起失去联系；奶奶住在家里，但没有人真正照护孩子。",
    child("2018-05-15", _luo_dad, None,
          care=[cared("fair", "2018-05-15", _luo_dad, until="2023-08-01"), cared("none", "2023-08-01")], home=[granny]),
    OnDay(NONE, "父亲在家，不是留守；母亲没有登记，是不是一方外出说不清。", ONE),
    OnDay(f"{NO_GUARDIAN} under_8_unattended",
          "写明无人照护，未满8周岁：马上去看。奶奶住在家里，不算独自生活。母亲没有登记，留守、特困都说不清。",
          f"{LEFT} {ONE} destitute"),
    OnDay(f"{NO_GUARDIAN} under_8_unattended", "父亲失联已满6个月；母亲没有登记，是不是事实无人抚养说不清，要去问。",
          f"{LEFT} {ONE} unsupported destitute"),
)  # fmt: skip

# ── 困境 ────────────────────────────────────────────────────────────────────────────────────────────────────────────

case(
    "苏明",
    "2013年3月3日生。父母在家；2022年1月1日到2024年12月31日是防返贫监测户。",
    child("2013-03-03", dad, mum, care=[cared("good", "2013-03-03", dad)], home=[dad, mum],
          **poor("monitored", "2022-01-01", "2024-12-31")),
    OnDay(NONE, "父母在家，没有记下困难。"),
    OnDay("in_difficulty poverty", "家庭贫困（国发〔2016〕36号）。"),
    OnDay(NONE, "监测已经结束。"),
)  # fmt: skip

_sealed = (
    GroundFacts(Ground.DISABILITY, span("2021-03-01"), DisabilityKind.HEARING, 2),
    GroundFacts(Ground.ILLNESS, span("2023-03-01", "2025-10-01")),
    GroundFacts(Ground.IMPROPER_CARE, span("2026-03-12")),
)
case(
    "何佳",
    "2015年9月1日生。父母在家。2021年3月1日领听力二级残疾证；2023年3月1日到2025年10月1日重病；2026年3月12日查明受家人伤害。",
    child("2015-09-01", dad, mum, care=[cared("fair", "2015-09-01", dad)], home=[dad, mum], grounds=_sealed),
    OnDay(NONE, "那时还没有这些情况。"),
    OnDay("in_difficulty disability illness", "自身残疾、重病。只有可以看健康情况的人看得到这两项。"),
    OnDay("in_difficulty disability guardianship_improper", "自身残疾；监护不当，从当天起。重病已经结束。"),
)  # fmt: skip


# ── 生成的一页 ──────────────────────────────────────────────────────────────────────────────────────────────────────

HEAD = """# 二十个家庭，三个日子

由 `tests/children/worked_cases.py` 生成（`tools/worked_cases.py`）；与它不一致时，测试会指出来。类别按当天已有的事实计算，
没有人填写；档案里没有写的事，不当作“没有”，而是说“说不清”。健康和受伤害的情况，只有可以看的人看得到。

"""


def names(kinds: str) -> str:
    return "、".join(str(LabelKind(kind).label) for kind in kinds.split()) or "—"


def page() -> str:
    """The table, and then each family with its three days. To be made with Chinese active."""
    heads = [f"{one:%Y-%m-%d}" for one in DAYS]
    table = [f"| 孩子 | {' | '.join(heads)} |", "|---|---|---|---|"]
    table += [f"| {one.name} | {' | '.join(_cell(told) for told in one.days)} |" for one in CASES]
    return HEAD + "\n".join(table) + "\n\n" + "\n".join(_family(one, number) for number, one in enumerate(CASES, 1))


def _cell(told: OnDay) -> str:
    return names(told.holds) + (f"；说不清：{names(told.unknown)}" if told.unknown else "")


def _family(one: Case, number: int) -> str:
    lines = [f"- **{on:%Y-%m-%d}**：{_cell(told)}。{told.why}" for on, told in zip(DAYS, one.days, strict=True)]
    return "\n".join([f"## {number}. {one.name}", "", one.story, "", *lines, ""])
