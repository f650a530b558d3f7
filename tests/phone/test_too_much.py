"""One entry that the server does not even read."""

from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from ccmp.people.models import User
from ccmp.phone.models import OutboxEntry
from tests.phone.lossy_line import PhoneInChromium

pytestmark = pytest.mark.browser
REPORT = "visits:raise-flag"


def report(seen: str) -> dict[str, object]:
    entry_id = str(uuid4())
    fields = {"id": [entry_id], "kind": ["dropped_out"], "seen": [seen], "child_words": ["男孩，约十一岁"]}
    return {"id": entry_id, "page": REPORT, "address": "/flags/raise/", "fields": fields}


def test_what_is_too_much_is_refused_on_the_phone_and_stands_in_nobodys_way(browser: Browser, mother: User) -> None:
    phone = PhoneInChromium(browser, mother)
    huge, small = report("很" * 1_500_000), report("没有到校")
    phone.write(**huge)
    phone.write(**small)

    assert phone.sync() == "done"

    left = [(entry["id"], entry["state"]) for entry in phone.held()["entries"]]
    phone.close()
    assert left == [(huge["id"], "refused")]
    assert [str(one) for one in OutboxEntry.objects.values_list("id", flat=True)] == [small["id"]]
