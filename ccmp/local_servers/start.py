"""Starting and stopping both servers of one VAR, safely when two processes do it at once."""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ccmp.local_servers import places
from ccmp.local_servers.failure import ServerFailed
from ccmp.local_servers.postgres import Postgres
from ccmp.local_servers.valkey import Valkey

Server = Postgres | Valkey
SECONDS_BETWEEN_LOOKS = 5.0


@dataclass
class RunningServers:
    """The servers that this process started; others that were up already are not its own to stop."""

    var: Path
    wanted: list[Server]
    started: list[Server] = field(default_factory=list)
    looked_at: float = 0.0

    def revive(self) -> list[str]:
        """Start again what died meanwhile, ours or another's. Returns the names of the servers that were down."""
        if not self._anything_down():
            return []
        with _locked(self.var):
            down = [server for server in self.wanted if not server.is_up()]
            _bring_up(down, self)
        return [server.name for server in down]

    def _anything_down(self) -> bool:
        """Our own children cost nothing to look at; another's servers are asked every few seconds."""
        if any(server.process is None or server.process.poll() is not None for server in self.started):
            return True
        if len(self.started) == len(self.wanted) or time.monotonic() - self.looked_at < SECONDS_BETWEEN_LOOKS:
            return False
        self.looked_at = time.monotonic()
        return not all(server.is_ready() for server in self.wanted)

    def stop(self) -> None:
        for server in reversed(self.started):
            server.stop()
        self.started.clear()


def start(var: Path, *, throwaway: bool = False, postgres: bool = True, valkey: bool = True) -> RunningServers:
    """Return when the wanted servers answer. Call it from the main thread: the servers die with the calling thread.

    `throwaway` trades safety of the data for speed. Raises ServerFailed with a sentence and the end of the log.
    """
    var = var.resolve()
    var.mkdir(parents=True, exist_ok=True)
    servers: list[Server] = []
    if postgres:
        servers.append(Postgres(var, throwaway=throwaway))
    if valkey:
        servers.append(Valkey(var, throwaway=throwaway))
    running_servers = RunningServers(var=var, wanted=servers)
    with _locked(var):
        try:
            _bring_up(servers, running_servers)
        except BaseException:
            running_servers.stop()
            raise
    return running_servers


def _bring_up(servers: list[Server], running_servers: RunningServers) -> None:
    launched: list[Server] = []
    for server in servers:
        if not server.is_up():
            server.prepare()
            server.launch()
            launched.append(server)
            if server not in running_servers.started:
                running_servers.started.append(server)
    for server in launched:
        server.await_ready()


@contextlib.contextmanager
def running(
    var: Path, *, throwaway: bool = False, postgres: bool = True, valkey: bool = True
) -> Iterator[RunningServers]:
    """Both servers for the length of a block."""
    servers = start(var, throwaway=throwaway, postgres=postgres, valkey=valkey)
    try:
        yield servers
    finally:
        servers.stop()


@contextlib.contextmanager
def _locked(var: Path) -> Iterator[None]:
    """One process at a time looks, cleans and starts. The kernel drops the lock of a process that dies."""
    with places.lock_file(var).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


__all__ = ["RunningServers", "ServerFailed", "running", "start"]
