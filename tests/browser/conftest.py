"""Debian's Chromium under Playwright, and the live server that it visits."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        pytest.fail("No Chromium is installed. Install it with: sudo apt-get install -y chromium")
    no_sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": [*no_sandbox, "--disable-gpu"]}


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> None:
    """Playwright's own loop runs in this thread, and Django takes every loop for an asynchronous caller."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
