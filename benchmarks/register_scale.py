"""The register's pages and queries at a thousand children and at a million, as ratios within one run.

    VAR=/tmp/million .venv/bin/python benchmarks/register_scale.py 1000000

Both registers are made by million.py in databases of their own, once, and kept. They are measured in turn, so that whatever
else the machine does falls on both. Each page goes through the whole program, from address to answer; `db` is what of it
the database takes; the plain query fetches the same rows by their keys, without scope, order or labels. `cpu` is what both
processes work for a page, which tells more than the clock while the machine has other work.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ccmp import local_servers  # noqa: E402
from ccmp.local_servers import places  # noqa: E402

VAR = Path(os.environ.get("VAR", str(ROOT / "var" / "million")))
SMALL, ROUNDS, EACH, BUDGET = 1_000, 3, 7, 3.0
ALONE = "counted alone"


def environment(children: int) -> dict[str, str]:
    def of(url: str) -> str:
        return url.rsplit("/", 1)[0] + f"/register_{children}"

    program, owner = of(local_servers.program_database_url(VAR)), of(local_servers.database_url(VAR))
    urls = {"DATABASE_URL": program, "OWNER_DATABASE_URL": owner}
    own = {**urls, "REDIS_URL": local_servers.redis_url(VAR), "DJANGO_SETTINGS_MODULE": "ccmp.settings"}
    return {**os.environ, **local_servers.read_or_make_secrets(VAR), **own, "VAR": str(VAR)}


def run(children: int, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment(children), check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def make(children: int) -> None:
    """The database and its rows, where they are not there yet."""
    import psycopg

    where = {"host": str(places.socket_directory(VAR)), "user": places.OWNER, "dbname": places.DATABASE}
    with psycopg.connect(**where, autocommit=True) as server:
        name = f"register_{children}"
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        server.execute(f'CREATE DATABASE "{name}"')
    run(children, "tools/words.py", "compile")
    run(children, "manage.py", "collectstatic", "--noinput", "-v0")
    run(children, "manage.py", "migrate", "-v0")
    print(run(children, "benchmarks/million.py", str(children)), flush=True)


# ── in a process of its own, on one of the two databases ─────────────────────────────────────────────────────────────


class DatabaseTime:
    """What the statements of one page take together."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute: Any, *statement: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            self.seconds += time.perf_counter() - began


def worked(backend: int) -> float:
    """Seconds of work of this process and of its database's, which counts in hundredths."""
    fields = Path(f"/proc/{backend}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timed(work: Callable[[], object]) -> dict[str, float]:
    """The best of some times, what of it the database takes, and what both work in all of them together."""
    from django.db import connection

    assert connection.connection is not None
    backend, clock, times = connection.connection.info.backend_pid, DatabaseTime(), []
    before = worked(backend)
    with connection.execute_wrapper(clock):
        for _each in range(EACH):
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
    return {"page": min(times), "db": clock.seconds / EACH, "cpu": (worked(backend) - before) / EACH}


def doors() -> dict[str, Callable[[], object]]:
    """Each page, and each query that is measured beside them, opened once."""
    import django

    django.setup()
    from ccmp.walls.asking import WHOLE, let_ask

    let_ask(lambda _statement: WHOLE)  # each request asks as its own user
    from ccmp.moments import day_of, now
    from ccmp.people.models import User
    from children.models import Child
    from tests.signing_in import Client

    on, found = day_of(now()), dict[str, Callable[[], object]]()
    mother, officer = (User.objects.get(username=name) for name in ("bench-mother", "bench-officer"))
    mine, ours = Child.objects.visible_to(mother), Child.objects.visible_to(officer)
    child = mine.order_by("id")[99]
    tail = child.resident_id[-4:]
    pages: dict[str, tuple[User, str]] = {
        "a village's list": (mother, "/children/"),
        "a county's list": (officer, "/children/"),
        "a county's list, page 10": (officer, "/children/?page=10"),
        "search by name": (officer, f"/children/?q={child.name}"),
        "search by one sign": (officer, f"/children/?q={child.name[1]}"),
        "search by pinyin": (officer, f"/children/?q={child.pinyin}"),
        "search by initials": (officer, f"/children/?q={child.initials}"),
        "search by an ID's end": (officer, f"/children/?q={tail}"),
        "left behind in a village": (mother, "/children/?label=left_behind"),
        "left behind in a county": (officer, "/children/?label=left_behind"),
        "left by both, county": (officer, "/children/?label=left_by_both"),
        "left by one, county": (officer, "/children/?label=left_by_one"),
        "orphans of a county": (officer, "/children/?label=orphan"),
        "under 16 and alone, county": (officer, "/children/?label=under_16_alone"),
        "silent parents of a county": (officer, "/children/silent/"),
        "files to confirm, county": (officer, "/children/to-confirm/"),
        "18 soon, county": (officer, "/children/farewells/"),
        "without an ID number, county": (officer, "/children/no-id/"),
        "a file": (officer, f"/children/{child.id}/"),
        "a child's benefits": (officer, f"/children/{child.id}/entitlements/"),
        "benefits not received": (officer, "/children/entitlements/"),
    }
    for name, (user, address) in pages.items():
        client = Client(HTTP_HOST="localhost")
        client.force_login(user)
        path, _mark, words = address.partition("?q=")
        if words:  # what is looked for is posted, and stands in no address
            address = client.post(path, {"q": words})["Location"]
        answer = client.get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = lambda client=client, address=address: client.get(address)
    found["a county's children, counted alone"] = lambda: ours.in_register(on=on).count()
    found["its left-behind ones, counted alone"] = lambda: ours.in_register(on=on).left_behind(on=on).count()
    keys = list(ours.order_by("pinyin").values_list("pk", flat=True)[:50])
    found["plain: 50 rows by their keys"] = lambda: list(Child.objects.filter(pk__in=keys))
    return found


def serve() -> None:
    """Measure what is named on a line, and say it: so two registers are measured page by page, in turn."""
    opened = doors()
    print(json.dumps(list(opened)), flush=True)
    for line in sys.stdin:
        print(json.dumps(timed(opened[line.rstrip("\n")])), flush=True)


# ── both together ────────────────────────────────────────────────────────────────────────────────────────────────────


class Register:
    """A process on one of the two registers, which measures what it is asked for."""

    def __init__(self, children: int) -> None:
        command = [sys.executable, "benchmarks/register_scale.py", "--serve"]
        own = environment(children)
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, env=own, stdin=pipe, stdout=pipe, text=True)
        self.names: list[str] = self._heard()
        self.found: dict[str, dict[str, float]] = {}

    def _heard(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def measure(self, name: str) -> None:
        assert self.process.stdin is not None
        print(name, file=self.process.stdin, flush=True)
        times, held = self._heard(), self.found.get(name)
        if held is None:
            self.found[name] = times
            return
        self.found[name] = {key: min(held[key], times[key]) for key in ("page", "db")}
        self.found[name]["cpu"] = held["cpu"] + times["cpu"]

    def end(self) -> None:
        self.process.communicate()


def compare(children: int) -> int:
    small, large = Register(SMALL), Register(children)
    for _round in range(ROUNDS):
        for name in large.names:
            small.measure(name)
            large.measure(name)
    for one in (small, large):
        one.end()
    print(f"\n{'ms (of it db)':36} {SMALL:>16,} {children:>18,}   ratio   of work")
    over = 0
    for name in large.names:
        one, many = small.found[name], large.found[name]
        ratio, work = many["page"] / one["page"], many["cpu"] / max(one["cpu"], 0.0001)
        is_over = ratio > BUDGET and not name.endswith(ALONE) and not name.startswith("plain")
        over += is_over
        print(
            f"{name:36} {one['page'] * 1e3:8.1f} ({one['db'] * 1e3:5.1f}) {many['page'] * 1e3:10.1f} ({many['db'] * 1e3:5.1f})"
            f"   {ratio:5.2f}   {work:5.2f}{'  OVER THE BUDGET' if is_over else ''}"
        )
    return over


def main(children: int) -> None:
    with local_servers.running(VAR):
        for size in (SMALL, children):
            make(size)
        over = compare(children)
        print(f"\n{over} over the budget of {BUDGET:g} times" if over else f"\nall within {BUDGET:g} times", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve()
    else:
        main(int(sys.argv[1]))
