"""Finding children by what is said of their names: characters, pinyin, initials; the nearest first."""

import re
from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from ccmp.letters import plain_letters
from ccmp.people.reach import VillageFactQuerySet

# Characters. A trigram index narrows nothing shorter, and is slower than reading a county; longer names than this may have dots
# between their parts, which people leave out.
TRIGRAM = 3
LETTERS = re.compile(r"[0-9a-z]+")
DOTS = "·•・‧∙⋅."  # between the parts of a name, as keyboards have them
WORDS = re.compile(rf"[0-9a-z]+|[^0-9a-z {DOTS}]+")
PASSPORT = re.compile(r"^([ln])yu")  # 吕 is LYU there
EXACT, BEGINS, HAS = 0, 1, 2
IN_ORDER = ("pinyin", "born_on", "id")


def words_in(said: str) -> list[str]:
    """What was said as words to look for: letters apart from characters, without tones, `ü` as keyboards write it."""
    plain = " ".join(plain_letters(said).split())
    return [PASSPORT.sub(r"\1v", word) for word in WORDS.findall(plain)]


def spoken_so(word: str) -> str:
    """A pattern for pinyin that has these letters one after the other, whatever syllables they are."""
    return " ?".join(word)


class MatchingQuerySet(VillageFactQuerySet):
    def matching(self, said: str) -> Self:
        """Children whose name has each of the words: its characters, letters from the beginning of a syllable, initials."""
        found = self
        for word in words_in(said):
            found = found.filter(_has(word))
        return found

    def nearest_first(self, said: str) -> Self:
        """With `nearness`, in its order: the very name, names that begin so, names that have it; then as the register is."""
        text = "".join(words_in(said))
        very, begins = Q(name=text), Q(name__startswith=text)
        if LETTERS.fullmatch(text):
            heard = spoken_so(text)
            very |= Q(pinyin__regex=rf"(^|,){heard}(,|$)")
            begins |= Q(pinyin__regex=rf"(^|,){heard}") | Q(initials__regex=rf"(^|,){text}")
        how_near = Case(
            When(very, then=EXACT), When(begins, then=BEGINS), default=HAS, output_field=models.IntegerField()
        )
        return self.annotate(nearness=how_near).order_by("nearness", *IN_ORDER)

    def in_order(self) -> Self:
        return self.order_by(*IN_ORDER)


def _has(word: str) -> Q:
    if LETTERS.fullmatch(word):
        spoken = Q(pinyin__regex=rf"(^|[ ,]){spoken_so(word)}") | Q(initials__regex=rf"(^|,){word}")
        return (
            Q(initials__contains=word[0]) & spoken
        )  # the first letter of a syllable stands there, and is soon looked up
    if len(word) < TRIGRAM:
        return Q(GreaterThan(StrIndex("name", Value(word)), 0))
    undotted = Q(name__regex=f"[{DOTS}]?".join(word)) if len(word) > TRIGRAM and word.isalnum() else Q()
    return Q(name__contains=word) | undotted
