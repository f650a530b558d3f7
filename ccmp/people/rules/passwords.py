"""What makes a bad password here: too long to be typed, a habit that everybody has, what stands in one's own papers.

Django's own list of the twenty thousand commonest ones is looked through besides (see AUTH_PASSWORD_VALIDATORS).
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

MOST = 128
FEWEST_OF_ITS_OWN = 6  # characters that are left when the habits are taken out

# Love, luck and the keyboard: what is typed first when ten characters are asked for.
HABITS = (
    "woaini", "wobuaini", "woaiwo", "woai", "aiwo", "wojia", "iloveyou", "aini", "laopo", "laogong", "baobao", "baobei",
    "qinaide", "mima", "password", "passwd",
    "admin", "root", "test", "user", "guest", "welcome", "qwer", "asdf", "zxcv", "qaz", "wsx", "edc", "rfv", "tgb",
    "1qaz", "2wsx", "3edc", "abcd", "abc", "aaa", "5201314", "1314520", "520", "521", "1314", "888", "666", "168", "518",
    "110", "119", "120", "ccmp", "tongban", "tongma", "tongbanmama", "mama", "baba", "zhongguo", "china", "zhonghua",
    "guizhou", "zunyi", "suiyang", "fenggang", "guiyang", "bijie", "tongren", "beijing", "shanghai", "chongqing", "sichuan",
    "chengdu", "yunnan", "minzheng", "minzhengju", "ertong", "zhuren",
)  # fmt: skip
SURNAMES = (
    "wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao", "lin",
    "he", "guo", "ma", "luo", "liang", "song", "zheng", "xie", "han", "tang", "feng", "yu", "dong", "xiao", "cheng", "cao",
    "yuan", "deng", "fu", "shen", "zeng", "peng", "lv", "lu", "su", "jiang", "cai", "jia", "ding", "wei", "xue", "ye",
    "yan", "pan", "du", "dai", "xia", "zhong", "tian", "ren", "fan", "fang", "shi", "yao", "tan", "liao", "zou", "xiong",
    "jin", "hao", "kong", "bai", "cui", "kang", "mao", "qiu", "qin", "gu", "hou", "shao", "meng", "long", "wan", "duan",
    "qian", "yin", "chang", "wen", "an", "ouyang", "linghu", "shangguan",
)  # fmt: skip
_FINALS = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|ai|ei|ui|ao|ou|iu|ie|ve|er|an|en|in|un|ia|ua|uo|[aeiouv]"
SYLLABLE = rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{_FINALS})"
PINYIN_NAME = re.compile(rf"(?:{'|'.join(sorted(SURNAMES, key=len, reverse=True))})(?:{SYLLABLE}){{0,2}}")
INITIALS = r"[a-z]{1,3}"
DATE = r"(?:(?:19|20)?\d\d(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])|(?:19|20)\d\d)"
PHONE = r"1[3-9]\d{9}"
RESIDENT_ID = r"[1-9]\d{5}(?:19|20)\d{9}[\dx]"
# The whole of it is one of these, with a sign or two at the ends: a name or initials beside a day, a year, a phone.
WHOLE = re.compile(
    rf"[\W_]*(?:{PHONE}|{RESIDENT_ID}|{DATE}|{PINYIN_NAME.pattern}|{INITIALS})"
    rf"(?:[\W_]*(?:{DATE}|{PHONE}|{PINYIN_NAME.pattern}|{INITIALS}|\d{{1,4}}))?[\W_]*"
)
KEYBOARD = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol")
WALK = 4  # neighbours in a row are a walk


class NotTooLong:
    """Whoever checks a password pays for each of its letters."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > MOST:
            raise ValidationError(_("At most %(most)s characters.") % {"most": MOST}, code="password_too_long")

    def get_help_text(self) -> str:
        return str(_("At most %(most)s characters.") % {"most": MOST})


class NoHabit:
    """Not what half the country chooses, and not what stands on one's own papers."""

    def validate(self, password: str, user: Any = None) -> None:
        text = password[: MOST + 1].casefold()
        if any(own in text for own in own_words(user)):
            raise ValidationError(
                _(
                    "This has your own name, account or telephone number in it, which many people know. Choose other words."
                ),
                code="password_of_ones_own",
            )
        if WHOLE.fullmatch(text) or len(left_of(text)) < FEWEST_OF_ITS_OWN:
            raise ValidationError(
                _(
                    "Many people choose something like this: a name and a year, 520 and 1314, keys in a row, a place. "
                    "Take three or four words that have nothing to do with each other."
                ),
                code="password_is_a_habit",
            )

    def get_help_text(self) -> str:
        return str(_("No name with a year, no telephone number, no keys in a row."))


def own_words(user: Any) -> set[str]:
    """The account, the telephone and the name in pinyin, as far as they are long enough to be recognised."""
    if user is None:
        return set()
    digits = "".join(re.findall(r"\d", getattr(user, "phone", "") or ""))
    name = "".join(lazy_pinyin(getattr(user, "full_name", "") or "")).casefold()
    words = {
        str(user.username).casefold(),
        digits,
        digits[-8:],
        name,
        str(getattr(user, "full_name", "") or "").casefold(),
    }
    return {word for word in words if len(word) >= 4 or (word and not word.isascii() and len(word) >= 2)}


def left_of(text: str) -> set[tuple[int, str]]:
    """The characters, with their places, that no habit, walk, date or repetition explains."""
    explained: set[int] = set()
    for pattern in (PHONE, rf"{DATE}", *map(re.escape, HABITS), r"(.)\1{2,}", r"(.{1,4})\1+", r"[\W_]"):
        for found in re.finditer(pattern, text):
            explained |= set(range(*found.span()))
    for row in (*KEYBOARD, *COLUMNS):
        for line in (row, row[::-1]):
            explained |= _walked(text, line)
    return {(place, letter) for place, letter in enumerate(text) if place not in explained}


def _walked(text: str, line: str) -> set[int]:
    """Where the text goes along a line of keys, four or more in a row."""
    length = min(WALK, len(line))
    return {
        place + step
        for place in range(len(text) - length + 1)
        if text[place : place + length] in line
        for step in range(length)
    }
