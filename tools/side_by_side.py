"""Put what was drawn and what was built side by side: left the drawing, right the page.

    tools/side_by_side.py docs/screenshots/beside docs/drawn/phone-today.png=docs/screenshots/today.png …

Both halves get the same height; the picture is named for the drawing. Colours are reduced to keep the files small.
"""

import sys
from pathlib import Path

from PIL import Image

HEIGHT, GAP, COLOURS = 1100, 24, 128


def half(path: Path) -> Image.Image:
    picture = Image.open(path).convert("RGB")
    return picture.resize((round(picture.width * HEIGHT / picture.height), HEIGHT), Image.Resampling.LANCZOS)


def beside(drawn: Path, built: Path, out: Path) -> None:
    left, right = half(drawn), half(built)
    sheet = Image.new("RGB", (left.width + GAP + right.width, HEIGHT), "#7a807b")
    sheet.paste(left, (0, 0))
    sheet.paste(right, (left.width + GAP, 0))
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(out / drawn.name, optimize=True)


def main(out: str, *pairs: str) -> None:
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for pair in pairs:
        drawn, _, built = pair.partition("=")
        beside(Path(drawn), Path(built), folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
