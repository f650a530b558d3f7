"""Pictures of pages as they are, and what axe says of them.

    CCMP_PASSWORD=… tools/screenshots.py http://127.0.0.1:8000 --user NAME --out docs/screenshots \\
        today=/visits/today/ flags=/flags/@desk form=/visits/record/…/@phone-full

A page is `name=path[@size]`: phone (360×740, the default), desk (1280×800), each with `-full` for the whole height.
Without --user nobody signs in; an official of the demo makes the second step with the demo's own code. `--dark`,
`--english`, `--no-script` say how the browser is set. Exit code 1 when axe found something.
"""

import argparse
import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from second_step import make_second_step

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
COLOURS = 128
SIZES = {"phone": (360, 740, 2.0), "desk": (1280, 800, 1.5)}


def sign_in(page: Page, base: str, user: str, password: str) -> None:
    page.goto(f"{base}/sign-in/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.click("main form button[data-kind=main]")
    if "/sign-in/" in page.url:
        raise SystemExit(f"{user} could not sign in at {base}.")
    make_second_step(page, user)


def parse(asked: str) -> tuple[str, str, str, bool]:
    name, _, rest = asked.partition("=")
    path, _, size = rest.partition("@")
    size = size or "phone"
    return name, path, size.removesuffix("-full"), size.endswith("-full")


def take(browser: Browser, given: argparse.Namespace, size: str, asked: list[tuple[str, str, bool]]) -> int:
    width, height, scale = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="en-GB" if given.english else "zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme="dark" if given.dark else "light",
        java_script_enabled=not given.no_script,
    )
    if given.english:
        context.add_cookies([{"name": "django_language", "value": "en", "url": given.base}])
    page = context.new_page()
    page.on("console", lambda message: message.type == "error" and print(f"    console: {message.text}"))
    if given.user:
        sign_in(page, given.base, given.user, os.environ["CCMP_PASSWORD"])
    found = sum(picture(page, given, name, path, whole=whole) for name, path, whole in asked)
    context.close()
    return found


def picture(page: Page, given: argparse.Namespace, name: str, path: str, *, whole: bool) -> int:
    answer = page.goto(f"{given.base}{path}", wait_until="load")
    page.screenshot(path=given.out / f"{name}.png", full_page=whole)
    with_few_colours(given.out / f"{name}.png")
    print(f"{name}: {answer.status if answer else '-'} {page.url}")
    if given.no_script:
        return 0
    violations = Axe().run(page).response["violations"]
    for violation in violations:
        print(f"    {violation['impact']}: {violation['id']}: {violation['help']}")
        for node in violation["nodes"][:3]:
            print(f"        {node['html'][:160]}")
    return len(violations)


def with_few_colours(path: Path) -> None:
    """A page has few colours: as many as are told apart keep the file small."""
    picture = Image.open(path).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--user")
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--no-script", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    asked = [parse(page) for page in given.pages]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = 0
        for size in SIZES:
            if wanted := [(name, path, whole) for name, path, of, whole in asked if of == size]:
                found += take(browser, given, size, wanted)
        browser.close()
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
