"""A month's end: phones that sync, desks that read their lists, papers that are printed, all at once.

    python -m benchmarks.load --mothers 2000 --desks 150 --downloads 50 --minutes 10

Makes a world and a server of its own in a new folder (--var, which is kept, and used again when it is named again), and
sends locust at it (`benchmarks.load.month_end`). What is wanted: no error, no entry lost, and each answer within a stated
multiple of an empty signed-in page of the same run; machines differ, ratios do not.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from ccmp import local_servers

ROOT = Path(__file__).resolve().parent.parent.parent
THINK = 45  # seconds that somebody at a desk looks at a list
AT_ONCE = 2  # processes that get the phones ready
YARDSTICK, P95 = "an empty page", "95%"


def main() -> None:
    asked = _arguments()
    var = asked.var or Path(tempfile.mkdtemp(prefix="load-"))
    environment = {
        **os.environ, "VAR": str(var), "PORT": str(asked.port), "SECURE_COOKIES": "false", "PROXIES_IN_FRONT": "1",
        "MOTHERS": str(asked.mothers), "DESKS": str(asked.desks), "DOWNLOADS": str(asked.downloads),
        "MINUTES": str(asked.minutes), "THINK": str(THINK), "WORLD": str(var / "world.json"),
        "SENT": str(var / "sent.txt"),
    }  # fmt: skip
    try:
        with local_servers.running(var):
            _world(asked, var, environment)
            if asked.minutes:
                sys.exit(_month_end(asked, var, environment))
    finally:
        if asked.var is None:
            shutil.rmtree(var, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.load")
    parser.add_argument("--mothers", type=int, default=2000)
    parser.add_argument("--desks", type=int, default=150)
    parser.add_argument("--downloads", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10, help="0: make the world, and no more")
    parser.add_argument("--port", type=int, default=8798)
    parser.add_argument("--var", type=Path, default=None)
    return parser.parse_args()


def _run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _world(asked: argparse.Namespace, var: Path, environment: dict[str, str]) -> None:
    """Made once for a folder. What each phone holds is read anew: another run may have been there."""
    file, began, world = var / "world.json", time.perf_counter(), "benchmarks.load.world"
    for command in (("tools/words.py", "compile"), ("manage.py", "migrate", "-v0"),
                    ("manage.py", "collectstatic", "--noinput", "-v0")):  # fmt: skip
        _run(environment, *command)
    if not file.exists():
        desks = asked.desks + asked.downloads + 1
        print(_run(environment, "-m", world, "make", str(asked.mothers), str(desks), str(file)))
        print(f"{asked.mothers} villages made in {time.perf_counter() - began:.0f} s", flush=True)
        ready = [
            subprocess.Popen(
                [sys.executable, "-m", world, "prime", str(file), str(n), str(AT_ONCE)], cwd=ROOT, env=environment
            )
            for n in range(AT_ONCE)
        ]
        ended = [one.wait() for one in ready]
        if any(ended):
            sys.exit("The phones were not made ready.")
        print(f"their phones hold them after {time.perf_counter() - began:.0f} s", flush=True)
    made, held = json.loads(file.read_text(encoding="utf-8")), json.loads(_run(environment, "-m", world, "phones"))
    for mother in made["mothers"]:
        mother["holds"] = held[mother["phone"]]
    file.write_text(json.dumps(made), encoding="utf-8")


def _month_end(asked: argparse.Namespace, var: Path, environment: dict[str, str]) -> int:
    (var / "sent.txt").unlink(missing_ok=True)
    with (var / "web.log").open("wb") as log:
        serve = ("-m", "gunicorn", "--config", "python:ccmp.gunicorn_conf", "ccmp.wsgi")
        web = subprocess.Popen([sys.executable, *serve], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _until_it_answers(asked.port, web)
            people = asked.mothers + asked.desks + asked.downloads + 1
            subprocess.run(
                [sys.executable, "-m", "locust", "-f", "benchmarks/load/month_end.py", "--headless", "--only-summary",
                 "--users", str(people), "--spawn-rate", str(people), "--run-time", f"{int(asked.minutes * 60)}s",
                 "--stop-timeout", "60", "--host", f"http://127.0.0.1:{asked.port}", "--csv", str(var / "load"),
                 "--exit-code-on-error", "0", "--loglevel", "WARNING"],
                cwd=ROOT, env=environment, check=True, stdout=(var / "locust.log").open("wb"),
            )  # fmt: skip
        finally:
            web.terminate()
            web.wait(30)
    return _tell(asked, var, environment)


def _until_it_answers(port: int, web: Any) -> None:
    for _try in range(300):
        if web.poll() is not None:
            sys.exit("The web does not start; its words are in web.log.")
        try:
            with urlopen(f"http://127.0.0.1:{port}/health/ready"):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    sys.exit("The web did not answer.")


def _tell(asked: argparse.Namespace, var: Path, environment: dict[str, str]) -> int:
    """Prints what was found; how many things are not as they should be."""
    with (var / "load_stats.csv").open(encoding="utf-8") as file:
        rows = {row["Name"]: row for row in csv.DictReader(file)}
    empty = float(rows[YARDSTICK][P95])
    print(f"\n{'':28} {'n':>7} {'failed':>7} {'p50 ms':>8} {'p95 ms':>8} {'× empty':>8}")
    for name, row in sorted(rows.items()):
        figures = (row["Request Count"], row["Failure Count"], row["50%"], row[P95])
        print(
            f"{name:28} {figures[0]:>7} {figures[1]:>7} {figures[2]:>8} {figures[3]:>8} {float(row[P95]) / empty:8.1f}"
        )
    lines = (var / "sent.txt").read_text(encoding="utf-8").split("\n")
    entries = [line.split(" ", 1) for line in lines if line]
    (var / "ids.txt").write_text("\n".join(entry for _word, entry in entries), encoding="utf-8")
    held = int(_run(environment, "-m", "benchmarks.load.world", "count", str(var / "ids.txt")))
    kept, errors = sum(word == "True" for word, _entry in entries), int(rows["Aggregated"]["Failure Count"])
    print(f"\n{float(rows['Aggregated']['Requests/s']):.1f} requests a second for {asked.minutes} minutes")
    print(f"entries sent {len(entries)}, said to be kept {kept}, held {held}: lost {len(entries) - held}")
    print(f"errors {errors}")
    if errors:
        print((var / "load_failures.csv").read_text(encoding="utf-8")[:4000])
    return int(bool(errors)) + int(held != len(entries))


if __name__ == "__main__":
    main()
