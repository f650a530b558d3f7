"""What a launcher that was killed together with its parts may leave: a worker's children, cut off from everything.

The kernel tells the parts to end when the launcher vanishes; only the children of a part that was killed in the same
moment remain. They are found by the session that their part led.
"""

import contextlib
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_END = 10.0


@dataclass(frozen=True)
class Process:
    pid: int
    session: int
    started: int  # clock ticks since the machine started


class Leftovers:
    def __init__(self, path: Path) -> None:
        self.path = path

    def note(self, sessions: list[int]) -> None:
        """Write down which sessions are ours, and when the machine's clock said so."""
        started = {process.pid: process.started for process in running_processes()}
        known = {str(pid): started[pid] for pid in sessions if pid in started}
        half = self.path.with_suffix(".new")
        half.write_text(json.dumps(known), encoding="ascii")
        half.replace(self.path)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)

    def clear(self) -> int:
        """End what an earlier launcher left. Returns how many processes that were."""
        found = self._found()
        deadline = time.monotonic() + SECONDS_TO_END
        for process in found:
            send(process, signal.SIGTERM)
        while (left := self._found()) and time.monotonic() < deadline:
            time.sleep(0.05)
        for process in left:
            send(process, signal.SIGKILL)
        self.forget()
        return len(found)

    def _found(self) -> list[Process]:
        try:
            known = {int(pid): started for pid, started in json.loads(self.path.read_text(encoding="ascii")).items()}
        except (FileNotFoundError, ValueError):
            return []
        return [
            process
            for process in running_processes()
            if process.session in known and process.started >= known[process.session] and runs_our_python(process)
        ]


def running_processes() -> list[Process]:
    processes = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if fields[0] != "Z":
                processes.append(Process(pid=int(entry.name), session=int(fields[3]), started=int(fields[19])))
    return processes


def runs_our_python(process: Process) -> bool:
    try:
        return os.path.samefile(f"/proc/{process.pid}/exe", sys.executable)
    except OSError:
        return False


def send(process: Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process.pid, number)
