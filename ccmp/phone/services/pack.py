"""The pack: all that the phone needs to write her pages itself, and that names nobody. One for each language."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import ngettext, pgettext

from ccmp.web.shells.fields import describe
from ccmp.web.shells.form_parts import form_parts
from ccmp.web.shells.shell import Shell, address_pattern

MODULES = Path(settings.BASE_DIR) / "ccmp" / "static" / "js" / "phone"
TEXT = r'"((?:[^"\\]|\\.)*)"'
ONE_WORD = re.compile(rf"\b(?:_|gettext)\(\s*{TEXT}")
IN_CONTEXT = re.compile(rf"\bpgettext\(\s*{TEXT},\s*{TEXT}")
ONE_OR_MANY = re.compile(rf"\bngettext\(\s*{TEXT},\s*{TEXT}")
ASSET = re.compile(r'(?:href|src)="([^"#]+\.[a-z0-9]+)(?:#[^"]*)?"')
CONTEXT_END = "\x04"  # as in a catalogue


@dataclass(frozen=True)
class Pack:
    """The pack, the same squeezed by Brotli, and the name of this edition of it."""

    version: str
    body: bytes

    @cached_property
    def squeezed(self) -> bytes:
        """Two thirds of what gzip leaves, whose window of 32 KB does not see that one page's frame is another's."""
        return brotli.compress(self.body, mode=brotli.MODE_TEXT, quality=10)


def shells() -> tuple[Shell, ...]:
    """Every app's shells, in the order of the floors."""
    return tuple(shell for name in settings.PHONE_SHELLS for shell in import_string(name))


def pages_that_post() -> frozenset[str]:
    """URL names of the pages whose forms may come through the outbox."""
    return frozenset(shell.page for shell in shells() if shell.posts)


@cache
def pack(language: str) -> Pack:
    """The pack in one language. Made once; it changes with the program alone."""
    with translation.override(language):
        body: dict[str, Any] = {
            "language": language,
            "words": dict(_words()),
            "icons": static("icons.svg"),
            "form_parts": form_parts(),
            "pages": dict(_pages()),
            "shells": {shell.template: _shell(shell) for shell in shells() if shell.template},
        }
    body["assets"] = sorted({address for one in body["shells"].values() for address in _assets(one["ops"])})
    version = hashlib.sha256(_json(body)).hexdigest()[:16]
    return Pack(version, _json({"version": version, **body}))


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _pages() -> Iterator[tuple[str, dict[str, Any]]]:
    """Of each page: its address as a pattern, whether it takes a form, and its templates, the usual one first."""
    by_page: dict[str, list[Shell]] = {}
    for shell in shells():
        by_page.setdefault(shell.page, []).append(shell)
    for page, of_page in by_page.items():
        yield (
            page,
            {
                "address": address_pattern(page),
                "posts": any(shell.posts for shell in of_page),
                "templates": [shell.template for shell in of_page if shell.template],
            },
        )


def _shell(shell: Shell) -> dict[str, Any]:
    return {"ops": shell.ops(), "forms": {name: describe(form) for name, form in shell.forms().items()}}


def _assets(ops: Any) -> Iterator[str]:
    if isinstance(ops, str):
        yield from ASSET.findall(ops)
    elif isinstance(ops, list):
        for op in ops:
            yield from _assets(op)


def _words() -> Iterator[tuple[str, Any]]:
    """What the phone's modules say, translated: found in their sources, so that none can be forgotten."""
    for module in sorted(MODULES.rglob("*.js")):
        source = module.read_text(encoding="utf-8")
        for text in map(_plain, ONE_WORD.findall(source)):
            yield text, translation.gettext(text)
        for context, text in IN_CONTEXT.findall(source):
            yield f"{_plain(context)}{CONTEXT_END}{_plain(text)}", pgettext(_plain(context), _plain(text))
        for one, many in ONE_OR_MANY.findall(source):
            yield _plain(one), _forms(_plain(one), _plain(many))


def _plain(literal: str) -> str:
    return str(json.loads(f'"{literal}"'))


def _forms(one: str, many: str) -> list[str]:
    forms = [ngettext(one, many, 1), ngettext(one, many, 2)]
    return forms[:1] if forms[0] == forms[1] else forms
