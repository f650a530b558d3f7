"""What an invented companion mother hears and sees: the answers of her checklist, and what she must report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ccmp.demo.chance import Chance
from ccmp.demo.register import Home
from children.entries import ChildEntry
from children.enums import Hukou, IncapacityReason, LeftBy, SchoolStage, Sex
from children.models import years_before
from visits.entries import VisitEntry
from visits.enums import FlagKind, RiskLevel, Severity
from visits.rules.checklists import DANGER, FINE, WORRY, Checklist, checklist
from visits.rules.flag_kinds import kind_rule

# How often an item of the checklist worries her, by itself.
OFTEN = {
    "carer_health": 9,
    "contact": 5,
    "meeting": 9,
    "paper": 8,
    "screen": 8,
    "benefits": 3,
    "wish": 3,
    "dwelling": 2,
    "hazard": 3,
}
WHEN_LEFT = ("contact", "meeting", "paper", "carer_health")
RATE = {RiskLevel.LOW: 0.0042, RiskLevel.MEDIUM: 0.012, RiskLevel.HIGH: 0.026}
KINDS = {
    FlagKind.HAZARD: 20, FlagKind.PARENTS_SILENT: 14, FlagKind.SERIOUS_ILLNESS: 12, FlagKind.DISABILITY_UNCERTIFIED: 9,
    FlagKind.UNFIT_CARER: 7, FlagKind.FAMILY_CHANGE: 6, FlagKind.BULLYING: 5, FlagKind.DOMESTIC_VIOLENCE: 3.5,
    FlagKind.MALNUTRITION: 4, FlagKind.SELF_HARM: 2.5, FlagKind.NO_GUARDIAN: 3, FlagKind.CHILD_LABOUR: 1.5,
    FlagKind.UNATTENDED_UNDER_8: 3, FlagKind.ALONE_UNDER_16: 2, FlagKind.SEXUAL_ABUSE: 0.6, FlagKind.EARLY_PREGNANCY: 0.6,
    FlagKind.CHILD_OF_DRUG_USER: 1, FlagKind.VAGRANCY: 0.3,
}  # fmt: skip
SEEN: Mapping[FlagKind, tuple[str, ...]] = {
    FlagKind.HAZARD: (
        "屋后水塘没有围栏，孩子一个人在塘边玩。",
        "灶台边堆着柴，电线外皮破了。",
        "农药瓶放在孩子够得着的窗台上。",
    ),
    FlagKind.PARENTS_SILENT: ("妈妈半年多没有打过电话，号码已经停机。", "爸爸的电话打不通，过年也没有回来。"),
    FlagKind.SERIOUS_ILLNESS: (
        "孩子咳了一个多月，夜里发烧，一直没去医院。",
        "脸色发白，走几步就喘，奶奶说等爸爸回来再看。",
    ),
    FlagKind.DISABILITY_UNCERTIFIED: ("左腿走路拖着，没有办过残疾证。", "两岁多还不会叫人，对声音没有反应。"),
    FlagKind.UNFIT_CARER: ("爷爷整天喝酒，孩子自己煮面吃。", "照看的伯父常在外打牌，到夜里才回来。"),
    FlagKind.FAMILY_CHANGE: ("爸爸在工地出了事，妈妈当天赶去医院。", "爷爷上周去世，家里只剩奶奶和三个孩子。"),
    FlagKind.BULLYING: ("书包被人扔进水沟，孩子说不敢去上学。", "几个大孩子要他交零花钱，不给就打。"),
    FlagKind.DOMESTIC_VIOLENCE: ("手臂和背上有几道青痕，孩子低头不说话。", "邻居说夜里听见打骂声，孩子脸上有掌印。"),
    FlagKind.MALNUTRITION: ("比同龄孩子矮一大截，早饭常常没有。", "一天两顿，多是白饭拌酱油。"),
    FlagKind.SELF_HARM: ("手腕上有划痕，孩子说活着没意思。", "写的日记里说想消失，同学告诉了我。"),
    FlagKind.NO_GUARDIAN: (
        "奶奶住院，家里没有大人，兄妹俩自己过了五天。",
        "妈妈走后没有回来，爸爸在外地，现在没人管。",
    ),
    FlagKind.CHILD_LABOUR: ("没有上学，在镇上餐馆洗碗，一个月了。",),
    FlagKind.UNATTENDED_UNDER_8: (
        "五岁的孩子一个人锁在屋里，奶奶下地去了。",
        "六岁的姐姐带着两岁的弟弟，一整天没有大人。",
    ),
    FlagKind.ALONE_UNDER_16: ("爷爷去世后，孩子一个人住在老屋里。",),
    FlagKind.SEXUAL_ABUSE: ("孩子说有人带她到没人的地方，不让她告诉别人。",),
    FlagKind.EARLY_PREGNANCY: ("没有再去学校，家里说已经订了婚。",),
    FlagKind.CHILD_OF_DRUG_USER: ("爸爸在强制隔离戒毒，妈妈走了，跟着奶奶过。",),
    FlagKind.VAGRANCY: ("三天没有回家，手机关机，家里没有报案。",),
    FlagKind.NO_HUKOU: ("一直没有上户口，学校和医保都办不了。",),
    FlagKind.DROPPED_OUT: ("两个多月没去学校，说读不进去，想出去打工。", "转学手续没办好，就在家里待着。"),
    FlagKind.CHILD_OF_PRISONER: ("爸爸在服刑，妈妈改嫁，奶奶不知道可以申请补助。",),
}
SITUATIONS = ("孩子现在在家，奶奶陪着。", "已经接到邻居家，村主任在场。", "现在和我在一起。", "在学校，班主任知道。")


@dataclass(frozen=True)
class Finding:
    """Something that has to be reported, found on a visit."""

    child: ChildEntry
    visit: VisitEntry
    kind: FlagKind
    seen: str
    situation: str

    @property
    def makes_high(self) -> bool:
        return kind_rule(self.kind).makes_high

    @property
    def is_mandatory(self) -> bool:
        return kind_rule(self.kind).severity == Severity.MANDATORY


def worries(chance: Chance, level: RiskLevel, *, left_by: LeftBy) -> dict[str, int]:
    """Answers to every question of the checklist that come to this level, or close to it."""
    asked, answers = checklist(), {}
    share = 0.01 if left_by != LeftBy.NONE else 0.001
    for item in asked.items:
        often = OFTEN.get(item.id, 1) * (share if item.id in WHEN_LEFT else 0.01)
        answers[item.id] = WORRY if chance.draw() < often else FINE
    if level == RiskLevel.LOW:
        _calm(asked, answers)
    else:
        _aggravate(chance, asked, answers, level)
    return answers


def _calm(asked: Checklist, answers: dict[str, int]) -> None:
    """No more small worries than a low risk bears."""
    score = asked.score(answers)
    for item in asked.items:
        if score < asked.medium_from:
            return
        score -= item.weight * answers[item.id]
        answers[item.id] = FINE


def _aggravate(chance: Chance, asked: Checklist, answers: dict[str, int], level: RiskLevel) -> None:
    """As many worries, or dangers, as make the level; none that is high by itself."""
    wanted = asked.high_from if level == RiskLevel.HIGH else asked.medium_from
    score = asked.score(answers)
    for item in chance.shuffled([item for item in asked.items if not item.danger_is_high]):
        if score >= wanted:
            return
        rating = WORRY if level == RiskLevel.MEDIUM or answers[item.id] == FINE else DANGER
        score += item.weight * (rating - answers[item.id])
        answers[item.id] = rating


def find(chance: Chance, child: ChildEntry, home: Home, visit: VisitEntry, level: RiskLevel) -> Finding | None:
    """Now and then there is something to report; what the file says of the child comes first."""
    if not chance.happens(RATE[level]):
        return None
    kind = _kind(chance, child, home, on=visit.made_at.date())
    return None if kind is None else Finding(child, visit, kind, chance.one_of(SEEN[kind]), chance.one_of(SITUATIONS))


def _kind(chance: Chance, child: ChildEntry, home: Home, *, on: date) -> FlagKind | None:
    if child.hukou == Hukou.NONE:
        return FlagKind.NO_HUKOU
    if child.school_stage in (SchoolStage.DROPPED_OUT, SchoolStage.NOT_ENROLLED):
        return FlagKind.DROPPED_OUT
    if any(parent.unable_reason == IncapacityReason.SERVING_SENTENCE for parent in home.family.parents):
        return FlagKind.CHILD_OF_PRISONER
    kind = chance.weighted(KINDS)
    return kind if can_be(kind, child, home.family.left_by, on=on) else None


def can_be(kind: FlagKind, child: ChildEntry, left_by: LeftBy, *, on: date) -> bool:
    """Whether it can be true of a child of that age in that family."""
    born = child.born_on
    conditions = {
        FlagKind.UNATTENDED_UNDER_8: born > years_before(on, 8),
        FlagKind.ALONE_UNDER_16: years_before(on, 16) < born <= years_before(on, 11) and left_by == LeftBy.BOTH,
        FlagKind.DROPPED_OUT: years_before(on, 16) < born <= years_before(on, 7),
        FlagKind.PARENTS_SILENT: left_by != LeftBy.NONE,
        FlagKind.UNFIT_CARER: left_by == LeftBy.BOTH,
        FlagKind.NO_GUARDIAN: left_by == LeftBy.BOTH,
        FlagKind.BULLYING: born <= years_before(on, 7),
        FlagKind.SELF_HARM: born <= years_before(on, 11),
        FlagKind.CHILD_LABOUR: years_before(on, 16) < born <= years_before(on, 13),
        FlagKind.EARLY_PREGNANCY: child.sex == Sex.FEMALE and born <= years_before(on, 14),
        FlagKind.SEXUAL_ABUSE: child.sex == Sex.FEMALE and born <= years_before(on, 6),
        FlagKind.VAGRANCY: born <= years_before(on, 12),
    }
    return conditions.get(kind, True)
