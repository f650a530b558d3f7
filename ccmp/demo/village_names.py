"""Names of villages that exist nowhere, and of the groups into which they are divided."""

from ccmp.demo.chance import Chance

FIRST = (
    "云脚", "石笋", "青岩", "雾溪", "双桂", "凉桥", "鹰咀", "泉湾", "枫香", "岩鹰", "月亮", "白果", "杉树", "竹林", "茶园",
    "水碾", "马鞍", "狮子", "龙洞", "金竹", "大塘", "老屋", "新田", "高坎", "麻柳", "梨子", "桐子", "核桃", "黄葛", "观音",
    "石板", "红岩", "花椒", "回龙", "落凤", "响水", "三岔", "木瓜", "桃花", "银杏", "牛栏", "羊角", "燕子", "鹤鸣", "仙鹤",
    "朝阳", "望月", "听泉", "半边", "长坡", "四方", "五里", "七星", "八角", "九盘", "十里", "千丘", "万寿", "柏香", "楠木",
)  # fmt: skip
SECOND = ("沟", "口", "湾", "坝", "坪", "寨", "坡", "塘", "岭", "垭", "坎", "洞", "溪", "桥", "冲", "坳", "堡", "井")
GROUPS = ("上寨", "下寨", "大湾", "坝上", "岩脚", "河边", "新房子", "老房子", "沟底", "坡上", "堰塘", "学堂边")
NUMERALS = "一二三四五六七八九十"


def village_names(chance: Chance, count: int) -> list[str]:
    """So many different names. Past the combinations of both lists, villages are told apart as 上 and 下, then by number."""
    plain = [first + second for first in FIRST for second in SECOND if second not in first]
    names = chance.shuffled(plain)
    while len(names) < count:
        round_of = len(names) // len(plain)
        mark = "上下东西南北中"[round_of - 1] if round_of <= 7 else f"{round_of}"
        names += [mark + name for name in chance.shuffled(plain)]
    return [f"{name}村" for name in names[:count]]


def groups_of_village(chance: Chance) -> list[str]:
    """A village's 村民组: most count them, some name them."""
    count = chance.between(5, 9)
    if chance.happens(0.7):
        return [f"{NUMERALS[number]}组" for number in range(count)]
    return [f"{name}组" for name in chance.some_of(GROUPS, count)]
