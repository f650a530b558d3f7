"""Starting and stopping both servers of one VAR, safely when two processes do it at once."""

import contextlib
import fcntl
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ccmp.local_servers import places
from ccmp.local_servers.failure import ServerFailed
from ccmp.local_servers.postgres import Postgres
from ccmp.local_servers.valkey import Valkey

Server = Postgres | Valkey


@dataclass
class RunningServers:
    """The servers that this process started; others that were up already are not its own to stop."""

    var: Path
    started: list[Server] = field(default_factory=list)

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
    running_servers = RunningServers(var=var)
    with _locked(var):
        try:
            _bring_up(servers, running_servers)
        except BaseException:
            running_servers.stop()
            raise
    return running_servers


def _bring_up(servers: list[Server], running_servers: RunningServers) -> None:
    for server in servers:
        if not server.is_up():
            server.prepare()
            running_servers.started.append(server)
            server.launch()
    for server in running_servers.started:
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
