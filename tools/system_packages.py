"""Which packages of the system are missing, and how they come here. Standard library only: it runs before any install.

python tools/system_packages.py run|dev|venv
"""

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    name: str
    why: str
    library: str = ""
    program: str = ""

    def is_missing(self) -> bool:
        if self.program:
            return shutil.which(self.program) is None
        if not self.library:
            return True
        try:
            ctypes.CDLL(self.library)
        except OSError:
            return True
        return False


VENV = (Package("python3-venv", "makes .venv"),)
RUN = (
    Package("libpango-1.0-0", "sets the type of the reports", library="libpango-1.0.so.0"),
    Package("libpangoft2-1.0-0", "sets the type of the reports", library="libpangoft2-1.0.so.0"),
    # Without it WeasyPrint subsets the Chinese fonts in Python, and a report takes twenty times as long.
    Package("libharfbuzz-subset0", "makes the reports' fonts small", library="libharfbuzz-subset.so.0"),
)
DEV = (
    *RUN,
    Package("chromium", "the browser of tests/browser", program="chromium"),
    Package("gettext", "finds the words that are not translated", program="xgettext"),
    Package("poppler-utils", "looks into the PDFs that tests make", program="pdffonts"),
)
KINDS = {"venv": VENV, "run": RUN, "dev": DEV}


def main(kind: str) -> int:
    missing = [package for package in KINDS[kind] if package.is_missing()]
    if not missing:
        return 0
    names = [package.name for package in missing]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(names)}", flush=True)
        install(names)
        missing = [package for package in missing if kind != "venv" and package.is_missing()]
    if missing:
        for package in missing:
            print(f"Missing: {package.name}, which {package.why}.", file=sys.stderr)
        print(f"Install with: sudo apt-get install -y {' '.join(p.name for p in missing)}", file=sys.stderr)
    return 1 if missing else 0


def install(names: list[str]) -> None:
    quietly = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL, "check": False}
    command = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    if subprocess.run(command, stderr=subprocess.DEVNULL, **quietly).returncode != 0:  # package lists may be too old
        subprocess.run(["apt-get", "update"], **quietly)
        subprocess.run(command, **quietly)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
