"""A posting ends while the phone has no network: what she wrote before the end is kept, and nothing can be read after it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ccmp.moments import now
from ccmp.people.models import Posting, User
from ccmp.phone.enums import EntryState
from ccmp.phone.models import OutboxEntry
from tests.browser import phone_steps as she
from tests.browser.at_the_line import line, phone
from tests.browser.mountain_line import MountainLine
from tests.phone.chromium import HerPhone
from visits.models import Visit

__all__ = ["line", "phone"]

pytestmark = pytest.mark.browser


def test_a_posting_that_ends_while_she_has_no_network(phone: HerPhone, line: MountainLine, mother: User) -> None:
    before, after, nobody = she.make_village(mother, children=3)
    she.take_phone(phone)
    she.lose_the_network(phone, line)
    she.visit(phone, before.name, she.seen())
    ended = now()
    phone.page.wait_for_timeout(1500)
    she.visit(phone, after.name, {"outcome": "nobody_home", "note": "我那天还去了一趟"})

    Posting.objects.filter(user=mother).update(ends_at=ended)
    she.find_a_network(phone, line)
    phone.tell(type="sync")
    phone.wait_for(lambda found: not any("child" in one for one in found["docs"]), most=240)

    assert Visit.objects.get().child == before
    kept, refused = OutboxEntry.objects.order_by("made_at")
    assert (kept.state, refused.state) == (EntryState.KEPT, EntryState.REFUSED)
    assert kept.made_at < ended < refused.made_at  # type: ignore[operator]
    she_reads_nothing_more(phone, [before.name, after.name, nobody.name])
    page = phone.open("/phone/")
    expect(page.locator(".outbox-reason")).to_contain_text("不在岗")
    expect(page.locator(".outbox-entry")).to_contain_text("我那天还去了一趟")


def she_reads_nothing_more(phone: HerPhone, names: list[str]) -> None:
    for path in ("/visits/today/", reverse("children:list"), reverse("visits:due"), "/club/"):
        words = phone.open(path).content()
        assert not [name for name in names if name in words], path
