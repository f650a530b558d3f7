"""One process of the running system: what starts it, how it shows that it works, when it is tried again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ccmp.local_servers.processes import spawn

LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0


@dataclass
class Part:
    name: str
    command: Sequence[str]
    log: Path
    environment: dict[str, str]
    is_ready: Callable[["Part"], bool]
    # How it is told to end at once when the supervisor is gone. A worker's cold stop: its job goes back to the queue.
    dies_by: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    log_offset: int = 0
    started_at: float = 0.0
    failures: int = 0
    due_at: float | None = 0.0

    def start(self, *, root: Path) -> None:
        self.log_offset = self.log.stat().st_size if self.log.exists() else 0
        self.process = spawn(self.command, log=self.log, dies_by=self.dies_by, env=self.environment, cwd=root)
        self.started_at = time.monotonic()
        self.due_at = None

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_another_start(self) -> float:
        """Seconds until the next try: 1, 2, 4 … 30, and from the beginning once it ran for a minute."""
        if time.monotonic() - self.started_at > STEADY_AFTER:
            self.failures = 0
        pause = min(2.0**self.failures, LONGEST_PAUSE)
        self.failures += 1
        self.due_at = time.monotonic() + pause
        return pause

    def end(self) -> str:
        """How it ended, in words, with what it left behind cleared away."""
        if self.process is None or self.process.returncode is None:
            return "still runs"
        self.signal_group(signal.SIGKILL)
        code, self.process = self.process.returncode, None
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    def signal_group(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return

    def tell(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def new_log(self) -> str:
        if not self.log.exists():
            return ""
        with self.log.open("rb") as lines:
            lines.seek(min(self.log_offset, self.log.stat().st_size))
            return lines.read().decode("utf-8", errors="replace")
