"""What it takes until her phone works without a network, and how fast its pages then are, on a slow line.

    python benchmarks/first_day.py http://127.0.0.1:8000 USERNAME PASSWORD

Everything crosses a line of 400 kbit/s with 400 ms round trips, the worker's requests too; bytes are those of requests
and answers, heads and bodies. She signs in, chooses a PIN, her village comes down; then the line is cut and each page is
opened from the phone's own store, three times; the middle one counts. The processor is slowed four times for the pages,
as a cheap phone's is.
"""

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser.mountain_line import MountainLine

PIN, SLOWER, ROUNDS = "306142", 4, 3
PAGES = ["/visits/today/", "/children/", "/children/register/?household=new", "/club/", "/visits/", "/phone/"]


@dataclass
class Server:
    """Where the line leads."""

    host: str
    port: int


def measured(line: MountainLine, name: str, work: Callable[[], Any]) -> None:
    started = time.perf_counter()
    with line.counted() as found:
        work()
        seconds = time.perf_counter() - started
    print(f"{name:44} {found['down']:9,} {found['up']:9,} {seconds:8.2f}", flush=True)


def sign_in(page: Page, base: str, username: str, password: str) -> None:
    page.goto(f"{base}/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("[type=submit][data-kind=main]")
    page.wait_for_url("**/visits/today/")
    page.wait_for_load_state("networkidle")


def set_up(page: Page, base: str) -> None:
    page.goto(f"{base}/phone/set-up/")
    page.fill("input[name=pin]", PIN)
    page.fill("input[name=again]", PIN)
    page.locator("button[form=set-up]").click()
    page.locator("[data-part=done]").wait_for(timeout=240_000)


def open_from_store(page: Page, base: str, path: str) -> float:
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        page.goto(base + path, wait_until="load")
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def all_of_it(line: MountainLine, page: Page, username: str, password: str) -> None:
    base = line.url
    print(f"{'':44} {'down':>9} {'up':>9} {'s':>8}")
    measured(line, "signing in, the first page", lambda: sign_in(page, base, username, password))
    measured(line, "choosing a PIN, until her village is there", lambda: set_up(page, base))
    print(page.locator("[data-part=done]").inner_text().splitlines()[0])
    measured(line, "the next page, with a network", lambda: page.goto(f"{base}/children/"))
    line.is_cut = True
    page.context.set_offline(True)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    for path in PAGES:
        print(f"{path:44} {'':19} {open_from_store(page, base, path):8.2f}", flush=True)


def main(base: str, username: str, password: str) -> None:
    where = urlsplit(base)
    server: Any = Server(where.hostname or "", where.port or 80)
    with sync_playwright() as playwright, MountainLine(server) as line:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        page = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
        page.set_default_timeout(240_000)
        line.weaken()
        all_of_it(line, page, username, password)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
