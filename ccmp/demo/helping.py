"""What the departments of an invented county are asked, by kind of flag, and what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from ccmp.people.enums import DepartmentKind
from referrals.enums import Disclosed
from visits.enums import FlagKind

DEPARTMENTS: Mapping[DepartmentKind, str] = {
    DepartmentKind.CIVIL_AFFAIRS: "民政局",
    DepartmentKind.EDUCATION: "教育局",
    DepartmentKind.PUBLIC_SECURITY: "公安局",
    DepartmentKind.HEALTH: "卫生健康局",
    DepartmentKind.MEDICAL_INSURANCE: "医疗保障局",
    DepartmentKind.JUSTICE: "司法局",
    DepartmentKind.DISABLED_FEDERATION: "残疾人联合会",
    DepartmentKind.WOMENS_FEDERATION: "妇女联合会",
    DepartmentKind.LABOUR: "人力资源和社会保障局",
    DepartmentKind.HOUSING: "住房和城乡建设局",
}
FAMILY = frozenset({Disclosed.CARER, Disclosed.CARER_PHONE})


@dataclass(frozen=True)
class Help:
    """What one department is asked for, how one sees that it is done, what it must know, and what it says in the end."""

    title: str
    asked: str
    done_when: str
    disclosed: frozenset[Disclosed]
    done: str


CA, ED, PS, HE, MI, JU, DF, WF, LA, HO = DEPARTMENTS
HELP: Mapping[DepartmentKind, Mapping[str, Help]] = {
    CA: {
        "relief": Help(
            "核实并办理临时救助",
            "请入户核实家庭情况，符合条件的按急难型临时救助办理。",
            "救助金到账",
            FAMILY | {Disclosed.RESIDENT_ID, Disclosed.HUKOU},
            "已入户核实，批准临时救助，救助金已打入监护人一卡通。",
        ),
        "unsupported": Help(
            "核查是否符合事实无人抚养儿童保障",
            "请核查父母情况，符合条件的办理基本生活补贴；不公示。",
            "补贴开始发放",
            FAMILY | {Disclosed.RESIDENT_ID, Disclosed.PARENTS, Disclosed.HUKOU},
            "已认定为事实无人抚养儿童，自本月起发放基本生活补贴。",
        ),
        "care": Help(
            "落实临时照料",
            "请会同乡镇当天落实照料人，并评估监护情况。",
            "孩子有人照料",
            FAMILY | {Disclosed.PARENTS, Disclosed.WHAT_WAS_SEEN},
            "已由村委会和亲属签订临时照料协议，每周回访一次。",
        ),
    },
    ED: {
        "return": Help(
            "劝返复学",
            "请安排学校老师上门，了解不上学的原因，商定返校办法。",
            "孩子回到学校",
            FAMILY | {Disclosed.SCHOOL},
            "班主任和镇中心校两次上门，孩子已返校，安排了同桌帮助。",
        ),
        "comfort": Help(
            "安排心理辅导",
            "请安排学校心理老师每周辅导一次，注意保护隐私。",
            "完成首次辅导",
            frozenset({Disclosed.SCHOOL, Disclosed.WHAT_WAS_SEEN}),
            "心理老师已见面三次，孩子情绪平稳，继续每周辅导。",
        ),
        "school": Help(
            "核实校内情况并处理",
            "请学校查明情况，保护孩子，对有关学生教育处理。",
            "学校报告处理结果",
            frozenset({Disclosed.SCHOOL, Disclosed.WHAT_WAS_SEEN}),
            "学校已查明，相关学生受到教育，家长道歉，班主任每天关注。",
        ),
    },
    PS: {
        "hukou": Help(
            "办理户口登记",
            "孩子至今没有户口，请告知所需材料并办理。",
            "户口簿上有孩子",
            FAMILY | {Disclosed.PARENTS, Disclosed.HUKOU},
            "材料已齐，户口已登记，户口簿交给监护人。",
        ),
        "protect": Help(
            "依法处置并保护孩子",
            "已按强制报告要求电话报警，请依法调查处置。",
            "告知处置结果",
            FAMILY | {Disclosed.PARENTS, Disclosed.WHAT_WAS_SEEN},
            "派出所已出警并立案调查，对当事人依法处理，孩子已得到保护。",
        ),
        "find": Help(
            "协助联系父母",
            "父母失联，请协助查找现居地和联系方式。",
            "联系上父母",
            frozenset({Disclosed.PARENTS, Disclosed.HUKOU}),
            "已联系上父亲，承诺每周通话，并留下新的号码。",
        ),
    },
    HE: {
        "treat": Help(
            "安排检查和治疗",
            "请安排县医院检查，明确诊断，给出治疗办法。",
            "完成检查并开始治疗",
            FAMILY | {Disclosed.RESIDENT_ID, Disclosed.WHAT_WAS_SEEN},
            "已在县医院检查，住院一周后好转，按时复诊。",
        ),
    },
    MI: {
        "insure": Help(
            "核查参保和医疗救助",
            "请核查参保情况，符合条件的办理医疗救助。",
            "费用报销到位",
            FAMILY | {Disclosed.RESIDENT_ID},
            "已参保，按规定报销并给予医疗救助。",
        ),
    },
    DF: {
        "certify": Help(
            "残疾评定和办证",
            "请安排评定，符合条件的发证，并告知康复项目。",
            "领到残疾人证",
            FAMILY | {Disclosed.RESIDENT_ID, Disclosed.WHAT_WAS_SEEN},
            "已完成评定并发证，纳入残疾儿童康复救助。",
        ),
    },
    WF: {
        "guide": Help(
            "家庭教育指导",
            "请安排家庭教育指导员上门，指导照护人。",
            "完成两次指导",
            FAMILY | {Disclosed.PARENTS},
            "指导员上门三次，照护人愿意改变，继续跟进。",
        ),
    },
    JU: {
        "law": Help(
            "提供法律援助",
            "请为孩子提供法律援助，明确监护责任。",
            "指派律师",
            FAMILY | {Disclosed.PARENTS, Disclosed.WHAT_WAS_SEEN},
            "已指派律师，监护协议已签订。",
        ),
    },
    LA: {
        "labour": Help(
            "查处使用童工",
            "请到用工单位检查，依法处理。",
            "孩子离开工作岗位",
            frozenset({Disclosed.WHAT_WAS_SEEN}),
            "已责令改正，孩子工资结清，送回家中。",
        ),
    },
    HO: {
        "repair": Help(
            "消除住房和周边隐患",
            "请派人查看，修缮危险处，水塘加装围栏。",
            "隐患消除",
            FAMILY,
            "已加装围栏，更换老化电线。",
        ),
    },
}
WHO_HELPS: Mapping[FlagKind, tuple[tuple[DepartmentKind, str], ...]] = {
    FlagKind.NO_GUARDIAN: ((CA, "care"), (WF, "guide"), (PS, "find")),
    FlagKind.ALONE_UNDER_16: ((CA, "care"), (ED, "comfort"), (WF, "guide")),
    FlagKind.UNATTENDED_UNDER_8: ((WF, "guide"), (CA, "care")),
    FlagKind.UNFIT_CARER: ((WF, "guide"), (JU, "law"), (CA, "care")),
    FlagKind.PARENTS_SILENT: ((PS, "find"), (CA, "unsupported")),
    FlagKind.DROPPED_OUT: ((ED, "return"), (CA, "relief")),
    FlagKind.NO_HUKOU: ((PS, "hukou"), (MI, "insure")),
    FlagKind.DOMESTIC_VIOLENCE: ((PS, "protect"), (WF, "guide"), (CA, "care")),
    FlagKind.SEXUAL_ABUSE: ((PS, "protect"), (HE, "treat"), (WF, "guide")),
    FlagKind.BULLYING: ((ED, "school"), (PS, "protect")),
    FlagKind.SELF_HARM: ((ED, "comfort"), (HE, "treat")),
    FlagKind.SERIOUS_ILLNESS: ((HE, "treat"), (MI, "insure"), (CA, "relief")),
    FlagKind.DISABILITY_UNCERTIFIED: ((DF, "certify"), (HE, "treat")),
    FlagKind.CHILD_OF_PRISONER: ((CA, "unsupported"), (ED, "comfort")),
    FlagKind.CHILD_OF_DRUG_USER: ((CA, "unsupported"), (WF, "guide")),
    FlagKind.HAZARD: ((HO, "repair"), (WF, "guide")),
    FlagKind.MALNUTRITION: ((CA, "relief"), (HE, "treat")),
    FlagKind.EARLY_PREGNANCY: ((PS, "protect"), (WF, "guide"), (ED, "return")),
    FlagKind.CHILD_LABOUR: ((LA, "labour"), (ED, "return")),
    FlagKind.VAGRANCY: ((PS, "protect"), (CA, "care")),
    FlagKind.FAMILY_CHANGE: ((CA, "relief"), (ED, "comfort")),
}
GOALS: Mapping[FlagKind, str] = {
    FlagKind.DROPPED_OUT: "孩子回到学校，并能坚持读下去",
    FlagKind.NO_HUKOU: "孩子有户口，能参保、能上学",
    FlagKind.SERIOUS_ILLNESS: "孩子得到治疗，费用有着落",
    FlagKind.DISABILITY_UNCERTIFIED: "孩子领到残疾证，开始康复",
    FlagKind.HAZARD: "家里和周边没有危险",
    FlagKind.PARENTS_SILENT: "联系上父母，生活有保障",
}
USUAL_GOAL = "孩子安全，有人照料，困难得到解决"
DISMISSALS = (
    "已核实，孩子由亲属照料，情况与反映不符。",
    "电话核实后情况不实，请继续留意。",
    "同一情况已在另一份转介中办理。",
)
SETTLED = ("已电话联系家长，当天解决。", "村委会已上门处理，隐患消除。", "乡镇督导员入户核实，情况已好转。")
TAKEN_UP = ("已收到，正在核实。", "已安排乡镇督导员今天入户。", "收到，感谢及时报告。")
RETURNED = ("请补充监护人身份证和户口簿复印件，再发一次。", "缺少医院诊断证明，补齐后即可办理。")
WITHDRAWN = "家里已自行办好，不再需要。"
CONFIRMED = ("已看到存折上的到账记录。", "孩子今天在学校上课。", "证件已经交到奶奶手里。", "到家里看过，已经办好。")
