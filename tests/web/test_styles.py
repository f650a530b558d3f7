import re

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "ccmp" / "static"
SHEETS = {path.name: path.read_text() for path in (STATIC / "css").glob("*.css")}
SCREEN = {name: text for name, text in SHEETS.items() if name != "print.css"}
FIRST_VISIT = ["css/tokens.css", "css/ccmp.css", "js/forms.js", "icons.svg", "mark.svg"]


@pytest.mark.parametrize("name", sorted(SCREEN.keys() - {"tokens.css"}))
def test_only_the_tokens_hold_a_colour(name):
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", SCREEN[name]) == []


def test_every_custom_property_that_is_used_is_set():
    together = "".join(SCREEN.values())
    used = set(re.findall(r"var\((--[\w-]+)\)", together))
    given = set(re.findall(r"(--[\w-]+)\s*:", together))

    assert used - given == set()


def test_the_dark_room_has_every_colour_of_the_light_one():
    light, dark = SCREEN["tokens.css"].split("@media (prefers-color-scheme: dark)")
    colours = set(re.findall(r"(--[\w-]+):\s*(?:#|repeating)", light))

    assert colours - set(re.findall(r"(--[\w-]+):", dark)) == set()


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("room", [0, 1], ids=["light", "dark"])
def test_words_and_shapes_can_be_read_on_every_ground(room):
    rooms = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", text)) for text in SCREEN["tokens.css"].split("@media")]
    colours = rooms[0] | rooms[1] if room else rooms[0]
    grounds = ["paper", "sheet"]
    pairs = [(word, ground, 4.5) for word in ("ink", "ink-quiet", "action", "danger") for ground in grounds]
    pairs += [("on-action", "action", 4.5), ("on-danger", "danger-mark", 4.5), ("on-brand", "brand", 4.5)]
    for state in ("met", "short", "danger", "exempt", "running"):
        pairs += [(state, ground, 4.5) for ground in (*grounds, f"{state}-tint")]
        pairs += [(f"{state}-mark", ground, 3) for ground in grounds]
    pairs += [("edge", ground, 3) for ground in grounds]

    faint = [
        f"{one} on {other}: {contrast(colours[one], colours[other]):.2f}"
        for one, other, least in pairs
        if contrast(colours[one], colours[other]) < least
    ]

    assert faint == []


def test_no_page_carries_inline_style_or_script():
    offenders = [
        path.name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if re.search(r"\sstyle=|\son\w+=\"|<style|<script(?![^>]*\ssrc=)|javascript:", path.read_text())
    ]

    assert offenders == []


def test_a_first_visits_files_weigh_a_quarter_of_its_budget():
    import brotli

    weight = sum(len(brotli.compress((STATIC / name).read_bytes())) for name in FIRST_VISIT)

    assert weight < 15_000
