"""What is typed into each page that takes something: filled in well, so that a refusal is about the person alone."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from children.forms.change import seen_text
from children.models import Child
from children.rules.file_fields import texts_of
from tests.access.world import Facts

Typed = dict[str, Any]


def session(facts: Facts) -> Typed:
    return {"id": uuid4(), "day": "2026-03-07", "opened": "14:00", "closed": "16:00", "visitors": 0}


def activity(facts: Facts) -> Typed:
    return {
        "id": uuid4(),
        "theme": "drowning",
        "held_at": "2026-03-07T14:30",
        "minutes": 40,
        "children": 12,
        "adults": 0,
    }


def closure(facts: Facts) -> Typed:
    return {"id": uuid4(), "starts_on": "2026-04-20", "ends_on": "2026-04-21", "reason": "修屋顶"}


def visit(facts: Facts) -> Typed:
    return {"id": uuid4(), "made_at": "2026-03-11T15:00", "outcome": "nobody_home", "override": ""}


def flag(facts: Facts) -> Typed:
    return {"id": uuid4(), "kind": "hazard", "seen": "院里的水井没有盖子。", "child_words": "男孩，约七岁"}


def task(facts: Facts, prefix: str = "send") -> Typed:
    return {
        f"{prefix}-id": uuid4(),
        f"{prefix}-department": facts.task.department_id,
        f"{prefix}-title": "再办一件",
        f"{prefix}-asked": "请核实。",
    }


def referral(facts: Facts) -> Typed:
    others = {f"task{number}-id": uuid4() for number in (1, 2, 3, 4)}
    return {"id": uuid4(), "goal": "井盖盖好", "answer": ""} | others | task(facts, "task0")


def person_file(facts: Facts) -> Typed:
    return {
        "born_on": "1988-05-01",
        "sex": "2",
        "schooling": "senior",
        "is_full_time": "yes",
        "home": facts.village_code,
    }


def taken_on(facts: Facts) -> Typed:
    """Somebody new, with a file."""
    file = {f"file-{name}": value for name, value in person_file(facts).items()}
    return {"full_name": "罗小琴", "username": f"new{uuid4().hex[:8]}", "password": "yun-jiao-cun-2026"} | file


def post(facts: Facts) -> Typed:
    """The village's mother, posted once more as a substitute next door."""
    return {
        "username": facts.mother.username,
        "role": "companion_mother",
        "place_code": "520323100202",
        "is_substitute": "on",
        "starts_on": "2026-03-01",
    }


def changed_file(facts: Facts) -> Typed:
    """The file as it stands, the way to the home added."""
    texts = texts_of(Child.objects.select_related("household").get(pk=facts.child.pk))
    return texts | {"id": uuid4(), "seen": seen_text(texts), "address": "桥头第二家", "is_boarding": ""}


def step(facts: Facts) -> Typed:
    return {"id": uuid4(), "benefit": "school_meals", "step": "applied", "on": "2026-03-02"}


def ground(facts: Facts) -> Typed:
    return {"id": uuid4(), "kind": "low_income", "on": "2026-03-01"}


def same(**typed: Any) -> Callable[[Facts], Typed]:
    return lambda _facts: typed


FORMS: dict[str, Callable[[Facts], Typed]] = {
    "children:change": changed_file,
    "children:decide": same(keep="brought", seen="桥头第一家"),
    "children:note-step": step,
    "children:ground": ground,
    "children:whereabouts": same(whereabouts="home", since="2026-03-01"),
    "clubs:open": lambda _facts: {"id": uuid4()},
    "clubs:close": same(closed_at="2026-03-09T18:00"),
    "clubs:enter-session": session,
    "clubs:session": same(visitors=1),
    "clubs:activity": activity,
    "clubs:ask-closure": closure,
    "clubs:times": same(opens0="09:00", closes0="12:00"),
    "clubs:decline-closure": same(reason="可以换一间教室"),
    "visits:record": visit,
    "visits:raise-flag": flag,
    "visits:tell-police": same(police_told_whom="洋川派出所", police_told_at="2026-03-11T09:05"),
    "visits:acknowledge": same(answer="今天联系学校"),
    "visits:close": same(settled="已办好"),
    "visits:dismiss": same(reason="是误会"),
    "referrals:open": referral,
    "referrals:send-task": task,
    "referrals:close": same(result="solved", words="已办好"),
    "referrals:send-again": same(words="复印件已补"),
    "referrals:withdraw": same(words="已由学校解决"),
    "referrals:return": same(reason="other", words="不归我们管"),
    "referrals:complete": same(words="已办好"),
    "referrals:confirm": same(words="看见了"),
    "people:account": same(language="en"),
    "people:add": taken_on,
    "people:post": post,
    "people:file": person_file,
    "people:check": same(checked_on="2026-03-01", authority="绥阳县公安局", result="clear"),
    "people:new-password": same(password="yun-jiao-cun-2026"),
    "people:end": same(ends_at="2026-03-12T18:00"),
    "places:enrol": same(code="520323100209", name="新寨村", arm="ccmp", starts_on="2026-03-01"),
    "places:add-term": lambda _facts: {
        "term-name": "2026 autumn",
        "term-starts_on": "2026-08-31",
        "term-ends_on": "2027-01-22",
    },
    "places:add-department": lambda _facts: {"department-name": "县司法局", "department-kind": "justice"},
}
