"""One edition of the app on the phone: which files the worker keeps, and a name that changes when any of them does."""

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from ccmp.phone.services.pack import pack

OURS = Path(settings.BASE_DIR) / "ccmp" / "static"
WORKER = "js/phone/worker.js"
IMPORTED = re.compile(r"""\b(?:import|from)\s*\(?\s*["'](\.[^"']+)["']""")
DRAWN = re.compile(r"""url\(\s*["']?([^"')#:]+)["']?""")
LEADS_ON = {".js": IMPORTED, ".css": DRAWN}


@cache
def worker_script() -> bytes:
    """The worker, with the edition that it serves: other bytes whenever anything in it has changed."""
    given = json.dumps(edition(), indent=1, sort_keys=True)
    return f"import {{ begin }} from {json.dumps(static(WORKER))};\n\nbegin({given});\n".encode()


def edition() -> dict[str, Any]:
    """The packs by language, the files that pages load, and the edition's name."""
    packs = {language: pack(language) for language, _ in settings.LANGUAGES}
    files = sorted(
        with_all_they_load(name for one in packs.values() for name in _names(json.loads(one.body)["assets"]))
    )
    seen = hashlib.sha256()
    for name in (*files, *sorted(with_all_they_load([WORKER]))):
        seen.update(name.encode() + _content(name))
    for one in packs.values():
        seen.update(one.version.encode())
    return {
        "version": seen.hexdigest()[:16],
        "language": settings.LANGUAGE_CODE,
        "packs": {language: [reverse("phone:pack", args=[language]), one.version] for language, one in packs.items()},
        "assets": [static(name) for name in files],
    }


def _names(addresses: Iterable[str]) -> Iterator[str]:
    """The files of ours that stand behind addresses."""
    known = {static(name): name for name in _all_of_ours()}
    return (known[address] for address in addresses if address in known)


@cache
def _all_of_ours() -> list[str]:
    return [path.relative_to(OURS).as_posix() for path in OURS.rglob("*") if path.is_file()]


def with_all_they_load(names: Iterable[str]) -> set[str]:
    """Files, and whatever they import or draw, and so on."""
    found: set[str] = set()
    to_read = list(names)
    while to_read:
        name = to_read.pop()
        if name in found:
            continue
        found.add(name)
        pattern = LEADS_ON.get(posixpath.splitext(name)[1])
        if pattern:
            folder = posixpath.dirname(name)
            leads = pattern.findall(_content(name).decode())
            to_read += [posixpath.normpath(posixpath.join(folder, one)) for one in leads]
    return found


def _content(name: str) -> bytes:
    path = finders.find(name)
    if path is None:
        raise ValueError(f"{name} is loaded by a page of the phone and is not there.")
    return Path(path).read_bytes()
