"""What the phone works out of visits and flags by itself: the same table through Python and through Chromium."""

import random
from dataclasses import asdict
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from ccmp.identifiers import new_id
from ccmp.moments import CHINA, day_of
from ccmp.people.models import User
from ccmp.refusals import Refusal
from visits.entries import FlagEntry, VisitEntry
from visits.enums import FlagKind, Outcome, OverrideReason, RiskLevel, Severity
from visits.rules.checklists import checklist
from visits.rules.due import Stay, Turn, chain_of_deadlines, chain_over_stays
from visits.rules.flag_kinds import kind_rule, severity_of
from visits.rules.visits import check_flag, check_flag_visit, check_visit
from visits.services.phone import what_is_asked

pytestmark = pytest.mark.browser
REGISTERED = date(2026, 3, 1)
AT = datetime(2026, 6, 1, 9, 30, tzinfo=CHINA)
WORDS = ["", "  ", "奶奶在灶屋里"]


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20260301)


def answers(chance: random.Random, most: int = 18) -> dict[str, int]:
    items = chance.sample([item.id for item in checklist().items], chance.randint(0, most))
    return {item: chance.choice([0, 0, 0, 1, 2]) for item in items}


def test_answers_come_to_the_same_score_and_level(in_chromium, chance):
    cases = [(answers(chance), chance.choice(["", "", *OverrideReason.values])) for _ in range(400)]

    in_python = [[checklist().score(given), checklist().level(given, override=why)] for given, why in cases]
    on_phone = in_chromium(
        """async (load, {asked, cases}) => {
            const { scoreOf, levelOf, answersFrom, answersAsKept } = await load("rules/checklist.js");
            return cases.map(([given, why]) => {
                const again = answersFrom(asked, answersAsKept(asked, given));
                return [scoreOf(asked, again), levelOf(asked, again, why)];
            });
        }""",
        {"asked": what_is_asked()["lists"]["1"], "cases": cases},
    )

    assert on_phone == in_python
    assert {level for _score, level in in_python} == {"low", "medium", "high"}


def happened(chance: random.Random) -> list[tuple[datetime, str, str]]:
    """(moment, level or "", kind of flag or ""): visits, attempts and flags of a child, in no order."""
    rows = []
    for _ in range(chance.randint(0, 9)):
        at = datetime(2026, 3, 1, 7, tzinfo=CHINA) + timedelta(minutes=chance.randrange(0, 300 * 24 * 60, 60))
        kind = chance.choice([*FlagKind.values]) if chance.random() < 0.4 else ""
        rows.append((at, "" if kind else chance.choice(["high", "medium", "low", ""]), kind))
    return rows


def turns_in_python(rows: list[tuple[datetime, str, str]]) -> list[Turn]:
    visits = [(at, Turn(day_of(at), RiskLevel(level), new_id())) for at, level, kind in rows if level]
    raised = [(at, Turn(day_of(at), RiskLevel.HIGH)) for at, _, kind in rows if kind and kind_rule(kind).makes_high]
    return [turn for _at, turn in sorted(visits + raised, key=lambda pair: pair[0])]


def chain_in_python(rows: list[tuple[datetime, str, str]]) -> list[tuple[str, str, str, str]]:
    chain = chain_of_deadlines(registered_on=REGISTERED, turns=turns_in_python(rows))
    return [(one.level, str(one.set_on), str(one.due_on), one.closed_because) for one in chain]


def test_visits_and_flags_give_the_same_chain_of_deadlines(in_chromium, chance):
    cases = [happened(chance) for _ in range(300)]

    on_phone = in_chromium(
        """async (load, {cases, kinds, standards, registeredOn}) => {
            const { chainOfDeadlines, turnsOf, runningDeadline } = await load("rules/due.js");
            return cases.map((rows) => {
                const visits = rows.filter((row) => !row[2]).map(([at, level], place) => ({ id: `v${place}`, at, level }));
                const flags = rows.filter((row) => row[2]).map(([at, , kind]) => ({ at, kind }));
                const chain = chainOfDeadlines({ registeredOn, standards, turns: turnsOf({ visits, flags, kinds }) });
                const runs = runningDeadline({ registeredOn, visits, flags, kinds, standards });
                if (runs.due_on !== chain[chain.length - 1].due_on) throw new Error("another one runs");
                return chain.map((one) => [one.level, one.set_on, one.due_on, one.closed_because ?? ""]);
            });
        }""",
        {
            "cases": [[(at.isoformat(), level, kind) for at, level, kind in rows] for rows in cases],
            "kinds": what_is_asked()["kinds"],
            "standards": what_is_asked()["standards"],
            "registeredOn": str(REGISTERED),
        },
    )

    assert [[tuple(one) for one in chain] for chain in on_phone] == [chain_in_python(rows) for rows in cases]


def test_a_kind_of_flag_is_as_severe(in_chromium):
    cases = [(kind, asked) for kind in FlagKind.values for asked in ["", *Severity.values]]

    on_phone = in_chromium(
        """async (load, {kinds, cases}) => {
            const { severityOf } = await load("rules/flag_kinds.js");
            return cases.map(([kind, asked]) => severityOf(kinds, kind, asked));
        }""",
        {"kinds": what_is_asked()["kinds"], "cases": cases},
    )

    assert on_phone == [severity_of(kind, asked) for kind, asked in cases]


def a_visit(chance: random.Random) -> VisitEntry:
    made_at = AT + timedelta(minutes=chance.choice([-60, -600, 0, 1, -60 * 24 * 400]))
    given = chance.choice([{}, answers(chance, 4), {"carer": 3}, {"unheard-of": 1}])
    return VisitEntry(
        id=new_id(), child=new_id(), made_at=made_at, outcome=chance.choice([*Outcome.values, Outcome.COMPLETED]),
        checklist=chance.choice([1, 1, 1, 9]), answers=given,
        seen_alone=chance.choice([True, False, None]), not_alone_because=chance.choice(WORDS),
    )  # fmt: skip


def refused(check, *args, **kwargs) -> list[str] | None:
    with translation.override("en"):
        try:
            check(*args, **kwargs)
        except Refusal as refusal:
            return [refusal.field or "", str(refusal)]
    return None


def as_sent(entry: object) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value if value is None else
        value if isinstance(value, bool | int | dict) else str(value)
        for name, value in asdict(entry).items()
    }  # fmt: skip


def test_a_visit_is_refused_with_the_same_sentence(in_chromium, chance):
    cases = [a_visit(chance) for _ in range(400)]
    child = SimpleNamespace(born_on=date(2025, 9, 1))

    in_python = [refused(check_visit, entry, child, at=AT) for entry in cases]
    on_phone = in_chromium(
        """async (load, {cases, lists, at, bornOn}) => {
            const { checkVisit } = await load("rules/visit_checks.js");
            return cases.map((entry) => {
                const wrong = checkVisit(entry, { bornOn, at, asked: lists[entry.checklist] ?? null });
                return wrong && [wrong.field, wrong.sentence];
            });
        }""",
        {
            "cases": list(map(as_sent, cases)), "lists": what_is_asked()["lists"],
            "at": AT.isoformat(), "bornOn": "2025-09-01",
        },
    )  # fmt: skip

    assert on_phone == in_python
    assert len({tuple(one) for one in in_python if one}) == 8
    assert None in in_python


def a_flag(chance: random.Random) -> FlagEntry:
    return FlagEntry(
        id=new_id(), village_code="520323100201", made_at=AT + timedelta(minutes=chance.choice([-5, 0, 5])),
        kind="hazard", seen=chance.choice(WORDS), child=chance.choice([None, new_id()]),
        child_words=chance.choice(WORDS), visit=chance.choice([None, new_id()]),
        police_told_at=chance.choice([None, AT, AT + timedelta(minutes=1)]), police_told_whom=chance.choice(WORDS),
    )  # fmt: skip


def check_whole_flag(entry: FlagEntry, *, is_to_child: bool) -> None:
    check_flag(entry, SimpleNamespace(village_code=entry.village_code), by=User(), at=AT)
    check_flag_visit(entry, SimpleNamespace(child_id=entry.child if is_to_child else new_id()))


def test_a_flag_is_refused_with_the_same_sentence(in_chromium, chance):
    cases = [(a_flag(chance), chance.random() < 0.7) for _ in range(400)]

    in_python = [refused(check_whole_flag, entry, is_to_child=is_to_child) for entry, is_to_child in cases]
    on_phone = in_chromium(
        """async (load, {cases, at}) => {
            const { checkFlag } = await load("rules/visit_checks.js");
            return cases.map(([entry, visitIsToChild]) => {
                const wrong = checkFlag(entry, { at, visitIsToChild });
                return wrong && [wrong.field, wrong.sentence];
            });
        }""",
        {"cases": [(as_sent(entry), is_to_child) for entry, is_to_child in cases], "at": AT.isoformat()},
    )

    assert on_phone == in_python
    assert len({tuple(one) for one in in_python if one}) == 6
    assert None in in_python


def test_what_was_due_goes_on_after_a_return_as_on_the_server(in_chromium, chance):
    """The phone's own word, before the server's has come down."""
    back_on = REGISTERED + timedelta(days=120)
    stays = [Stay(REGISTERED, REGISTERED + timedelta(days=90)), Stay(back_on)]
    cases = [happened(chance) for _ in range(200)]

    on_phone = in_chromium(
        """async (load, {cases, kinds, standards, registeredOn, since}) => {
            const { runningDeadline } = await load("rules/due.js");
            return cases.map((rows) => {
                const visits = rows.filter((row) => !row[2]).map(([at, level], place) => ({ id: `v${place}`, at, level }));
                const flags = rows.filter((row) => row[2]).map(([at, , kind]) => ({ at, kind }));
                const runs = runningDeadline({ registeredOn, since, visits, flags, kinds, standards });
                return [runs.level, runs.set_on, runs.due_on];
            });
        }""",
        {
            "cases": [[(at.isoformat(), level, kind) for at, level, kind in rows] for rows in cases],
            "kinds": what_is_asked()["kinds"],
            "standards": what_is_asked()["standards"],
            "registeredOn": str(REGISTERED),
            "since": str(back_on),
        },
    )

    in_python = [chain_over_stays(stays, turns_in_python(rows))[-1] for rows in cases]
    assert [tuple(one) for one in on_phone] == [(one.level, str(one.set_on), str(one.due_on)) for one in in_python]
