"""Fifty clients that take all the time of the world, on a web server of two processes with nothing in front of it."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import pytest

from tests.processes import wait_until
from tests.web_server import ROOT, free_port

SLOW = 50
PATIENCE = 10.0  # seconds for eight ordinary requests; machines differ
LARGE = 1_000_000
APP = f"""
def application(environ, start_response):
    sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    body = b"x" * {LARGE} if environ["PATH_INFO"] == "/large" else b"%d" % len(sent)
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """gunicorn by the program's own settings, with an application that can be asked for much."""
    folder, port = tmp_path_factory.mktemp("slow"), free_port()
    (folder / "asked.py").write_text(APP)
    command = [sys.executable, "-m", "gunicorn", "--config", "python:ccmp.gunicorn_conf", "--pythonpath", str(folder)]
    with (Path(folder) / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}", "asked"], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        wait_until(lambda: _answers(port), seconds=30)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _answers(port: int) -> bool:
    try:
        return asked(port) == (200, b"0")
    except OSError:
        return False


def asked(port: int, method: str = "GET", path: str = "/", body: bytes | None = None) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request(method, path, body)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def dripping(line: socket.socket) -> None:
    line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ")


def with_half_a_body(line: socket.socket) -> None:
    line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\nhalf")


def silent(line: socket.socket) -> None:
    pass


def not_reading(line: socket.socket) -> None:
    line.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")


def never_closing(line: socket.socket) -> None:
    line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")


def with_one_and_a_half(line: socket.socket) -> None:
    line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "do",
    [dripping, with_half_a_body, silent, not_reading, never_closing, with_one_and_a_half],
    ids=lambda do: do.__name__,
)
def test_fifty_slow_clients_stop_nobody(port: int, do: Callable[[socket.socket], None]) -> None:
    with ExitStack() as lines:
        for _number in range(SLOW):
            line = lines.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.connect(("127.0.0.1", port))
            do(line)
        began = monotonic()

        answers = [asked(port) for _time in range(8)]

        assert answers == [(200, b"0")] * 8
        assert monotonic() - began < PATIENCE


def test_what_comes_bit_by_bit_arrives_whole(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        for part in (b"POST / HT", b"TP/1.1\r\nHost: x\r\nContent-Le", b"ngth: 10\r\n\r", b"\n01234", b"56789"):
            line.sendall(part)
        assert line.recv(4096).endswith(b"\r\n\r\n10")
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")  # on the same line
        assert line.recv(4096).endswith(b"\r\n\r\n0")


def test_much_is_sent_and_taken(port: int) -> None:
    assert asked(port, "POST", "/", b"y" * 5_000_000) == (200, b"5000000")
    assert asked(port, "GET", "/large") == (200, b"x" * LARGE)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99000000\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 70_000, b"413"),
    ],
)
def test_what_has_no_bounds_is_refused_at_once(port: int, head: bytes, status: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(head)

        assert line.recv(4096).split()[1] == status
