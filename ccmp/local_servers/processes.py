"""Starting a process that does not outlive the one that started it."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
LARGEST_LOG = 10 * 1024 * 1024

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def dies_with_its_parent(by: signal.Signals, *, parent: int) -> Callable[[], None]:
    """What a child runs before its program. A change of user clears the wish, so `subprocess` must make that first.

    The kernel sends the signal when the *thread* that started the child ends: start servers from the main thread.
    """

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(by), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def spawn(command: Sequence[str], *, log: Path, dies_by: signal.Signals, **popen: Any) -> subprocess.Popen[bytes]:
    """Start in a session of its own: a terminal's Ctrl-C reaches only us, and we stop things in order."""
    with open_log(log) as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dies_with_its_parent(dies_by, parent=os.getpid()),
            **popen,
        )


def open_log(log: Path) -> Any:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    return log.open("ab")


def tail(log: Path, lines: int = 8) -> str:
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def process_is_alive(pid: int, *, working_in: Path) -> bool:
    """Whether that process lives and works in that directory; a number may long have gone to somebody else."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", working_in)
    except OSError:
        return sys.platform != "linux"
