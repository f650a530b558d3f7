"""Which processes belong to one VAR, and waiting for what they do; for tests that start and kill real ones."""

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    pid: int
    command: str

    def kill(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def worked(self) -> float:
        """Seconds of the processor's time, with those of its children that ended."""
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{self.pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
            return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        return 0.0


def processes_of(var: Path) -> list[Process]:
    """Everything alive that works in VAR, was told of it, or has it in its environment; this process aside."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            words = command + (entry / "environ").read_bytes().decode(errors="replace") + os.readlink(entry / "cwd")
            if state != "Z" and int(entry.name) != os.getpid() and str(var) in words:
                found.append(Process(int(entry.name), command))
    return found


def the_one(var: Path, *words: str) -> Process:
    """The oldest process of VAR whose command holds these words: a part's leader, not its children."""
    matching = [process for process in processes_of(var) if all(word in process.command for word in words)]
    assert matching, f"no process with {words} among {processes_of(var)}"
    return min(matching, key=lambda process: process.pid)


def wait_until(holds: Callable[[], object], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"it did not come true within {seconds} s"
        time.sleep(0.05)
