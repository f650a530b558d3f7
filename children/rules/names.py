"""A name as it is searched for: its pinyin without tones, and its initials."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@lru_cache(maxsize=8192)
def syllable_of(character: str) -> str:
    """Without its tone; a sign that nobody speaks is itself, or nothing."""
    found = lazy_pinyin(character, style=Style.NORMAL, errors="default")
    return "".join(one for one in found[0].lower() if one.isalnum()) if found else ""


def pinyin_of(name: str) -> str:
    """Toneless pinyin without spaces: 张思 is zhangsi."""
    return "".join(syllable_of(character) for character in name)


def initials_of(name: str) -> str:
    """The first letter of each syllable: 张思 is zs."""
    return "".join(syllable_of(character)[:1] for character in name)
