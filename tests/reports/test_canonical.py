from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from ccmp.reports.rules.canonical import canonical, plain, read, sha256_of, verification_code
from ccmp.reports.rules.papers import paper_of
from ccmp.reports.rules.published import Paper
from tests.reports.months import drawn_county, frame


@dataclass(frozen=True)
class Small:
    on: date
    words: str
    numbers: tuple[int, ...]


def test_canonical_json_sorts_keys_has_no_space_and_keeps_chinese():
    assert canonical(Small(date(2026, 3, 5), "村", (2, 1))) == '{"numbers":[2,1],"on":"2026-03-05","words":"村"}'


def test_the_same_text_in_another_unicode_form_gives_the_same_hash():
    composed, decomposed = "é", "e\u0301"

    assert composed != decomposed
    assert sha256_of({"name": composed}) == sha256_of({"name": decomposed})


def test_a_fraction_has_no_canonical_form():
    with pytest.raises(TypeError):
        plain({"hours": 1.5})


def test_moments_keep_their_offset():
    assert plain(datetime(2026, 3, 5, 8, 30, tzinfo=UTC)) == "2026-03-05T08:30:00+00:00"


def test_a_verification_code_is_the_hash_s_first_sixteen_digits_in_fours():
    assert verification_code("7f3a9c21e04b55d0" + "0" * 48) == "7F3A-9C21-E04B-55D0"


def test_a_paper_read_back_from_its_figures_is_the_same_paper_with_the_same_hash():
    paper = paper_of(frame(), drawn_county())

    again = read(Paper, plain(paper))

    assert again == paper
    assert sha256_of(again) == sha256_of(paper) == sha256_of(plain(paper))


def test_the_order_in_which_villages_come_does_not_change_the_hash():
    villages = drawn_county()

    assert sha256_of(paper_of(frame(), villages)) == sha256_of(paper_of(frame(), villages[::-1]))


def test_one_minute_more_changes_the_hash():
    villages = drawn_county()
    before = sha256_of(paper_of(frame(), villages))

    week = villages[4].weeks[0]
    more = week.__class__(week.monday, week.required_minutes, week.open_minutes + 1, week.state)
    changed = villages[4].__class__(**{**vars(villages[4]), "weeks": (more, *villages[4].weeks[1:])})

    assert sha256_of(paper_of(frame(), [*villages[:4], changed, *villages[5:]])) != before
