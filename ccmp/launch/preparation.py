"""What must be done before the parts start, and how a second start knows in milliseconds that it is done."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from ccmp.launch.places import ROOT, Copy

WATCHED = (
    "*/migrations/*.py",
    "ccmp/*/migrations/*.py",
    "ccmp/walls/*.py",
    "ccmp/static/**/*",
    "ccmp/locale/**/*.po",
    "requirements/run.txt",
)


def is_done(copy: Copy) -> bool:
    """Somebody else's database may have been emptied since: that one is always asked."""
    if not copy.database_is_ours:
        return False
    try:
        return bool(json.loads(_mark(copy).read_text(encoding="ascii"))["files"] == _fingerprint())
    except (FileNotFoundError, ValueError, KeyError):
        return False


def remember(copy: Copy) -> None:
    _mark(copy).write_text(json.dumps({"files": _fingerprint()}), encoding="ascii")


def _mark(copy: Copy) -> Path:
    return copy.var / "prepared.json"


def _fingerprint() -> str:
    sums = hashlib.sha256()
    for path in sorted(_watched()):
        found = path.stat()
        sums.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return sums.hexdigest()


def _watched() -> Iterable[Path]:
    return {path for pattern in WATCHED for path in ROOT.glob(pattern) if path.is_file()}
