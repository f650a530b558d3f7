"""What a companion mother's pages weigh, and how long they take on a slow phone line.

    python benchmarks/pages.py http://127.0.0.1:8000 USERNAME PASSWORD

Each page is opened in a real Chromium at 360×740, over 400 kbit/s with 400 ms round trips: first with nothing kept
(everything it needs counts), then again. Sizes are bytes on the wire, as the browser counts them. The budget is 60 KB for
a first visit, 15 KB after, usable within 5 seconds; the ratio to an empty signed-out page tells what the page itself costs.
"""

import os
import shutil
import sys
import time
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page, sync_playwright

PAGES = ["/visits/today/", "/children/", "/children/register/", "/club/", "/visits/", "/account/"]
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
FIRST, AFTER, SECONDS = 60_000, 15_000, 5.0


@dataclass
class Weighed:
    """One opening of one page: bytes on the wire, and seconds until its load event."""

    bytes: int
    seconds: float


def weigh(page: Page, wire: CDPSession, url: str) -> Weighed:
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    started = time.perf_counter()
    page.goto(url, wait_until="load")
    seconds = time.perf_counter() - started
    page.wait_for_timeout(300)
    return Weighed(sum(sizes), seconds)


def main(base: str, username: str, password: str) -> int:
    too_heavy = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        door = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
        page = door.new_page()
        page.goto(f"{base}/sign-in/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.click("[type=submit][data-kind=main]")
        page.wait_for_load_state()
        signed_in = door.storage_state()
        print(f"{'page':24} {'first':>9} {'again':>9} {'first s':>8} {'again s':>8}")
        for path in PAGES:
            context = browser.new_context(
                viewport={"width": 360, "height": 740}, locale="zh-CN", storage_state=signed_in
            )
            page = context.new_page()
            wire = context.new_cdp_session(page)
            wire.send("Network.enable")
            wire.send("Network.emulateNetworkConditions", LINE)
            first = weigh(page, wire, base + path)
            wire.detach()
            wire = context.new_cdp_session(page)
            wire.send("Network.enable")
            wire.send("Network.emulateNetworkConditions", LINE)
            again = weigh(page, wire, base + path)
            context.close()
            over = first.bytes > FIRST or again.bytes > AFTER or first.seconds > SECONDS
            too_heavy += over
            print(
                f"{path:24} {first.bytes:9,} {again.bytes:9,} {first.seconds:8.2f} {again.seconds:8.2f}"
                f"{'  OVER THE BUDGET' if over else ''}"
            )
        browser.close()
    return too_heavy


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
