"""Letters as plain keyboards write them: half width, small, without tones, `ü` as `v`. The twin: `plainLetters` in names.js."""

import re
import unicodedata

WIDE = re.compile(r"[\uff00-\uffef]+")
UNSEEN = re.compile(r"[\x00\u200b-\u200f\u2060\ufeff]+")  # what a phone's clipboard brings along
TONES = re.compile(r"([a-z])[\u0300-\u036f]+")


def plain_letters(text: str) -> str:
    """`Ｚｈāng lǚ` is `zhang lv`. Characters and other scripts stay as they are."""
    narrow = WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), UNSEEN.sub("", text)).lower()
    parted = unicodedata.normalize("NFD", narrow).replace("u\u0308", "v")
    return unicodedata.normalize("NFC", TONES.sub(r"\1", parted))
