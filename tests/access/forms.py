"""What is typed into each page that takes something: filled in well, so that a refusal is about the person alone."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from children.forms.change import seen_text
from children.models import Child
from children.rules.file_fields import texts_of
from children.rules.kin import kin_seen
from children.services.check import last_change
from tests.access.world import Facts
from tests.factories import PEAR_GARDEN, TODAY

Typed = dict[str, Any]


def check(facts: Facts) -> Typed:
    return {
        "id": uuid4(),
        "version": Child.objects.get(pk=facts.child.pk).version,
        "last": last_change(facts.child),
        "word": "in_order",
        "remark": "",
    }


def consent(facts: Facts) -> Typed:
    grandfather = facts.child.family[0].relative_id
    return {"id": uuid4(), "text_version": 1, "given_by": grandfather, "on": "2026-03-11", "evidence": "paper"}


def confirmation(facts: Facts) -> Typed:
    """With the father's father, on the day of the registration."""
    grandfather = facts.child.family[0].relative_id
    return {"id": uuid4(), "version": 1, "on": "2026-03-01", "with_whom": grandfather, "whom_else": ""}


def kin(facts: Facts) -> Typed:
    relative = facts.child.family[0].relative
    seen = kin_seen(relative, on=TODAY)
    return {"id": uuid4(), "seen": seen_text(seen)} | seen | {"kin_id": "", "kin_work": "砖厂"}


def register_file(facts: Facts) -> Typed:
    return {"id": uuid4(), "file": SimpleUploadedFile("register.csv", "儿童姓名,户主姓名\n".encode())}


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
    return (
        {"id": uuid4(), "goal": "井盖盖好", "answer": "", "without_consent_because": "等不及"}
        | others
        | task(facts, "task0")
    )


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


def changed_home(facts: Facts) -> Typed:
    """The home as it stands, the way to it added."""
    texts = texts_of(Child.objects.select_related("household").get(pk=facts.child.pk), "home")
    return texts | {"id": uuid4(), "seen": seen_text(texts), "address": "桥头第二家", "income": ["farming"]}


def health(facts: Facts) -> Typed:
    return {"id": uuid4(), "state": "healthy", "on": "2026-03-01"}


def step(facts: Facts) -> Typed:
    return {"id": uuid4(), "benefit": "school_meals", "step": "applied", "on": "2026-03-02"}


def ground(facts: Facts) -> Typed:
    return {"id": uuid4(), "kind": "low_income", "on": "2026-03-01"}


def same(**typed: Any) -> Callable[[Facts], Typed]:
    return lambda _facts: typed


FORMS: dict[str, Callable[[Facts], Typed]] = {
    "children:change": changed_home,
    "children:health": health,
    "children:confirm": confirmation,
    "children:consent-give": consent,
    "children:consent-withdraw": lambda _facts: {
        "id": uuid4(),
        "who": "else",
        "who_else": "陈志强",
        "on": "2026-03-12",
    },
    "children:check": check,
    "children:import": register_file,
    "children:answer-check": lambda facts: {"check": facts.sent_back.id},
    "children:decide": same(keep="brought", seen="桥头第一家"),
    "children:entitlements-of": step,
    "children:note-step": step,
    "children:ground": ground,
    "children:care": lambda _facts: {"id": uuid4(), "carer_id": uuid4(), "carer": "none", "carer_since": "2026-03-01"},
    "children:kin": kin,
    "children:kin-new": lambda _facts: {
        "id": uuid4(),
        "relative_id": uuid4(),
        "relation": "88",
        "who": "new",
        "name": "李桂芳",
    },
    "children:contact": lambda _facts: {"id": uuid4(), "on": "2026-03-10", "how": "call", "with_child": "on"},
    "children:bar": lambda _facts: {"id": uuid4(), "kind": "gambling", "on": "2026-03-01"},
    "children:whereabouts": same(whereabouts="home", since="2026-03-01"),
    "children:leave": lambda _facts: {"id": uuid4(), "kind": "left", "on": "2026-03-10", "where": "广东东莞"},
    "children:return": lambda _facts: {"id": uuid4(), "on": "2026-03-10"},
    "children:transfer": lambda _facts: {
        "id": uuid4(),
        "village_id": PEAR_GARDEN,
        "on": "2026-03-10",
        "words": "外婆家",
    },
    "children:transfer-ask": lambda _facts: {
        "id": uuid4(),
        "resident_id": "520323201406010043",
        "on": "2026-03-10",
        "home": "new",
        "head_name": "李国强",
    },
    "children:transfer-answer": same(step="withdraw"),
    "clubs:open": lambda _facts: {"id": uuid4()},
    "clubs:close": same(closed_at="2026-03-09T18:00"),
    "clubs:enter-session": session,
    "clubs:session": same(visitors=1),
    "clubs:activity": activity,
    "clubs:ask-closure": closure,
    "children:list": same(q="陈"),
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
    "people:new-password": same(is_here="on"),
    "people:lost-second-step": same(is_here="on"),
    "people:end": same(ends_at="2026-03-12T18:00"),
    "places:enrol": same(code="520323100209", name="新寨村", arm="ccmp", starts_on="2026-03-01"),
    "places:add-term": lambda _facts: {
        "term-name": "2026 autumn",
        "term-starts_on": "2026-08-31",
        "term-ends_on": "2027-01-22",
    },
    "privacy:numbers": same(why="school", words=""),
    "privacy:hold": same(why="法院来函", until=""),
    "privacy:ask": lambda _facts: {"id": uuid4(), "kind": "view", "asked_by": "陈国富", "relation": "61", "words": ""},
    "privacy:request": same(state="done", words=""),
    "privacy:open": same(resident_id="520327201406010022", why="found", words="孩子独自在县城车站被找到。"),
    "privacy:studies": same(name="童伴妈妈", purpose="比较两组村"),
    "privacy:judge": same(verdict="right", words=""),
    "privacy:report-incident": lambda _facts: {
        "id": uuid4(),
        "place": "520323000000",
        "kind": "lost_phone",
        "happened_at": "2026-03-11T09:00",
        "found_at": "2026-03-11T10:00",
        "children": 1,
        "words": "手机遗失。",
    },
    "privacy:incident": same(step="harmless", words="窗口无人经过，已取回。"),
    "places:add-department": lambda _facts: {"department-name": "县司法局", "department-kind": "justice"},
}
