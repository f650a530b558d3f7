"""Whether a name has what somebody looks for: where there is no column to ask, as of the homes of one village."""

import re
from collections.abc import Iterable

from children.models.matching import DOTS, LETTERS, TRIGRAM, spoken_so, words_in
from children.rules.names import initials_of, pinyin_of

ANY_DOT = re.compile(f"[{DOTS}]")


def is_found_among(names: Iterable[str], said: str) -> bool:
    """Each of the words is in one of the names: its characters, letters from the beginning of a syllable, or its initials.

    The twin of MatchingQuerySet.matching; on her phone: `isFoundAmong` in names.js.
    """
    held = [name for name in names if name]
    return all(any(_has(name, word) for name in held) for word in words_in(said))


def _has(name: str, word: str) -> bool:
    if LETTERS.fullmatch(word):
        is_spoken = re.search(rf"(^|[ ,]){spoken_so(word)}", pinyin_of(name))
        return bool(is_spoken or re.search(rf"(^|,){word}", initials_of(name)))
    return word in name or (len(word) > TRIGRAM and word.isalnum() and word in ANY_DOT.sub("", name))
