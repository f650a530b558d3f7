"""What waits on a phone: in which order it goes, how much at once, and what an answer does to it."""

from collections.abc import Callable
from typing import Any

import pytest

from ccmp.phone.services.docs import hash_of_all

pytestmark = pytest.mark.browser
Ask = Callable[[str, Any], Any]
ORDER = "async (load, entries) => (await load('outbox.js')).inOrder(entries).map((entry) => entry.seq)"
BATCH = "async (load, entries) => (await load('outbox.js')).firstBatch(entries).length"
ANSWERED = """async (load, {entries, batch, answers}) => {
  const {afterAnswers} = await load('outbox.js');
  return afterAnswers(entries, batch, answers, Date.UTC(2026, 2, 5)).map(([seq, news]) => [seq, news.state ?? null]);
}"""


def number(one: int) -> str:
    return f"018f5d5e-0000-7000-8000-{one:012d}"


def entry(seq: int, /, kind: str = "visits:record", path: str = "/", query: str = "", **more: Any) -> dict[str, Any]:
    fields = more.pop("fields", {"id": [number(seq)]})
    said = {"seq": seq, "id": number(900 + seq), "kind": kind, "made_at": "2026-03-05T09:00:00Z", "path": path}
    return {**said, "query": query, "fields": fields, "urgent": False, "state": "waiting", "tried": 0, **more}


def test_what_was_written_first_goes_first(in_chromium: Ask) -> None:
    assert in_chromium(ORDER, [entry(3), entry(1), entry(2)]) == [1, 2, 3]


def test_what_the_server_has_or_refused_does_not_go_again(in_chromium: Ask) -> None:
    entries = [entry(1, state="sent"), entry(2, state="refused"), entry(3)]

    assert in_chromium(ORDER, entries) == [3]


def test_a_child_in_danger_goes_first_with_all_that_it_refers_to(in_chromium: Ask) -> None:
    entries = [
        entry(1),
        entry(2, kind="children:register"),
        entry(3),
        entry(4, path=f"/visits/record/{number(2)}/"),
        entry(5, kind="visits:raise-flag", query=f"child={number(2)}", urgent=True, fields={"id": [number(5)], "visit": [number(4)]}),
    ]  # fmt: skip

    assert in_chromium(ORDER, entries) == [2, 4, 5, 1, 3]


def test_two_that_name_each_other_do_not_stop_the_outbox(in_chromium: Ask) -> None:
    entries = [
        entry(1, fields={"id": [number(1)], "visit": [number(2)]}, urgent=True),
        entry(2, fields={"id": [number(2)], "visit": [number(1)]}, urgent=True),
    ]

    assert in_chromium(ORDER, entries) == [1, 2]


def test_twenty_go_at_once_and_fewer_when_they_are_long(in_chromium: Ask) -> None:
    long = {"fields": {"note": ["字" * 7000]}}

    assert in_chromium(BATCH, [entry(one) for one in range(30)]) == 20
    assert in_chromium(BATCH, [entry(one, **long) for one in range(30)]) == 3
    assert in_chromium(BATCH, [entry(1, fields={"note": ["字" * 70000]}), entry(2)]) == 1


def test_each_answer_moves_its_own_entry(in_chromium: Ask) -> None:
    batch = [entry(1), entry(2), entry(3), entry(4)]
    answers = [
        {"id": number(901), "kept": True},
        {"id": number(902), "kept": False, "reason": "no"},
        {"id": number(903), "kept": False, "reason": "later", "again": True},
    ]

    moved = in_chromium(ANSWERED, {"entries": batch, "batch": batch, "answers": answers})

    assert moved == [[1, "sent"], [2, "refused"], [3, None]]


def test_a_mended_entry_that_is_kept_wakes_what_was_refused_for_want_of_it(in_chromium: Ask) -> None:
    mended = entry(1, kind="children:register")
    follows = entry(2, path=f"/visits/record/{number(1)}/", state="refused")
    alone = entry(3, state="refused")

    moved = in_chromium(
        ANSWERED,
        {"entries": [mended, follows, alone], "batch": [mended], "answers": [{"id": number(901), "kept": True}]},
    )

    assert moved == [[1, "sent"], [2, "waiting"]]


def test_ids_sort_in_the_order_in_which_they_were_made(in_chromium: Ask) -> None:
    ids = in_chromium(
        """async (load) => {
          const {uuidv7} = await load('clock.js');
          return [...Array(5000).fill(1000), 999, 2000].map((at) => uuidv7(at));
        }""",
        None,
    )

    assert ids == sorted(set(ids))
    assert all(one[14] == "7" and one[19] in "89ab" for one in ids)


def test_the_clock_is_put_right_when_it_is_clearly_wrong(in_chromium: Ask) -> None:
    ask = "async (load, skew) => (await load('clock.js')).correctedNow(skew, 1000000000).getTime()"

    assert in_chromium(ask, None) == 1_000_000_000
    assert in_chromium(ask, 90_000) == 1_000_000_000
    assert in_chromium(ask, 3_600_000) == 996_400_000
    assert in_chromium(ask, -3_600_000) == 1_003_600_000


def test_the_phone_counts_the_hash_of_what_it_holds_as_the_server_does(in_chromium: Ask) -> None:
    holds = {"me": "ab", "child:2": "cd", "child:10": "ef", "club": "01", "visits:9": "23"}

    found = in_chromium("async (load, holds) => (await load('sync.js')).hashOfAll(new Map(holds))", list(holds.items()))

    assert found == hash_of_all(holds)


def test_a_phone_that_is_not_answered_waits_longer_each_time_and_five_minutes_at_most(in_chromium: Ask) -> None:
    ask = "async (load, chance) => (({pauseAfter}) => [0, 1, 2, 9, 50].map((n) => pauseAfter(n, chance)))(await load('sync.js'))"

    assert in_chromium(ask, 1) == [5000, 10000, 20000, 300000, 300000]
    assert in_chromium(ask, 0) == [2500, 5000, 10000, 150000, 150000]
