"""A gunicorn worker whose threads wait for no client: named in `ccmp.gunicorn_conf`.

gunicorn's own threads read a request and write its answer at the client's pace: eight clients that send a byte now and then hold all
eight threads, and the site stands still. Here the one thread that watches all connections gathers each request until it is
whole, and sends what the client is too slow to take; a thread works on a request from memory to memory. Waiting costs a
connection some bytes, within the bounds below, and no thread.
"""

import contextlib
import re
import selectors
import socket
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

MOST_HEAD = 65_536  # bytes; gunicorn itself takes half of it
MOST_BODY = 21_000_000  # a little more than ccmp.web.limits lets in, so that it can say so
MOST_HELD = 160_000_000  # bytes of all requests that one process gathers at once
SECONDS_FOR_HEAD = 15.0
BYTES_A_SECOND = 2_000  # slower than the slowest village's line: 16 kbit/s
AT_ONCE = 262_144
END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
NO_LENGTH = b"HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Outgoing:
    """A socket that takes an answer without waiting; what the client did not take yet is sent when it does."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.unsent = bytearray()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sock, name)

    def sendall(self, data: bytes) -> None:
        self.unsent += data

    def send(self, data: bytes) -> int:
        self.unsent += data
        return len(data)

    def send_on(self) -> bool:
        """Send as much as goes now. True when nothing is left; raises OSError when nobody is there any more."""
        self.sock.settimeout(0)
        try:
            while self.unsent:
                with memoryview(self.unsent) as view:
                    sent = self.sock.send(view[:AT_ONCE])
                del self.unsent[:sent]
        except BlockingIOError:
            return False
        return True


class PatientConnection(TConn):
    """A connection with what was heard of its next request."""

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, sock, client, server)
        self.sock = Outgoing(sock)
        self.heard = bytearray()
        self.size = 0  # of the whole request, once its head is there
        self.until = 0.0
        self.is_last = self.is_leaving = False

    def init(self) -> None:
        """Called by the thread that takes the request up: it reads from memory."""
        super().init()
        self.parser.unreader.unread(bytes(self.heard[: self.size]))
        self.is_last = len(self.heard) > self.size  # what follows unasked is not read
        self.heard, self.size = bytearray(), 0

    def hear(self, data: bytes) -> bytes | None:
        """Take in what came. Returns an answer for whoever sends what is not taken."""
        self.heard += data
        if self.size:
            return None
        at = self.heard.find(END_OF_HEAD)
        if at < 0:
            return TOO_LARGE if len(self.heard) > MOST_HEAD else None
        head = bytes(self.heard[: at + 2])
        if CHUNKED.search(head):
            return NO_LENGTH
        told = LENGTH.search(head)
        body = int(told[1]) if told else 0
        self.size = at + len(END_OF_HEAD) + body
        self.until += body / BYTES_A_SECOND
        return TOO_LARGE if body > MOST_BODY else None

    @property
    def is_whole(self) -> bool:
        return bool(self.size) and len(self.heard) >= self.size

    def close(self, graceful: bool = False) -> None:  # noqa: FBT001, FBT002 – as gunicorn calls it
        """The whole request was read, so the answer arrives; nobody lingers for the client to say goodbye."""
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_WR)
        self.sock.close()


class PatientWorker(ThreadWorker):
    """Gathers, hands over, sends on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting: set[PatientConnection] = set()  # for bytes, or to be rid of some
        self.held = 0

    def accept(self, listener: Any) -> None:
        try:
            sock, address = listener.accept()
        except OSError:
            return
        self.nr_conns += 1
        self._gather(PatientConnection(self.cfg, sock, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: PatientConnection, client: Any) -> None:
        """The next request on a line that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather(conn)

    def _gather(self, conn: PatientConnection) -> None:
        conn.sock.settimeout(0)
        conn.until = monotonic() + SECONDS_FOR_HEAD
        self._wait(conn, selectors.EVENT_READ, self._hear)

    def _wait(self, conn: PatientConnection, for_what: int, then: Callable[[PatientConnection], None]) -> None:
        self.waiting.add(conn)
        self.poller.register(conn.sock, for_what, lambda _sock: then(conn))

    def _no_longer(self, conn: PatientConnection) -> None:
        self.waiting.remove(conn)
        self.poller.unregister(conn.sock)

    def _drop(self, conn: PatientConnection, answer: bytes = b"") -> None:
        self._no_longer(conn)
        self.held -= len(conn.heard)
        self.nr_conns -= 1
        with contextlib.suppress(OSError):
            conn.sock.sock.send(answer)
        conn.close()

    def _hear(self, conn: PatientConnection) -> None:
        try:
            data = conn.sock.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        refusal = conn.hear(data) if data else b""
        self.held += len(data)
        if refusal is not None or self.held > MOST_HELD:
            self._drop(conn, refusal or b"")
        elif conn.is_whole:
            self._no_longer(conn)
            self.held -= len(conn.heard)
            conn.data_ready = True
            self.enqueue_req(conn)

    def _keepalive_after(self, conn: PatientConnection, keepalive: bool) -> bool:  # noqa: FBT001 – as gunicorn calls it
        return bool(super()._keepalive_after(conn, keepalive)) and not conn.is_last

    def finish_request(self, conn: PatientConnection, fs: Any) -> None:
        """A thread is done: what it wrote goes out, at once or bit by bit."""
        try:
            is_gone = conn.sock.send_on()
        except OSError:
            self.nr_conns -= 1
            conn.close()
            return
        if is_gone:
            conn.is_leaving = False
            super().finish_request(conn, fs)
            return
        if not conn.is_leaving:  # as long as it began with: who takes a byte now and then wins no time
            conn.until = monotonic() + SECONDS_FOR_HEAD + len(conn.sock.unsent) / BYTES_A_SECOND
            conn.is_leaving = True
        self._wait(conn, selectors.EVENT_WRITE, partial(self._send_on, fs=fs))

    def _send_on(self, conn: PatientConnection, *, fs: Any) -> None:
        self._no_longer(conn)
        self.finish_request(conn, fs)

    def murder_pending(self) -> None:
        """Called every second, and when something happens: who takes too long is let go."""
        at = monotonic()
        for conn in [one for one in self.waiting if one.until < at or not (self.alive or one.heard or one.sock.unsent)]:
            self._drop(conn)
