"""Paper from HTML. The fonts come with the program, the style sheet is parsed once in a process, nothing is fetched."""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn as fonts
from django.conf import settings
from fontTools.ttLib import TTFont
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

PRINT_CSS = Path("ccmp") / "static" / "css" / "print.css"
VARIANT = "pdf/ua-1"

_FACES = """
@font-face {{ font-family: "CCMP Sans"; src: url("{sans}"); }}
@font-face {{ font-family: "CCMP Serif"; src: url("{serif}"); }}
"""


class OnlyOurFonts(URLFetcher):
    """A paper needs the two faces and nothing else: no address inside it is ever opened."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False)
        self.allowed = {fonts.sans_path().as_uri(), fonts.serif_path().as_uri()}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
        if url not in self.allowed:
            raise ValueError("A paper opens no address.")
        return super().fetch(url, headers)


@cache
def _prepared() -> tuple[FontConfiguration, list[CSS], URLFetcher]:
    """Fonts and parsed style sheets, shared by every paper of this process."""
    font_config, fetcher = FontConfiguration(), OnlyOurFonts()
    faces = _FACES.format(sans=fonts.sans_path().as_uri(), serif=fonts.serif_path().as_uri())
    sheets = [
        CSS(string=faces, font_config=font_config, url_fetcher=fetcher),
        CSS(
            string=(settings.BASE_DIR / PRINT_CSS).read_text(encoding="utf-8"),
            font_config=font_config,
            url_fetcher=fetcher,
        ),
    ]
    return font_config, sheets, fetcher


def pdf_of(html: str, *, identifier: bytes) -> bytes:
    """The PDF of one paper. `identifier` is the file's own, so that the same paper is the same file."""
    font_config, sheets, fetcher = _prepared()
    document = HTML(string=html, url_fetcher=fetcher)
    return bytes(
        document.write_pdf(stylesheets=sheets, font_config=font_config, pdf_variant=VARIANT, pdf_identifier=identifier)
    )


@cache
def _printable() -> frozenset[int]:
    """The code points that both faces have."""
    faces = (TTFont(path) for path in (fonts.sans_path(), fonts.serif_path()))
    return frozenset.intersection(*(frozenset(face.getBestCmap()) for face in faces))


def characters_lacking(text: str) -> list[str]:
    """Characters of a text that our faces do not have, each once: a machine without other fonts prints them as boxes."""
    return sorted({one for one in text if ord(one) not in _printable() and not one.isspace()})
