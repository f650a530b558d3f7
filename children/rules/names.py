"""A name as it is searched for: how it is spoken, without tones, and the first letters of its syllables.

A family name of several readings has all of them, first the one that families use: by it the register is ordered. The same
character further on in a name has the reading that it has elsewhere.
"""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from ccmp.letters import plain_letters

# Family names not spoken as the characters are elsewhere, or in two ways; syllables parted by spaces. The twin: names.js.
FAMILY_NAMES = {
    "尉迟": "yu chi,wei chi", "万俟": "mo qi,wan si", "澹台": "tan tai,dan tai", "长孙": "zhang sun,chang sun",
    "单于": "chan yu,dan yu",
    "单": "shan,dan", "曾": "zeng,ceng", "解": "xie,jie", "仇": "qiu,chou", "区": "ou,qu", "查": "zha,cha", "朴": "piao,pu",
    "盖": "ge,gai", "翟": "zhai,di", "乐": "yue,le", "员": "yun,yuan", "缪": "miao,mou", "尉": "wei,yu", "召": "shao,zhao",
    "祭": "zhai,ji", "折": "she,zhe", "繁": "po,fan", "重": "chong,zhong", "隗": "wei,kui", "宓": "mi,fu",
    "秘": "bi,mi", "种": "chong,zhong", "能": "nai,neng", "洗": "xian,xi", "谌": "chen,shen", "郇": "xun,huan", "郗": "xi,chi",
    "覃": "qin,tan", "句": "gou,ju", "粘": "nian,zhan", "牟": "mu,mou",
    "薄": "bo,bao", "卜": "bu,bo", "乜": "nie,mie", "佴": "nai,er",
}  # fmt: skip


@lru_cache(maxsize=8192)
def syllable_of(character: str) -> str:
    """Without its tone; a sign that nobody speaks is itself, or nothing."""
    found = lazy_pinyin(character, style=Style.NORMAL, errors="default")
    return "".join(one for one in plain_letters(found[0]) if one.isalnum()) if found else ""


def pinyin_of(name: str) -> str:
    """Toneless pinyin, its syllables parted by spaces, its readings by commas: 张思 is `zhang si`, 单芳 `shan fang,dan fang`."""
    return ",".join(" ".join(syllables) for syllables in _readings(name))


def initials_of(name: str) -> str:
    """The first letter of each syllable: 张思 is zs, 单芳 `sf,df`."""
    return ",".join("".join(one[:1] for one in syllables) for syllables in _readings(name))


def _readings(name: str) -> list[list[str]]:
    family = next((one for one in (name[:2], name[:1]) if one in FAMILY_NAMES), "")
    given = _syllables(name[len(family) :])
    if not family:
        return [given]
    return [[*reading.split(" "), *given] for reading in FAMILY_NAMES[family].split(",")]


def _syllables(name: str) -> list[str]:
    """Letters that follow each other are one: `Anna Li` has two syllables, as a Chinese name would."""
    found: list[str] = []
    follows = False
    for character in name:
        syllable = syllable_of(character)
        is_letter = syllable != "" and syllable == plain_letters(character)
        if is_letter and follows:
            found[-1] += syllable
        elif syllable:
            found.append(syllable)
        follows = is_letter
    return found
