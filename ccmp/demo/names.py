"""Names of invented people, as they are heard in the villages of Guizhou and Sichuan."""

from dataclasses import dataclass

from ccmp.demo.chance import Chance
from children.enums import EthnicGroup, Sex

# Surnames with their share among a thousand people of these counties.
SURNAMES = {
    "王": 70, "李": 68, "张": 62, "陈": 58, "杨": 56, "刘": 52, "罗": 34, "吴": 32, "黄": 30, "周": 30, "赵": 26, "何": 24,
    "谢": 18, "唐": 18, "冯": 16, "邓": 16, "曾": 14, "彭": 14, "蒋": 14, "余": 14, "胡": 14, "徐": 12, "朱": 12, "任": 10,
    "郑": 10, "龙": 10, "田": 10, "冉": 10, "宋": 9, "袁": 9, "雷": 9, "熊": 8, "梁": 8, "夏": 7, "向": 7, "代": 7, "文": 6,
    "令狐": 3, "娄": 4, "骆": 4, "晏": 3, "欧阳": 2, "幸": 2, "苟": 2, "蹇": 1, "昝": 1, "䘵": 0.3,
}  # fmt: skip
BOUYEI = {"韦": 22, "罗": 20, "王": 16, "黄": 14, "陆": 12, "岑": 8, "蒙": 8, "班": 6, "莫": 6, "卢": 4, "覃": 3}
MIAO = {"杨": 20, "吴": 18, "龙": 14, "张": 12, "熊": 10, "陶": 8, "侯": 6, "潘": 6, "李": 12, "王": 10}
TUJIA_GELAO = {"田": 16, "冉": 14, "向": 10, "申": 8, "邹": 8, "安": 8, "覃": 6, "张": 12, "王": 10, "李": 10}
YI_OF_GUIZHOU = {"陈": 14, "安": 12, "禄": 6, "陇": 5, "李": 14, "王": 10, "杨": 10, "龙": 8}
YI_HOUSES = (
    "吉克",
    "沙马",
    "阿苏",
    "吉木",
    "曲比",
    "马海",
    "阿尔",
    "俄木",
    "勒伍",
    "海来",
    "贾巴",
    "阿的",
    "吉胡",
    "某色",
)
YI_BOYS = ("尔古", "木呷", "拉铁", "伍呷", "阿布", "子哈", "日古", "木乃", "尔布", "克古", "史布", "阿呷木")
YI_GIRLS = ("阿依莫", "阿呷", "色莫", "尔扎", "日嘎", "古各", "阿果", "伍合", "拉则", "依扎", "阿支莫", "尔作")
UYGHUR_BOYS = ("图尔荪", "艾力", "买买提", "努尔麦麦提", "伊力哈木", "阿卜杜赛麦提")
UYGHUR_GIRLS = ("阿依努尔", "热孜万古丽", "米日古丽", "帕提古丽", "古丽巴哈尔")
UYGHUR_FATHERS = ("阿卜杜热合曼", "吐尔逊", "麦麦提明", "阿卜杜克热木", "托合提")

# First and second characters of given names, by generation.
ELDER_MEN = ("德国正光明大世永建志文天绍", "忠华明清荣友才贵平昌福林全云")
ELDER_WOMEN = ("桂秀玉素国正天明光淑", "芳英珍兰华碧群秀琼莲芬")
PARENT_MEN = ("小建志永国光明海洪仕昌学", "军勇刚平强波伟华飞辉明江亮松")
PARENT_WOMEN = ("小晓光春海红丽艳天昌", "梅琴燕霞丽群会敏芳凤英琼")
OLDER_BOYS = ("俊浩天宇子志文鑫家明", "豪杰宇轩鹏涛阳林伟龙")
OLDER_GIRLS = ("思雨欣佳雅婷梦诗紫雪", "涵怡雨琪婷瑶颖欣悦萱")
YOUNGER_BOYS = ("梓子浩宇沐奕俊嘉铭一", "轩睿辰泽宸航然博洋诺")
YOUNGER_GIRLS = ("梓欣雨可若语沐诗芷艺", "涵妍萱彤晨汐桐怡瑶茉")
SINGLE = "杰欢雪静洋丹玲敏倩瑞"
# What printers and fonts stumble over: outside GB 2312, and some outside the Basic Multilingual Plane.
RARE_BOYS = ("䶮", "堃", "翀", "燚", "𠮷", "犇", "㙓", "昇")
RARE_GIRLS = ("㛃", "妤", "玥", "璟", "婳", "甯", "翊", "䒕")

HAN_LIKE = {
    EthnicGroup.BOUYEI: BOUYEI,
    EthnicGroup.MIAO: MIAO,
    EthnicGroup.TUJIA: TUJIA_GELAO,
    EthnicGroup.GELAO: TUJIA_GELAO,
    EthnicGroup.YI: YI_OF_GUIZHOU,
}


@dataclass(frozen=True)
class People:
    """Who lives in a county: ethnic groups with their shares, and whether its Yi bear Yi names."""

    groups: dict[EthnicGroup, float]
    yi_names: bool = False


def surname_of(chance: Chance, group: EthnicGroup, people: People) -> str:
    """A family name; Yi of the Liangshan have a house's name, Uyghurs none."""
    if group == EthnicGroup.UYGHUR:
        return ""
    if group == EthnicGroup.YI and people.yi_names:
        return chance.one_of(YI_HOUSES)
    return chance.weighted(HAN_LIKE.get(group, SURNAMES))


def adult_name(chance: Chance, sex: Sex, surname: str, *, born: int, group: EthnicGroup) -> str:
    if group == EthnicGroup.UYGHUR:
        return uyghur_name(chance, sex)
    if surname in YI_HOUSES:
        return surname + chance.one_of(YI_BOYS if sex == Sex.MALE else YI_GIRLS)
    if born < 1972:
        first, second = ELDER_MEN if sex == Sex.MALE else ELDER_WOMEN
    else:
        first, second = PARENT_MEN if sex == Sex.MALE else PARENT_WOMEN
    if born >= 1972 and chance.happens(0.15):
        return surname + chance.one_of(second)
    return surname + chance.one_of(first) + chance.one_of(second)


def child_name(chance: Chance, sex: Sex, surname: str, *, born: int, group: EthnicGroup, father: str = "") -> str:
    if group == EthnicGroup.UYGHUR:
        return uyghur_name(chance, sex, father=father)
    if surname in YI_HOUSES:
        return surname + chance.one_of(YI_BOYS if sex == Sex.MALE else YI_GIRLS)
    is_boy = sex == Sex.MALE
    if chance.happens(0.012):
        return surname + chance.one_of(RARE_BOYS if is_boy else RARE_GIRLS)
    if chance.happens(0.08):
        return surname + chance.one_of(SINGLE)
    if born < 2014:
        first, second = OLDER_BOYS if is_boy else OLDER_GIRLS
    else:
        first, second = YOUNGER_BOYS if is_boy else YOUNGER_GIRLS
    return surname + chance.one_of(first) + chance.one_of(second)


def uyghur_name(chance: Chance, sex: Sex, *, father: str = "") -> str:
    """Her own name and her father's first, as they stand in the hukou book: 图尔荪·阿卜杜热合曼."""
    own = chance.one_of(UYGHUR_BOYS if sex == Sex.MALE else UYGHUR_GIRLS)
    return f"{own}·{father.split('·')[0] or chance.one_of(UYGHUR_FATHERS)}"
