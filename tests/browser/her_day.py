"""A companion mother's day as she writes it down: forty entries of all kinds, and two tabs that die in the middle of a form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from playwright.sync_api import expect

from ccmp.moments import CHINA, DAY, now
from children.models import Child
from tests.browser import phone_steps as she
from tests.phone.chromium import HerPhone


@dataclass
class Diary:
    """What she wrote down, when, as the test saw it: (what, since, until)."""

    phone: HerPhone
    lines: list[tuple[str, datetime, datetime]] = field(default_factory=list)

    def wrote(self, kind: str, step: Callable[[], None]) -> None:
        began = now()
        step()
        self.lines.append((kind, began, now()))
        wrong = self.phone.page.locator(".error-summary").all_inner_texts()
        assert wrong == [], wrong
        kinds = [entry["kind"] for entry in self.phone.found()["entries"]]
        assert kinds == [one for one, _began, _ended in self.lines], self.phone.page.locator("main").inner_text()


def yesterday(days: int = 1) -> date:
    return (now().astimezone(CHINA) - days * DAY).date()


# ── her day ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def morning_at_the_club(diary: Diary, phone: HerPhone) -> None:
    def open_the_door() -> None:
        she.press(phone.open("/club/"), "开门")

    def call_the_roll() -> None:
        page = phone.open("/club/")
        for name in ("陈雨欣", "陈子涵", "陈浩然"):
            she.tap(page.get_by_label(name).first)
        page.fill("#visitors", "2")
        she.press(page, "记下谁来了")

    diary.wrote("clubs:open", open_the_door)
    diary.wrote("clubs:session", call_the_roll)
    activity: dict[str, str | bool] = {"theme": "drowning", "minutes": "40", "children": "3", "title": "防溺水"}
    diary.wrote("clubs:activity", lambda: she.fill_and_send(phone, "/club/activity/", activity))


def homes_before_noon(diary: Diary, phone: HerPhone, children: list[Child]) -> None:
    """Eight visits; not everybody is at home."""
    outcomes: list[dict[str, str | bool]] = [
        she.seen(),
        {"outcome": "nobody_home"},
        {"outcome": "refused"},
        {"outcome": "child_away"},
        she.seen(school="1"),
        she.seen(contact="1") | {"note": "爸爸上周打过电话。"},
        {"outcome": "completed", "seen_alone": "no", "not_alone_because": "奶奶一直在旁边", "item_carer": "0"},
        she.seen(),
    ]
    for child, outcome in zip(children, outcomes, strict=False):
        diary.wrote("visits:record", lambda child=child, outcome=outcome: she.visit(phone, child.name, outcome))  # type: ignore[misc]


def a_new_family(diary: Diary, phone: HerPhone) -> None:
    """Three brothers and a sister whom no server has seen yet; the tab dies while she fills in the second."""
    diary.wrote("children:register", lambda: she.register_in_new_home(phone, "龙大宝", "龙老汉"))

    page = she.look_for(phone, reverse("children:register"), "龙老汉")
    she.follow(page, "龙老汉")
    address = page.url.removeprefix(phone.server.url)
    she.fill_in(page, {"name": "龙二宝", "born_on": "2018-09-10", "mother": "new", "mother_name": "石小花"})
    page.wait_for_timeout(700)
    she.kill_tab(phone, address)
    expect(phone.page.get_by_text("第 3 步，共 4 步：妈妈")).to_be_visible()
    expect(phone.page.locator("[name=mother_name]")).to_have_value("石小花")
    expect(phone.page.locator("[name=name]")).to_have_value("龙二宝")
    expect(phone.page.locator("[name=born_on]")).to_have_value("2018-09-10")

    diary.wrote("children:register", lambda: she.register_in_home(phone, "龙二宝", "龙老汉", born_on="2018-09-10"))
    diary.wrote("children:register", lambda: she.register_in_home(phone, "龙小妹", "龙老汉", sex="2"))
    of_another_family: dict[str, str | bool] = {"born_on": "2015-11-20", "carer_phone": "13800002717"}
    diary.wrote("children:register", lambda: she.register_in_new_home(phone, "石生", "石婆婆", **of_another_family))


def afternoon_with_the_new(diary: Diary, phone: HerPhone) -> None:
    for name in ("龙大宝", "龙二宝", "龙小妹"):
        diary.wrote("visits:record", lambda name=name: she.visit(phone, name, she.seen()))  # type: ignore[misc]

    def tell_where_the_father_is(name: str) -> None:
        she.open_file(phone, name)
        with phone.page.expect_navigation():
            phone.page.locator("a[href*=whereabouts]").first.click()
        she.fill_in(phone.page, {"whereabouts": "away", "since": "2026-11-01", "where": "福建晋江"})
        she.send(phone.page)

    diary.wrote("children:whereabouts", lambda: tell_where_the_father_is("陈雨欣"))
    diary.wrote("children:whereabouts", lambda: tell_where_the_father_is("龙小妹"))

    def change_the_file(name: str, step: str, fields: dict[str, str | bool]) -> None:
        she.open_file(phone, name)
        she.open_step(phone, step)
        she.fill_in(phone.page, fields)
        she.send(phone.page)

    diary.wrote("children:change", lambda: change_the_file("陈子涵", "school", {"school_stage": "junior"}))
    diary.wrote("children:change", lambda: change_the_file("石生", "home", {"address": "桥头第二家"}))


def what_is_wrong(diary: Diary, phone: HerPhone) -> None:
    """Reports; one that the law asks for at once, and the tab dies in the middle of it."""

    def report(name: str, kind: str, seen: str) -> None:
        she.open_file(phone, name)
        she.follow(phone.page, "上报")
        she.fill_in(phone.page, {"kind": kind, "seen": seen})
        she.send(phone.page)

    diary.wrote("visits:raise-flag", lambda: report("陈浩然", "dropped_out", "两周没有到校。"))

    she.open_file(phone, "龙小妹")
    she.follow(phone.page, "上报")
    address = phone.page.url.removeprefix(phone.server.url)
    she.fill_in(phone.page, {"kind": "sexual_abuse", "seen": "她说有人碰过她。"})
    phone.page.wait_for_timeout(700)
    she.kill_tab(phone, address)
    expect(phone.page.locator("[name=seen]")).to_have_value("她说有人碰过她。")
    expect(phone.page.locator("[name=kind]")).to_have_value("sexual_abuse")

    diary.wrote("visits:raise-flag", lambda: she.send(phone.page))
    expect(phone.page.locator(".urgent a[href='tel:110']")).to_be_visible()

    def the_police_are_told() -> None:
        she.follow(phone.page, "打过了")
        she.fill_in(phone.page, {"police_told_whom": "洋川派出所李警官"})
        she.send(phone.page)

    diary.wrote("visits:tell-police", the_police_are_told)
    stranger: dict[str, str | bool] = {"child_words": "男孩，约八岁", "kind": "vagrancy", "seen": "一个人在桥下过夜。"}
    diary.wrote("visits:raise-flag", lambda: she.fill_and_send(phone, reverse("visits:raise-flag"), stranger))


def what_the_county_sent(diary: Diary, phone: HerPhone) -> None:
    def confirm() -> None:
        page = phone.open(reverse("referrals:mine"))
        page.locator("textarea[name=words]").first.fill("看到了，坐进教室了。")
        with page.expect_navigation():
            page.locator("form:has(textarea[name=words]) button[type=submit]").first.click()

    def decide() -> None:
        page = phone.open(reverse("children:differences"))
        with page.expect_navigation():
            page.locator("button[name=keep][value=brought]").first.click()

    diary.wrote("referrals:confirm", confirm)
    diary.wrote("children:decide", decide)


def evening(diary: Diary, phone: HerPhone, children: list[Child]) -> None:
    """Five more homes, yesterday's openings, the week's hours, days to stay shut, large type; and she locks up."""
    for child in children[10:15]:
        diary.wrote("visits:record", lambda child=child: she.visit(phone, child.name, she.seen()))  # type: ignore[misc]

    missed: dict[str, str | bool] = {"day": f"{yesterday()}", "opened": "15:00", "closed": "17:30", "visitors": "0"}
    diary.wrote("clubs:enter-session", lambda: she.fill_and_send(phone, "/club/sessions/enter/", missed))

    def who_came_yesterday() -> None:
        phone.page.locator("details[data-roll] summary").click()
        for name in ("陈雨欣", "龙大宝"):
            she.tap(phone.page.get_by_label(name).first)
        she.send(phone.page)

    diary.wrote("clubs:session", who_came_yesterday)
    before = missed | {"day": f"{yesterday(2)}", "opened": "09:00", "closed": "11:00"}
    diary.wrote("clubs:enter-session", lambda: she.fill_and_send(phone, "/club/sessions/enter/", before))
    week: dict[str, str | bool] = {"opens0": "16:00", "closes0": "18:00", "opens5": "09:00", "closes5": "11:30"}
    diary.wrote("clubs:times", lambda: she.fill_and_send(phone, "/club/times/", week))
    shut: dict[str, str | bool] = {
        "starts_on": f"{yesterday(-10)}",
        "ends_on": f"{yesterday(-11)}",
        "reason": "屋顶漏雨，要修。",
    }
    diary.wrote("clubs:ask-closure", lambda: she.fill_and_send(phone, "/club/closure/", shut))

    def large_type() -> None:
        page = phone.open(reverse("people:account"))
        she.tap(page.locator("[name=large_type]"))
        she.press(page, "记下")

    diary.wrote("people:account", large_type)
    opened = diary.lines[0][2]
    if now().replace(second=0, microsecond=0) <= opened:  # a door is open until the next minute at least
        phone.page.wait_for_timeout((61 - now().second) * 1000)
    diary.wrote("clubs:close", lambda: she.press(phone.open("/club/"), "关门"))


def a_whole_day(diary: Diary, phone: HerPhone, children: list[Child]) -> None:
    morning_at_the_club(diary, phone)
    homes_before_noon(diary, phone, children)
    a_new_family(diary, phone)
    afternoon_with_the_new(diary, phone)
    what_is_wrong(diary, phone)
    what_the_county_sent(diary, phone)
    evening(diary, phone, children)
