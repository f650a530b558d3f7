"""Is what is installed what was locked? Asked of the environment alone, without a network.

    tools/locked.py           every package of requirements/*.txt in its version, nothing besides, and every file as its package came

The hashes of the packages themselves are compared when they are installed (`--require-hashes` in tools/setup.sh); what lies in the
environment since is compared with the list of files and hashes that each package brought (RECORD).
"""

import base64
import hashlib
import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("run", "dev", "uv")
BROUGHT_BY_PYTHON = {"pip", "setuptools", "wheel"}


def locked(text: str) -> dict[str, str]:
    """Package → version, of those that this machine needs."""
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    asked = [
        Requirement(line.split(" --hash")[0].strip()) for line in lines if line and not line.lstrip().startswith("#")
    ]
    wanted = [one for one in asked if one.marker is None or one.marker.evaluate()]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in wanted}


def differences(wanted: dict[str, str], found: dict[str, str]) -> Iterator[str]:
    for name in sorted(wanted.keys() | found.keys() - BROUGHT_BY_PYTHON):
        if wanted.get(name) != found.get(name):
            yield f"{name}: locked {wanted.get(name, 'nowhere')}, installed {found.get(name, 'nowhere')}"


def changed_files(package: Distribution) -> Iterator[str]:
    for file in package.files or []:
        path = Path(str(file.locate()))
        if file.hash is None or file.suffix not in (".py", ".so", ".js"):
            continue
        content = hashlib.new(file.hash.mode, path.read_bytes()).digest() if path.exists() else b""
        if base64.urlsafe_b64encode(content).rstrip(b"=").decode() != file.hash.value:
            yield f"{package.name}: {file} is not as it came"


def main() -> int:
    wanted: dict[str, str] = {}
    for name in LISTS:
        wanted |= locked((ROOT / "requirements" / f"{name}.txt").read_text("utf-8"))
    packages = {canonicalize_name(one.name): one for one in distributions()}
    wrong = [*differences(wanted, {name: one.version for name, one in packages.items()})]
    wrong += [line for one in packages.values() for line in changed_files(one)]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
