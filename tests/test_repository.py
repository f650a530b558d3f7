"""What the repository must never hold: an index's address, a machine's path, a secret, a server's leftovers."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BINARY = {".png", ".jpg", ".otf", ".woff2", ".pdf", ".xlsx", ".ico", ".gz"}

INDEX = re.compile(r"--(extra-)?index-url|--find-links|\[\[?tool\.uv\.index|https?://[\w.-]*(pypi|pythonhosted)[\w.-]*")
MACHINE_PATH = re.compile(r"(?<![\w.])/(root|home|work|Users|mnt)/\w")
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
WRITTEN_SECRET = re.compile(
    r"""(?ix) \b \w*(secret|password|passwd|token|field_keys|blind_index_key)\w* \s*[=:]\s*
        (?P<value>["'][^"'\s${}<]{12,}["'] | [A-Za-z0-9+/_-]{24,}={0,2}\s*$)""",
    re.MULTILINE,
)


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def places_of(pattern: re.Pattern[str], *, among: list[Path]) -> list[str]:
    found = []
    for path in among:
        if path.suffix not in BINARY and path != Path(__file__).resolve():
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(ROOT)}: {match.group(0)[:80]}" for match in pattern.finditer(text)]
    return found


@pytest.mark.parametrize(
    ("pattern", "caught"),
    [
        (INDEX, "pip install --extra-index-url https://example.org/simple"),
        (INDEX, "# from https://files.pythonhosted.org/packages/1"),
        (MACHINE_PATH, "open('/home/somebody/ccmp')"),
        (PRIVATE_KEY, "-----BEGIN RSA PRIVATE KEY-----"),
        (WRITTEN_SECRET, 'SECRET_KEY = "django-insecure-abcdefgh"'),
        (WRITTEN_SECRET, "FIELD_KEYS=MTphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg=="),
    ],
)
def test_the_patterns_catch_what_they_are_for(pattern: re.Pattern[str], caught: str) -> None:
    assert pattern.search(caught)


def test_no_file_names_a_package_index() -> None:
    assert places_of(INDEX, among=tracked_files()) == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert places_of(MACHINE_PATH, among=tracked_files()) == []


def test_no_secret_is_written_down() -> None:
    files = [path for path in tracked_files() if "tests" not in path.relative_to(ROOT).parts]

    assert places_of(WRITTEN_SECRET, among=files) == []
    assert places_of(PRIVATE_KEY, among=tracked_files()) == []


def test_every_requirement_carries_a_hash() -> None:
    for name in ("run", "dev", "uv"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="ascii").replace("\\\n", " ")
        pinned = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]

        assert [line for line in pinned if not re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:", line)] == []


def test_what_is_made_at_run_time_is_not_kept() -> None:
    made = re.compile(r"(^|/)(var|\.venv|__pycache__|\.env$)(/|$)|\.(pyc|mo|log|sock|pid)$")

    names = [str(path.relative_to(ROOT)) for path in tracked_files()]
    assert [name for name in names if made.search(name)] == []
