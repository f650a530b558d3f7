"""One story, in a real browser, with a real worker: from a village's phone to the month's paper.

A mother opens the club, records a visit and raises a flag; the county refers it to two departments; both answer; the
month's report counts it all, exactly.
"""

import time
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from ccmp.moments import CHINA, DAY, Month, start_of
from ccmp.people.enums import DepartmentKind
from ccmp.people.models import User
from ccmp.places.models import Enrolment
from ccmp.reports.enums import Edition
from ccmp.reports.models import MonthRun, Report
from ccmp.reports.services.runs import start_run
from ccmp.reports.tasks import run_month
from clubs.models import Club, ClubSession
from referrals.enums import TaskClockKind
from referrals.models import TaskClock
from tests import factories
from tests.browser.phone_steps import make_second_step
from tests.factories import CLOUD_FOOT, SUIYANG
from tests.signing_in import give_second_factor, makes_second_step
from visits.enums import FlagState
from visits.models import Flag

PASSWORD = "plum-blossom-31"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PATIENCE = 120


@pytest.fixture
def people(worker: None, settings: Any) -> dict[str, User]:
    """The little world, with one village in the programme, from this month on."""
    factories.make_places()
    Club.objects.exclude(village_code=CLOUD_FOOT).delete()
    Enrolment.objects.exclude(village_code=CLOUD_FOOT).delete()
    Club.objects.update(opened_on=session_day())
    education = factories.make_department()
    health = factories.make_department("县卫生健康局", DepartmentKind.HEALTH)
    people = {
        "mother": factories.make_mother(name="罗小琴"),
        "county": factories.make_county_officer(name="周令仪"),
        "education": factories.make_department_officer(education, name="石小龙"),
        "health": factories.make_department_officer(health, name="韦明珠"),
    }
    for user in people.values():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        if makes_second_step(user):
            give_second_factor(user)
    made_at = datetime.now(CHINA) - timedelta(days=2)
    factories.make_child(people["mother"], name="陈雨欣", made_at=made_at, at=made_at, carer=None)
    return people


def today() -> date:
    return datetime.now(CHINA).date()


def this_month() -> Month:
    return Month.of(today())


def session_day() -> date:
    """The first Monday of the month's weeks; today, in the days before it."""
    return min(this_month().mondays[0], today())


def minutes_that_count() -> int:
    """A session before the month's first week belongs to the month before."""
    return 10 if session_day() >= this_month().mondays[0] else 0


def sign_in(browser: Browser, base: str, user: User, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai").new_page()  # type: ignore[arg-type]
    page.goto(f"{base}/sign-in/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    make_second_step(page, user)
    return page


def the_mother_works(page: Page, base: str) -> None:
    page.get_by_role("button", name="开门").click()
    expect(page.get_by_text("门开了")).to_be_visible()
    session = ClubSession.objects.get()
    session.opened_at = start_of(session_day()) + timedelta(minutes=1)  # as if it had been the month's first Monday
    session.closed_at = session.opened_at + timedelta(minutes=10)
    session.save()

    page.goto(f"{base}/club/sessions/{session.id}/")
    page.get_by_label("陈雨欣").check()
    page.get_by_role("button", name="记下谁来了").click()

    page.goto(f"{base}/children/")
    page.get_by_role("link", name="陈雨欣").click()
    page.get_by_role("link", name="记这次家访").click()
    page.locator("[name=seen_alone][value=yes]").check()
    page.locator("[name=item_carer][value='0']").check()
    page.locator("[name=item_injury][value='2']").check()
    expect(page.locator("#id_item_injury .report-now a[href='tel:110']")).to_be_visible()
    page.locator("[name=note_injury]").fill("左小臂有三处青紫，新旧不一。")
    page.locator("button[type=submit][form=entry]").click()
    expect(page.locator(".notice").first).to_be_visible()

    page.goto(f"{base}/children/")
    page.get_by_role("link", name="陈雨欣").click()
    page.get_by_role("link", name="上报").click()
    page.locator("[name=kind]").select_option("domestic_violence")
    page.locator("[name=seen]").fill("左小臂有三处青紫。她说“摔的”，不肯多讲。")
    page.locator("button[type=submit][form=entry]").click()
    expect(page.get_by_role("heading", level=1, name="疑似家庭暴力")).to_be_visible()
    page.evaluate("document.documentElement.dataset.type = 'large'")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")  # in large type too


def the_county_refers(page: Page, base: str) -> None:
    page.goto(f"{base}/flags/")
    page.get_by_role("link", name="陈雨欣").click()
    expect(page.get_by_text("左小臂有三处青紫")).to_be_visible()
    page.locator(".detail-acts details:has([name=answer]) summary").click()
    page.locator("[name=answer]").fill("派出所和镇里今天到村。")
    page.get_by_role("button", name="受理").click()
    page.locator(".detail-acts").get_by_role("link", name="转介").click()
    page.locator("[name=goal]").fill("平安在家，按时上学")
    for number, (department, title) in enumerate([("县教育局", "学校每天看一眼"), ("县卫生健康局", "验伤，出报告")]):
        page.locator(f"[name=task{number}-department]").select_option(label=department)
        page.locator(f"[name=task{number}-title]").fill(title)
        page.locator(f"[name=task{number}-asked]").fill(f"请{department}办：{title}。")
    page.locator("button[type=submit][form=entry]").click()
    expect(page.get_by_text("学校每天看一眼").first).to_be_visible()


def a_department_answers(page: Page, base: str, title: str) -> None:
    page.goto(f"{base}/tasks/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_text("陈雨欣").first).to_be_visible()
    assert "左小臂" not in page.content()  # what was seen was not disclosed
    page.get_by_role("button", name="接下这个任务").click()
    page.locator("#complete textarea").fill("已经办好。")
    page.locator("#complete button[type=submit]").click()
    expect(page.locator(".notice").first).to_be_visible()


def the_mother_confirms_and_the_county_closes(mother: Page, county: Page, base: str) -> None:
    for _task in range(2):
        mother.goto(f"{base}/referrals/mine/")
        mother.locator("textarea[name=words]").first.fill("看到了。")
        mother.locator("form:has(textarea[name=words]) button[type=submit]").first.click()
    county.goto(f"{base}/referrals/")
    county.get_by_role("link", name="陈雨欣").click()
    county.locator("#close summary").click()
    county.locator("#close [name=result][value=solved]").check()
    county.locator("#close textarea").fill("孩子平安，按时上学。")
    county.locator("#close button[type=submit]").click()
    expect(county.get_by_text("孩子平安，按时上学。").first).to_be_visible()


def make_the_month() -> None:
    """On the third of the next month, at two in the morning, as the calendar does it."""
    month = this_month()
    run = start_run(month=month, place_code=SUIYANG, at=start_of(month.next().first_day + 2 * DAY) + timedelta(hours=2))
    run_month.delay(run_id=str(run.id))
    end = time.monotonic() + PATIENCE
    while MonthRun.objects.get(pk=run.id).finished_at is None:
        assert time.monotonic() < end, "the workers did not finish the month"
        time.sleep(0.3)


def counted_of_the_village() -> dict[str, Any]:
    run = MonthRun.objects.get()
    figures: dict[str, Any] = run.villages.get(village_code=CLOUD_FOOT).figures
    return figures


def accepted_for(kind: str) -> int:
    """Answered in time counts in the month in which the answer was due: near its end, that is the next month's."""
    due_at = TaskClock.objects.get(kind=TaskClockKind.ACCEPT, task__department__kind=kind).due_at
    return int(due_at < start_of(this_month().next().first_day))


def test_the_thread_from_a_villages_phone_to_the_months_paper(
    browser: Browser, live_server: Any, people: dict[str, User]
) -> None:
    base = live_server.url
    mother = sign_in(browser, base, people["mother"], PHONE)
    county = sign_in(browser, base, people["county"], DESK)

    the_mother_works(mother, base)
    the_county_refers(county, base)
    a_department_answers(sign_in(browser, base, people["education"], DESK), base, "学校每天看一眼")
    a_department_answers(sign_in(browser, base, people["health"], DESK), base, "验伤，出报告")
    the_mother_confirms_and_the_county_closes(mother, county, base)
    make_the_month()

    figures = counted_of_the_village()
    assert Flag.objects.get().state == FlagState.CLOSED
    assert figures["children"] == 1
    assert sum(week["open_minutes"] for week in figures["weeks"]) == minutes_that_count()
    if minutes_that_count():
        assert (figures["sessions"], figures["children_attending"], figures["attendances"]) == (1, 1, 1)
    assert (figures["visits_made"], figures["children_visited"]) == (1, 1)
    assert figures["flags"] == [
        {"severity": "mandatory", "raised": 1, "in_time": 1, "late": 0, "waiting": 0, "overdue": 0}
    ]
    assert (figures["referrals_opened"], figures["referrals_closed"], figures["referrals_open"]) == (1, 1, 0)
    assert sorted(
        (task["name"], task["sent"], task["accepted_in_time"], task["completed"], task["confirmed"], task["overdue"])
        for task in figures["tasks"]
    ) == [("县卫生健康局", 1, accepted_for("health"), 1, 1, 0), ("县教育局", 1, accepted_for("education"), 1, 1, 0)]

    report = Report.objects.get(edition=Edition.COUNTY)
    county.goto(f"{base}/reports/")
    link = county.locator(f"a[href*='{report.id}/pdf/']").first.get_attribute("href")
    paper = BytesIO(county.request.get(f"{base}{link}").body())
    words = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert report.code in words
    assert "陈雨欣" not in words
