"""From nothing to an address in a browser, and everything ended with it."""

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator

from ccmp import local_servers
from ccmp.launch import parts, preparation
from ccmp.launch.leftovers import Leftovers
from ccmp.launch.places import ROOT, Copy, copy_from_environment
from ccmp.launch.supervisor import Ended, Supervisor
from ccmp.local_servers.processes import PR_SET_PDEATHSIG


class CannotRun(Exception):
    """The sentence says why, and what to do."""


def main() -> int:
    if "MAKELEVEL" in os.environ and sys.platform == "linux":  # a `make` that is killed takes us with it
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    began = time.monotonic()
    copy = copy_from_environment()
    try:
        with alone_in(copy):
            return run(copy, began=began)
    except (CannotRun, local_servers.ServerFailed) as reason:
        say(str(reason))
        return 1


def run(copy: Copy, *, began: float) -> int:
    leftovers = Leftovers(copy.var / "parts.json")
    if leftovers.clear():
        say("Ended what an earlier start had left behind.")
    check_port(copy)
    supervisor = Supervisor(root=ROOT, leftovers=leftovers, say=say)
    try:
        start(copy, supervisor)
        announce(copy, seconds=time.monotonic() - began)
        supervisor.watch()
    except Ended:
        say("Stopping")
    finally:
        supervisor.end()
    say("Stopped. What was recorded is kept in " + str(copy.var))
    return 0


def start(copy: Copy, supervisor: Supervisor) -> None:
    supervisor.servers = local_servers.start(copy.var, postgres=copy.database_is_ours, valkey=copy.broker_is_ours)
    if not preparation.is_done(copy):
        say(f"Preparing {copy.var}")
        command = (*parts.PYTHON, "ccmp.launch.prepare")
        if code := supervisor.run_through(command, environment=copy.environment()):
            raise CannotRun(f"The preparation ended with code {code}; nothing was started. Its reason stands above.")
        preparation.remember(copy)
    web, worker, beat = parts.web(copy), parts.worker(copy), parts.beat(copy)
    supervisor.start(web, worker)
    supervisor.await_ready(web, worker)
    supervisor.start(beat)


@contextlib.contextmanager
def alone_in(copy: Copy) -> Iterator[None]:
    copy.var.mkdir(parents=True, exist_ok=True)
    with (copy.var / "launch.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(
                f"A copy runs in {copy.var} already. For a second one beside it: make run VAR=var2 PORT={copy.port + 1}"
            ) from None
        yield


def check_port(copy: Copy) -> None:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((copy.host, copy.port))
        except OSError as reason:
            taken = f"{copy.host}:{copy.port} cannot be used ({reason.strerror})"
            raise CannotRun(f"{taken}. Choose another: make run PORT={copy.port + 1}") from None


def announce(copy: Copy, *, seconds: float) -> None:
    accounts = copy.accounts.read_text(encoding="utf-8").rstrip() if copy.accounts.exists() else ""
    say(f"\nCCMP runs at {copy.address} (ready after {seconds:.1f} s)\n")
    if accounts:
        say(accounts + "\n")
    say(f"Logs: {copy.var / 'log'}   Stop with Ctrl-C.")


def say(words: str) -> None:
    """A terminal that is gone must not keep us from ending in order."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
