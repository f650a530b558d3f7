"""Draws the app's icons from ccmp/static/icons/icon.svg with Chromium: `tools/icons.py`. The PNGs are kept in git.

The maskable ones fill the whole square, with the drawing inside the circle of 80 % that every phone leaves standing.
"""

import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ICONS = Path(__file__).resolve().parent.parent / "ccmp" / "static" / "icons"
GROUND = "#bb4430"
SAFE = 0.8
SIZES = {
    "icon-192.png": 192,
    "icon-512.png": 512,
    "maskable-192.png": 192,
    "maskable-512.png": 512,
    "touch-180.png": 180,
}


def main() -> None:
    drawing = (ICONS / "icon.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for name, size in SIZES.items():
            draw(page, drawing if name.startswith("icon") else to_the_edge(drawing), size, ICONS / name)
        browser.close()


def to_the_edge(drawing: str) -> str:
    """Without round corners, the drawing within the safe circle."""
    ground = re.sub(r' rx="[\d.]+"', "", drawing)
    edge = 48 * (1 - SAFE) / 2
    return re.sub(
        r"(<rect[^>]*/>)(.*)(</svg>)", rf'\1<g transform="translate({edge} {edge}) scale({SAFE})">\2</g>\3', ground
    )


def draw(page: Page, drawing: str, size: int, path: Path) -> None:
    page.set_viewport_size({"width": size, "height": size})
    sized = drawing.replace("<svg ", f'<svg width="{size}" height="{size}" style="display:block" ', 1)
    page.set_content(f"<!doctype html><body style='margin:0'>{sized}")
    page.screenshot(path=path, omit_background=True)


if __name__ == "__main__":
    main()
