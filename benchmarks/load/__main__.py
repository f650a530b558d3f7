"""A month's end: mothers who sync, desks that read their lists, papers that are printed, all at once.

    python -m benchmarks.load --mothers 2000 --desks 150 --downloads 50 --minutes 10

Makes a world and a server of its own in a new folder (--var), and takes both away again. What is wanted: no error, no entry
lost, and each answer within a stated multiple of an empty signed-in page of the same run; machines differ, ratios do not.
"""

import argparse
import asyncio
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from benchmarks.load import callers
from benchmarks.load.line import Caller, Kept
from ccmp import local_servers

ROOT = Path(__file__).resolve().parent.parent.parent
THINK = 20.0  # seconds that somebody at a desk looks at a page
GATHER = 0.9  # of the time, in which mothers come; the rest is for those who came last


def main() -> None:
    asked = _arguments()
    var = asked.var or Path(tempfile.mkdtemp(prefix="load-"))
    environment = {**os.environ, "VAR": str(var), "PORT": str(asked.port), "SECURE_COOKIES": "false"}
    try:
        with local_servers.running(var):
            world, kept, sent = _loaded(asked, var, environment)
            held = _held(var, sent, environment)
        failed = _tell(asked, kept, sent, held, len(world["mothers"]))
    finally:
        if asked.var is None:
            shutil.rmtree(var, ignore_errors=True)
    sys.exit(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.load")
    parser.add_argument("--mothers", type=int, default=2000)
    parser.add_argument("--desks", type=int, default=150)
    parser.add_argument("--downloads", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--port", type=int, default=8798)
    parser.add_argument(
        "--var", type=Path, default=None, help="kept afterwards; without it a folder that is taken away"
    )
    return parser.parse_args()


def _loaded(asked: argparse.Namespace, var: Path, environment: dict[str, str]) -> tuple[Any, Kept, list[str]]:
    for command in (
        ("tools/words.py", "compile"),
        ("manage.py", "migrate", "-v0"),
        ("manage.py", "collectstatic", "--noinput", "-v0"),
    ):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
    file, began = var / "world.json", time.perf_counter()
    making = ("-m", "benchmarks.load.world", "make", str(asked.mothers), str(max(asked.desks, 1)), str(file))
    subprocess.run([sys.executable, *making], cwd=ROOT, env=environment, check=True)
    print(f"{asked.mothers} villages made in {time.perf_counter() - began:.0f} s", flush=True)
    world = json.loads(file.read_text(encoding="utf-8"))
    with (var / "web.log").open("wb") as log:
        serve = ("-m", "gunicorn", "--config", "python:ccmp.gunicorn_conf", "ccmp.wsgi")
        web = subprocess.Popen([sys.executable, *serve], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            return world, *asyncio.run(_month_end(asked, world, web))
        finally:
            web.terminate()
            web.wait(30)


async def _month_end(asked: argparse.Namespace, world: Any, web: Any) -> tuple[Kept, list[str]]:
    await _until_it_answers(asked.port, web)
    random.seed(7)
    kept, sent, seconds = Kept(), [], asked.minutes * 60
    until, password = time.monotonic() + seconds, world["password"]

    def caller() -> Caller:
        return Caller("127.0.0.1", asked.port, kept)

    work = [callers.empty_page(caller(), world["desks"][0], password, until=until)]
    for who in world["mothers"]:
        work.append(_later(seconds * GATHER, callers.mother(caller(), who, password, sent)))
    for who in world["desks"][: asked.desks]:
        work.append(_later(min(30, seconds / 2), callers.desk(caller(), who, password, until=until, think=THINK)))
    for number in range(asked.downloads):
        village = world["mothers"][number % len(world["mothers"])]
        who, child = {"username": village["username"]}, random.choice(village["children"])
        work.append(_later(seconds * GATHER, callers.download(caller(), who, child, password)))
    await asyncio.gather(*work)
    return kept, sent


async def _later(within: float, act: Coroutine[Any, Any, None]) -> None:
    await asyncio.sleep(random.uniform(0, within))
    await act


async def _until_it_answers(port: int, web: Any) -> None:
    for _try in range(300):
        if web.poll() is not None:
            sys.exit("The web does not start; its words are in web.log.")
        probe = Caller("127.0.0.1", port, Kept())
        if (await probe.get("", "/health/ready")).status == 200:
            return
        await asyncio.sleep(0.3)
    sys.exit("The web did not answer.")


def _held(var: Path, sent: list[str], environment: dict[str, str]) -> int:
    file = var / "sent.txt"
    file.write_text("\n".join(sent), encoding="ascii")
    counting = [sys.executable, "-m", "benchmarks.load.world", "count", str(file)]
    found = subprocess.run(counting, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return int(found.stdout)


def _tell(asked: argparse.Namespace, kept: Kept, sent: list[str], held: int, mothers: int) -> int:
    """Prints what was found; how many things are not as they should be."""
    yardstick = _p95(kept.seconds["an empty page"])
    print(f"\n{'':16} {'n':>7} {'p50 ms':>8} {'p95 ms':>8} {'× empty':>8}")
    for kind, times in sorted(kept.seconds.items()):
        middle, late = sorted(times)[len(times) // 2], _p95(times)
        print(f"{kind:16} {len(times):7} {middle * 1000:8.0f} {late * 1000:8.0f} {late / yardstick:8.1f}")
    requests, expected = sum(map(len, kept.seconds.values())), sum(4 for _ in range(mothers))
    print(f"\n{requests} requests in {asked.minutes} minutes: {requests / asked.minutes / 60:.1f} a second")
    print(f"entries sent {expected}, said to be kept {len(sent)}, held {held}: lost {expected - held}")
    print(f"errors {len(kept.errors)}")
    for one in kept.errors[:10]:
        print(f"  {one}")
    return int(bool(kept.errors)) + int(held != expected)


def _p95(times: list[float]) -> float:
    return sorted(times)[math.ceil(len(times) * 0.95) - 1] if times else math.nan


if __name__ == "__main__":
    main()
