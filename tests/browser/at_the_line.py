"""Her phone, new, at the end of a line that can be slow, cut, and lose what crosses it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from ccmp.people.models import User
from tests.browser.mountain_line import MountainLine
from tests.browser.phone_steps import give_password
from tests.phone.chromium import HerPhone
from tests.web_server import WebServer


@pytest.fixture
def line(web_server: WebServer) -> Iterator[MountainLine]:
    with MountainLine(web_server) as line:
        yield line


@pytest.fixture
def phone(browser: Browser, line: MountainLine, mother: User) -> Iterator[HerPhone]:
    give_password(mother)
    phone = HerPhone(browser, line, mother)  # type: ignore[arg-type]
    yield phone
    phone.context.close()
