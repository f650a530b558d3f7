"""Going through the door of the demo in a browser: the password, and for an official the code that `demo_code` tells."""

import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
PATIENCE = 90.0  # seconds: both codes of a minute may have been used


def make_second_step(page: Page, user: str) -> None:
    """Type the code, if the page asks for one. Raises SystemExit when none opens."""
    last = time.monotonic() + PATIENCE
    while "/second-step/" in page.url:
        asked = subprocess.run([sys.executable, MANAGE, "demo_code", user], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            page.fill("input[name=code]", asked.stdout.strip())
            page.click("main form button[data-kind=main]")
            page.wait_for_load_state()
        elif time.monotonic() > last:
            raise SystemExit(f"No code for {user}: {asked.stderr.strip()}")
        else:
            time.sleep(5)
