"""A companion mother's whole day without a network, in a real browser: forty entries, and each is kept once.

The line between her phone and the server is really cut, and then as slow as in the mountains; her tab is killed in the
middle of forms, the server in the middle of taking what she sends.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from ccmp.moments import DAY, now
from ccmp.people.models import User
from ccmp.phone.enums import EntryState
from ccmp.phone.models import OutboxEntry
from children.models import Child, Difference
from clubs.models import Activity, Attendance, ClubClosure, ClubSession, OpeningTime
from referrals.services.tasks import accept_task, complete_task
from tests import factories
from tests.browser import phone_steps as she
from tests.browser.at_the_line import line, phone
from tests.browser.her_day import Diary, a_whole_day, yesterday
from tests.browser.mountain_line import MountainLine
from tests.factories.differences import say
from tests.phone.chromium import HerPhone
from tests.web_server import WebServer
from visits.models import Flag, Visit

__all__ = ["line", "phone"]

pytestmark = pytest.mark.browser
SKEW = timedelta(seconds=2)


# ── the story ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def village(mother: User, officer: User, education: Any, education_officer: User) -> list[Child]:
    """Twenty-four children; a referral that is done and waits for her word; a fact told in two ways."""
    children = she.make_village(mother)
    substitute = factories.make_mother(name="欧阳慧敏", is_substitute=True)
    make_answered_referral(children[20], mother, officer, education, education_officer)
    say(children[21], mother, school_stage="junior")
    say(children[21], substitute, seen={"school_stage": "primary"}, school_stage="dropped_out")
    return children


def make_answered_referral(child: Child, mother: User, officer: User, education: Any, education_officer: User) -> None:
    """What she reported three days ago is done, the school says, and waits for her word."""
    at = now() - 3 * DAY
    flag = factories.make_flag(mother, child, raised=she.china(at, "%Y-%m-%d %H:%M"))
    task = factories.make_referral(officer, flag, [education], at=at).tasks.get()
    accept_task(task_id=task.id, by=education_officer, at=at)
    complete_task(task_id=task.id, words="已插班。", by=education_officer, at=at)


def until(phone: HerPhone, is_so: Callable[[], bool], *, seconds: float = 120) -> None:
    """Waits as somebody does who looks at the phone."""
    end = now() + timedelta(seconds=seconds)
    while not is_so():
        assert now() < end, "It did not come to be."
        phone.page.wait_for_timeout(50)


def outbox_posts(line: MountainLine) -> list[list[str]]:
    """The ids of each batch that crossed the line, as it was sent."""
    return [[one["id"] for one in json.loads(body)] for _m, _p, _h, body in line.asked_of("/api/v1/outbox/")]


def meanwhile_in_the_village(substitute: User) -> None:
    """Her substitute enters the very opening that she entered; the phone cannot know it."""
    morning = f"{yesterday(2)} 10:00", f"{yesterday(2)} 11:30"
    factories.make_session(substitute, *morning)


def all_goes_up(phone: HerPhone, line: MountainLine, web_server: WebServer) -> None:
    """A weak network; the server dies while it takes the first entries; an answer is lost; one delivery comes thrice."""
    line.weaken()
    she.find_a_network(phone, line)
    until(phone, lambda: OutboxEntry.objects.count() >= 5)
    web_server.kill()
    assert 5 <= OutboxEntry.objects.count() < 40
    line.answers_to_lose = 1
    web_server.start()
    phone.open("/phone/").locator("[data-sends]").click()
    until(phone, lambda: line.answers_to_lose == 0)
    [first, *_] = line.asked_of("/api/v1/outbox/")
    for _time in range(3):
        status, _answer = line.deliver_again(first)
        assert status == 200
    until(phone, lambda: OutboxEntry.objects.count() == 40)
    until(phone, lambda: phone.states().count("waiting") == 0)


def she_mends_what_came_back(phone: HerPhone) -> None:
    page = phone.open("/phone/")
    expect(page.locator("[data-sync]")).to_contain_text("1 条退回", use_inner_text=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("服务器收到您的 40 条中的 39 条")
    expect(page.locator(".outbox-reason")).to_contain_text("那段时间")
    she.follow(page, "改好再送")
    expect(page.locator("[name=opened]")).to_have_value("09:00")
    she.fill_in(page, {"closed": "10:00"})
    she.send(page)


def assert_forty_are_kept_once(diary: Diary, entries: list[dict[str, Any]], mother: User) -> None:
    """In her words, at her moments."""
    receipts = {str(one.pk): one for one in OutboxEntry.objects.all()}
    assert list(receipts)
    assert len(receipts) == len(entries) == 40
    for entry, (kind, began, ended) in zip(entries, diary.lines, strict=True):
        receipt = receipts[entry["id"]]
        assert (receipt.kind, receipt.state, receipt.user) == (kind, EntryState.KEPT, mother)
        assert receipt.made_at is not None
        assert began - SKEW <= receipt.made_at <= ended + SKEW


def assert_the_facts_are_there_once(mother: User, diary: Diary) -> None:
    assert Visit.objects.count() == 16
    assert (
        Child.objects.filter(name__in=["龙大宝", "龙二宝", "龙小妹", "石生"]).count() == Child.objects.count() - 24 == 4
    )
    assert Child.objects.get(name="龙二宝").household == Child.objects.get(name="龙小妹").household
    assert Flag.objects.exclude(kind="dropped_out").count() == 2
    assert Flag.objects.get(kind="sexual_abuse").police_told_whom == "洋川派出所李警官"
    assert ClubSession.objects.filter(recorded_by=mother).count() == 3
    assert Attendance.objects.count() == 5
    assert (Activity.objects.count(), ClubClosure.objects.count(), OpeningTime.objects.count()) == (1, 1, 2)
    assert Child.objects.get(name="陈子涵").school_stage == "junior"
    assert Child.objects.get(name="石生").household.address == "桥头第二家"
    assert not Difference.objects.filter(decided_at=None).exists()
    assert User.objects.get(pk=mother.pk).large_type
    opened = diary.lines[0][1].replace(second=0, microsecond=0)
    door = ClubSession.objects.filter(recorded_by=mother).order_by("-opened_at")[0]
    assert opened <= door.opened_at <= opened + timedelta(minutes=1)
    assert door.closed_at is not None


def test_a_day_without_a_network(
    phone: HerPhone, line: MountainLine, web_server: WebServer, mother: User, village: list[Child]
) -> None:
    she.take_phone(phone)
    diary = Diary(phone)
    she.lose_the_network(phone, line)

    a_whole_day(diary, phone, village)
    entries = phone.found()["entries"]
    assert len(entries) == len(diary.lines) == 40
    assert OutboxEntry.objects.count() == 0

    meanwhile_in_the_village(User.objects.get(full_name="欧阳慧敏"))
    all_goes_up(phone, line, web_server)
    she_mends_what_came_back(phone)

    line.strengthen()
    phone.tell(type="sync")
    phone.wait_for(lambda found: not found["entries"])
    page = phone.open("/phone/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("服务器收到您的 40 条中的 40 条")
    assert_forty_are_kept_once(diary, entries, mother)
    assert_the_facts_are_there_once(mother, diary)
    assert in_the_order_of(outbox_posts(line)) == as_they_should_go(entries)


def in_the_order_of(batches: list[list[str]]) -> list[str]:
    return list(dict.fromkeys(one for batch in batches for one in batch))


def as_they_should_go(entries: list[dict[str, Any]]) -> list[str]:
    """The children in danger first, behind the registrations without which the server would not know them."""
    needed = [one for one in entries if one["fields"].get("name") in (["龙大宝"], ["龙小妹"])]
    told = [one for one in entries if one["fields"].get("kind") in (["sexual_abuse"], ["vagrancy"])]
    return list(dict.fromkeys(one["id"] for one in [*needed, *told, *entries]))
