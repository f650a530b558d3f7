"""Keeps the parts running, and ends all of them when it is told to, or when it is killed.

Signals are blocked and waited for, so that there is no moment in which one is lost. Each part leads a process group of
its own and has asked the kernel to end it should this process vanish.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ccmp.launch.leftovers import Leftovers
from ccmp.launch.part import Part
from ccmp.launch.terminal import Terminal
from ccmp.local_servers import RunningServers, ServerFailed
from ccmp.local_servers.processes import dies_with_its_parent, tail

SECONDS_TO_END = 8.0
SECONDS_TO_END_NOW = 4.0
SECONDS_BETWEEN_TRIES = 10.0
LOOK_EVERY = 2.0
LOOK_EVERY_AT_START = 0.05


class Ended(Exception):
    """Somebody asked us to stop."""


class Supervisor:
    def __init__(self, *, root: Path, leftovers: Leftovers, say: Callable[[str], None]) -> None:
        self.root = root
        self.leftovers = leftovers
        self.say = say
        self.parts: list[Part] = []
        self.servers: RunningServers | None = None
        self.servers_due_at = 0.0
        self.told_to_end = {signal.SIGINT, signal.SIGTERM}
        self.terminal = Terminal()
        self.minds_its_terminal = signal.getsignal(signal.SIGHUP) != signal.SIG_IGN  # else nohup
        if self.minds_its_terminal:
            self.told_to_end.add(signal.SIGHUP)
        signal.pthread_sigmask(signal.SIG_BLOCK, self.told_to_end | {signal.SIGCHLD})

    def wait(self, seconds: float) -> None:
        """Until a process ended or the time is over. Raises Ended when told to stop."""
        heard = signal.sigtimedwait(self.told_to_end | {signal.SIGCHLD}, max(seconds, 0))
        if heard and heard.si_signo in self.told_to_end:
            raise Ended
        if self.minds_its_terminal and self.terminal.is_gone():
            self.minds_its_terminal = False  # ending takes a while, and it is told once
            raise Ended

    # ── starting ────────────────────────────────────────────────────────────────────────────────────────────────────

    def run_through(self, command: Sequence[str], *, environment: dict[str, str]) -> int:
        """Run something to its end on our own terminal; stopping us stops it."""
        child = subprocess.Popen(
            command,
            cwd=self.root,
            env=environment,
            start_new_session=True,
            preexec_fn=dies_with_its_parent(signal.SIGTERM, parent=os.getpid()),
        )
        try:
            while child.poll() is None:
                self.wait(1)
        except Ended:
            os.killpg(child.pid, signal.SIGTERM)
            child.wait()
            raise
        return child.returncode

    def start(self, *parts: Part) -> None:
        for part in parts:
            self.parts.append(part)
            self._start(part)

    def _start(self, part: Part) -> None:
        part.start(root=self.root)
        self.leftovers.note([other.process.pid for other in self.parts if other.process])

    def await_ready(self, *parts: Part) -> None:
        waiting = list(parts)
        while waiting:
            self.look_after()
            waiting = [part for part in waiting if part.process is None or not part.is_ready(part)]
            self.wait(LOOK_EVERY_AT_START)

    # ── running ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def watch(self) -> None:
        """Until told to stop."""
        while True:
            self.look_after()
            self.wait(LOOK_EVERY)

    def look_after(self) -> None:
        """Start again what died: servers at once, parts after a pause that grows."""
        if self.servers:
            self._look_after_servers(self.servers)
        for part in self.parts:
            if part.has_died():
                end, pause = part.end(), part.plan_another_start()
                self.say(
                    f"{part.name} {end}; it starts again in {pause:.0f} s. The end of {part.log}:\n{tail(part.log, 5)}"
                )
            if part.due_at is not None and time.monotonic() >= part.due_at:
                self._start(part)
                self.say(f"{part.name} was started again.")

    def _look_after_servers(self, servers: RunningServers) -> None:
        if time.monotonic() < self.servers_due_at:
            return
        try:
            for name in servers.revive():
                self.say(f"{name} was gone and was started again; its data are whole.")
        except ServerFailed as failure:
            self.say(f"{failure}\nIt is tried again in {SECONDS_BETWEEN_TRIES:.0f} s.")
            self.servers_due_at = time.monotonic() + SECONDS_BETWEEN_TRIES

    # ── ending ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def end(self) -> None:
        """Ask, then insist, then kill; the servers last, when nobody writes any more."""
        for number, patience in (
            (signal.SIGTERM, SECONDS_TO_END),
            (signal.SIGQUIT, SECONDS_TO_END_NOW),
            (signal.SIGKILL, SECONDS_TO_END_NOW),
        ):
            for part in self.parts:
                part.tell(number)
            if self._all_ended_within(patience):
                break
        for part in self.parts:
            part.signal_group(signal.SIGKILL)
        if self.servers:
            self.servers.stop()
        self.leftovers.forget()

    def _all_ended_within(self, seconds: float) -> bool:
        """A second Ctrl-C ends the patience."""
        deadline = time.monotonic() + seconds
        while any(part.process and part.process.poll() is None for part in self.parts):
            try:
                self.wait(min(0.2, deadline - time.monotonic()))
            except Ended:
                return False
            if time.monotonic() >= deadline:
                return False
        return True
