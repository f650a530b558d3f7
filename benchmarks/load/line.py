"""HTTP as a phone or a browser on a good line speaks it, light enough to stand beside the server on two cores."""

import asyncio
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

ERROR = 400
LONGEST = 120.0  # seconds; who waits longer has gone


@dataclass
class Kept:
    """How long each kind of request took, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """One phone or browser: its cookies, its key."""

    def __init__(self, host: str, port: int, kept: Kept) -> None:
        self.host, self.port, self.kept = host, port, kept
        self.cookies: dict[str, str] = {}
        self.key = ""

    async def get(self, kind: str, path: str) -> Answer:
        return await self.ask(kind, "GET", path)

    async def post_json(self, kind: str, path: str, body: Any) -> Answer:
        return await self.ask(kind, "POST", path, json.dumps(body).encode(), "application/json")

    async def post_form(self, kind: str, path: str, **typed: str) -> Answer:
        typed |= {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        return await self.ask(kind, "POST", path, urlencode(typed).encode(), "application/x-www-form-urlencoded")

    async def ask(self, kind: str, method: str, path: str, body: bytes = b"", of: str = "") -> Answer:
        began = time.perf_counter()
        try:
            answer = await asyncio.wait_for(self._ask(method, path, body, of), LONGEST)
        except (TimeoutError, OSError, asyncio.IncompleteReadError, ValueError) as reason:
            self.kept.errors.append(f"{kind}: {reason!r}")
            return Answer(599, [], b"{}")
        self.kept.seconds[kind].append(time.perf_counter() - began)
        if answer.status >= ERROR:
            self.kept.errors.append(f"{kind}: {answer.status} {answer.body[:200]!r}")
        for name, value in answer.headers:
            if name == "set-cookie":
                cookie, _, told = value.partition(";")[0].partition("=")
                self.cookies[cookie] = told
        return answer

    async def _ask(self, method: str, path: str, body: bytes, of: str) -> Answer:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(self._head(method, path, len(body), of) + body)
            await writer.drain()
            return await _read(reader)
        finally:
            writer.close()

    def _head(self, method: str, path: str, length: int, of: str) -> bytes:
        host = f"{self.host}:{self.port}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", f"Origin: http://{host}"]
        lines += [f"Content-Length: {length}", f"Content-Type: {of}"] if length else []
        lines += [f"Authorization: {self.key}"] if self.key else []
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ")[1])
    headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in head[1:] if line)]
    told = dict(headers)
    if told.get("transfer-encoding") == "chunked":
        return Answer(status, headers, await _chunks(reader))
    if "content-length" in told:
        return Answer(status, headers, await reader.readexactly(int(told["content-length"])))
    return Answer(status, headers, await reader.read())


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body
