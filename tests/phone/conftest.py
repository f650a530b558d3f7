"""Debian's Chromium, and the phone's modules in it without a server: `in_chromium` asks one of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.conftest import browser_type_launch_args, database_beside_the_browser

__all__ = ["browser_type_launch_args", "database_beside_the_browser"]

STATIC = Path(__file__).resolve().parents[2] / "ccmp" / "static"
HOME = "https://phone.test/"  # as on a real phone: without it there is no WebCrypto
KINDS = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css"}


def _answer(route: Route) -> None:
    path = STATIC / route.request.url.removeprefix(HOME)
    if path.is_file():
        route.fulfill(body=path.read_text("utf-8"), content_type=KINDS[path.suffix])
    else:
        route.fulfill(body="<!doctype html><title>phone</title>", content_type="text/html")


@pytest.fixture
def in_chromium(browser: Browser) -> Callable[[str, Any], Any]:
    """in_chromium("async (load, given) => (await load('rules/due.js')).f(given)", given): runs in a page of its own.

    `load` imports a module of ccmp/static/js/phone.
    """
    page = browser.new_page(timezone_id="America/New_York")  # the phone's own zone must not matter
    page.route(f"{HOME}**", _answer)
    page.goto(HOME)

    def ask(function: str, given: Any = None) -> Any:
        return page.evaluate(
            f"async (given) => ({function})((name) => import(`{HOME}js/phone/${{name}}`), given)", given
        )

    yield ask
    page.close()
