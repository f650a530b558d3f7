"""The folder in which the tests' own servers lie: VAR/test, or VAR/test-2 … while another run uses that one."""

import fcntl
import os
from pathlib import Path
from typing import IO

from ccmp import local_servers

ROOT = Path(__file__).resolve().parent.parent
MOST_RUNS_AT_ONCE = 9
_held: list[IO[str]] = []  # the kernel gives the lock back when this process ends


def claim() -> None:
    """Name VAR and the secrets for the settings. An xdist worker takes what its controller claimed."""
    if "TEST_VAR" not in os.environ:
        os.environ["TEST_VAR"] = str(_first_free(Path(os.environ.get("VAR") or ROOT / "var").resolve()))
    os.environ["VAR"] = os.environ["TEST_VAR"]
    for name, value in local_servers.read_or_make_secrets(Path(os.environ["VAR"])).items():
        os.environ.setdefault(name, value)


def _first_free(base: Path) -> Path:
    for number in range(1, MOST_RUNS_AT_ONCE + 1):
        var = base / ("test" if number == 1 else f"test-{number}")
        var.mkdir(parents=True, exist_ok=True)
        lock = (var / "claimed.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        _held.append(lock)
        return var
    raise RuntimeError(f"{MOST_RUNS_AT_ONCE} test runs use {base} already. Name another folder: VAR=… make test")
