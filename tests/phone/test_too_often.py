"""A limit loses nothing: what the server did not take, because too much came at once, waits on the phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from ccmp.people.models import User
from ccmp.phone.models import OutboxEntry
from tests.phone.lossy_line import PhoneInChromium
from tests.phone.test_too_much import report

pytestmark = pytest.mark.browser


def test_an_entry_that_comes_too_often_waits_and_goes_later(browser: Browser, mother: User, settings: Any) -> None:
    phone = PhoneInChromium(browser, mother)
    first, second = report("没有到校"), report("还是没有到校")
    settings.RATE_LIMITS_TIMES = 0.00001  # one request in a minute, and the phone was set up in it

    phone.write(**first)
    came = [phone.sync()]
    phone.write(**second)
    came.append(phone.sync())
    left = [(entry["id"], entry["state"]) for entry in phone.held()["entries"]]
    taken = OutboxEntry.objects.count()
    settings.RATE_LIMITS_TIMES = 1000.0
    came.append(phone.sync())
    phone.close()

    assert came == ["NoNetwork", "NoNetwork", "done"]
    assert (left, taken) == ([(first["id"], "waiting"), (second["id"], "waiting")], 0)
    assert {str(one) for one in OutboxEntry.objects.values_list("id", flat=True)} == {first["id"], second["id"]}
