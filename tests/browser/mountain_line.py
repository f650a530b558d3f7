"""The line between a village and the server: it can be slow, cut, lose answers; it counts and remembers what crosses it.

A browser's own throttling does not reach a service worker's requests. This stands between them, so it slows everything.
"""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from tests.web_server import WebServer

CHUNK = 1460  # what one packet carries
NOT_HANDED_ON = ("connection", "keep-alive", "transfer-encoding")


class MountainLine:
    """Has the address that the phone knows. Use as a context manager."""

    def __init__(self, server: WebServer) -> None:
        self.server = server
        self.bits_a_second, self.latency = 0, 0.0
        self.is_cut = False
        self.answers_to_lose = 0
        self.does_not_carry = ""  # addresses that begin so
        self.up = self.down = 0  # bytes
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self._way = Lock()
        line = self

        class Handler(_Handler):
            pass

        Handler.line = line
        self._listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._listener.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.server_port}"

    def __enter__(self) -> "MountainLine":
        Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown()
        self._listener.server_close()

    def weaken(self, *, kilobits: int = 400, milliseconds: int = 400) -> None:
        self.bits_a_second, self.latency = kilobits * 1000, milliseconds / 1000

    def strengthen(self) -> None:
        self.bits_a_second, self.latency = 0, 0.0

    def asked_of(self, path: str) -> list[tuple[str, str, dict[str, str], bytes]]:
        return [one for one in self.asked if one[1] == path]

    def deliver_again(self, asked: tuple[str, str, dict[str, str], bytes]) -> Any:
        """What crossed the line crosses it once more, word for word, as routers do that repeat what they think lost."""
        method, path, headers, body = asked
        upstream = http.client.HTTPConnection(self.server.host, self.server.port, timeout=60)
        upstream.request(method, path, body=body, headers=headers)
        answer = upstream.getresponse()
        found = answer.status, answer.read()
        upstream.close()
        return found

    def carry(self, size: int) -> None:
        """Takes as long as so many bytes take, whoever else is on the line."""
        if self.bits_a_second:
            with self._way:
                time.sleep(size * 8 / self.bits_a_second)

    @contextmanager
    def counted(self) -> Iterator[dict[str, int]]:
        """{up, down}: bytes that crossed meanwhile."""
        up, down, found = self.up, self.down, dict[str, int]()
        yield found
        found.update(up=self.up - up, down=self.down - down)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    line: MountainLine

    def setup(self) -> None:
        super().setup()
        if self.line.latency:
            time.sleep(self.line.latency)  # a new connection costs a round trip of its own

    def do_GET(self) -> None:
        self._hand_on()

    do_POST = do_HEAD = do_GET  # noqa: N815 – the library's names

    def _hand_on(self) -> None:
        line = self.line
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        head = len(self.raw_requestline) + len(self.headers.as_bytes())
        line.up += head + len(body)
        if line.is_cut or (line.does_not_carry and self.path.startswith(line.does_not_carry)):
            return self._hang_up()
        time.sleep(line.latency)
        line.carry(head + len(body))
        headers = dict(self.headers.items())
        line.asked.append((self.command, self.path, headers, body))
        try:
            status, found, content = self._ask(headers, body)
        except OSError:
            return self._hang_up()
        if line.answers_to_lose and self.path.startswith("/api/"):
            line.answers_to_lose -= 1
            return self._hang_up()
        return self._answer(status, found, content)

    def _ask(self, headers: dict[str, str], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        upstream = http.client.HTTPConnection(self.line.server.host, self.line.server.port, timeout=60)
        try:
            upstream.request(self.command, self.path, body=body or None, headers=headers)
            answer = upstream.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except http.client.HTTPException as error:
            raise ConnectionError from error
        finally:
            upstream.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in (*NOT_HANDED_ON, "content-length"):
                self.send_header(name, value)
        bodiless = self.command == "HEAD" or status in (204, 304)
        self.send_header("Content-Length", str(0 if bodiless else len(content)))
        size = sum(map(len, self._headers_buffer))  # type: ignore[attr-defined]
        self.line.down += size
        self.line.carry(size)
        self.end_headers()
        if not bodiless:
            self._write(content)

    def _write(self, content: bytes) -> None:
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            if self.line.is_cut:
                return self._hang_up()
            self.line.carry(len(piece))
            self.line.down += len(piece)
            self.wfile.write(piece)
        return None

    def _hang_up(self) -> None:
        self.close_connection = True

    def handle(self) -> None:
        with suppress(OSError):  # the phone has gone
            super().handle()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""
