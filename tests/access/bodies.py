"""What is sent to each address that takes something: valid, so that a refusal is about the person and nothing else."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from children.models import Child
from tests.access.world import Facts

WORDS = {"words": "已办好"}


def registration(facts: Facts) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "village_code": facts.village_code,
        "made_at": "2026-03-10T09:30:00+08:00",
        "household": {"id": str(uuid4()), "head_name": "陈国富"},
        "name": "陈雨轩",
        "sex": "1",
        "born_on": "2020-06-01",
        "ethnic_group": "06",
        "hukou": "rural",
        "school_stage": "kindergarten",
        "no_id_reason": "not_at_hand",
    }


def change(facts: Facts) -> dict[str, Any]:
    """By who has just read the file."""
    return {"version": Child.objects.get(pk=facts.child.pk).version, "school_stage": "junior"}


def new_relative() -> dict[str, Any]:
    return {"id": str(uuid4()), "relative": str(uuid4()), "relation": "63", "name": "令狐大山"}


def since(what: str, name: str) -> dict[str, Any]:
    return {"id": str(uuid4()), name: what, "since": "2026-03-10"}


def consent(facts: Facts) -> dict[str, Any]:
    grandfather = str(facts.child.family[0].relative_id)
    said = {"id": str(uuid4()), "made_at": "2026-03-11T10:00:00+08:00", "purpose": "pictures", "text_version": 1}
    return said | {"given_by": grandfather, "on": "2026-03-11", "evidence": "paper"}


def session(facts: Facts) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "village_code": facts.village_code,
        "opened_at": "2026-03-07T14:00:00+08:00",
        "closed_at": "2026-03-07T16:00:00+08:00",
    }


def visit(facts: Facts) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "child": str(facts.child.id),
        "made_at": "2026-03-11T15:00:00+08:00",
        "outcome": "nobody_home",
    }


def flag(facts: Facts) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "village_code": facts.village_code,
        "child": str(facts.child.id),
        "made_at": "2026-03-11T16:00:00+08:00",
        "kind": "hazard",
        "seen": "院里的水井没有盖子。",
    }


def task(facts: Facts) -> dict[str, Any]:
    return {"id": str(uuid4()), "department": str(facts.task.department_id), "title": "再办一件", "asked": "请核实。"}


def referral(facts: Facts) -> dict[str, Any]:
    return {"id": str(uuid4()), "flag": str(facts.flag.id), "goal": "井盖盖好", "tasks": [task(facts)]}


def closure(facts: Facts) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "village_code": facts.village_code,
        "made_at": "2026-03-10T09:00:00+08:00",
        "starts_on": "2026-04-20",
        "ends_on": "2026-04-21",
        "reason": "修屋顶",
    }


def term(facts: Facts) -> dict[str, Any]:
    return {"county": facts.county_code, "name": "2026 autumn", "starts_on": "2026-08-31", "ends_on": "2027-01-22"}


def report(facts: Facts) -> dict[str, Any]:
    return {"month": "2026-02", "place": facts.village_code, "edition": "village"}


def outbox(facts: Facts) -> list[dict[str, Any]]:
    """One entry, of somebody who serves in the village."""
    body = visit(facts)
    return [{"id": str(uuid4()), "kind": "visit", "made_at": body.pop("made_at"), "body": body}]


def always(body: dict[str, Any]) -> Callable[[Facts], dict[str, Any]]:
    return lambda _facts: body


# (name, method) → what is sent. Everything else is sent an empty body.
JSON: dict[tuple[str, str], Callable[[Facts], Any]] = {
    ("api:token", "POST"): always({"username": "nobody", "password": "nothing"}),
    ("api:children", "POST"): registration,
    ("api:children-find", "POST"): lambda _facts: {"q": "陈"},
    ("api:child", "PATCH"): change,
    ("api:child-relatives", "POST"): lambda _facts: new_relative(),
    ("api:child-numbers", "POST"): lambda _facts: {"why": "school"},
    ("api:child-relative", "POST"): lambda _facts: {"id": str(uuid4()), "works_at": "砖厂"},
    ("api:child-whereabouts", "POST"): lambda _facts: since("away", "whereabouts") | {"where": "东莞"},
    ("api:child-contacts", "POST"): lambda _facts: {"id": str(uuid4()), "on": "2026-03-10", "how": "call"},
    ("api:child-bars", "POST"): lambda _facts: {"id": str(uuid4()), "on": "2026-03-10", "kind": "gambling"},
    ("api:child-care", "POST"): lambda _facts: since("none", "kind"),
    ("api:child-health", "POST"): lambda _facts: {"id": str(uuid4()), "on": "2026-03-10"},
    ("api:child-consents", "POST"): consent,
    ("api:child-consent-withdrawals", "POST"): always(
        {"purpose": "evaluation", "on": "2026-03-12", "withdrawn_by": "陈国富"}
    ),
    ("api:club-sessions", "POST"): session,
    ("api:club-session-close", "POST"): always({"closed_at": "2026-03-09T18:00:00+08:00"}),
    ("api:closures", "POST"): closure,
    ("api:closure-decline", "POST"): always({"reason": "可以换一间教室"}),
    ("api:visits", "POST"): visit,
    ("api:flags", "POST"): flag,
    ("api:flag-dismiss", "POST"): always({"reason": "是误会"}),
    ("api:flag-close", "POST"): always({"answer": "已办好"}),
    ("api:referrals", "POST"): referral,
    ("api:referral-tasks", "POST"): task,
    ("api:referral-close", "POST"): always({"result": "solved", "words": "已办好"}),
    ("api:task-return", "POST"): always({"reason": "other", "words": "不归我们管"}),
    ("api:task-complete", "POST"): always(WORDS),
    ("api:task-confirm", "POST"): always(WORDS),
    ("api:task-send-again", "POST"): always(WORDS),
    ("api:task-withdraw", "POST"): always(WORDS),
    ("api:terms", "POST"): term,
    ("api:outbox", "POST"): outbox,
    ("api:phones", "POST"): lambda _facts: {"id": str(uuid4())},
    ("api:reports", "POST"): report,
}
