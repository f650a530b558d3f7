"""Judging a whole register anew after a rule of the benefits changed: how long, what others feel of it, what a killed worker loses.

    VAR=/tmp/million .venv/bin/python benchmarks/rules_changed.py 1000000

`--judged` leaves out the first time, where a run stands. The register is million.py's, in a database of its own; one VAR
serves one measurement at a time, since its broker does. A real worker of two processes judges it twice: by the rules as they
stand, and then by the rules of a copy of the program in which one benefit is given to more homes. During the second time
pages are opened, a village is locked as somebody who writes does, and half-way one of the worker's processes is killed.
The pages are opened once more when it is over; both are compared. The list is compared with one that is worked out in one go.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.register_scale import VAR, environment, make  # noqa: E402
from ccmp import local_servers  # noqa: E402

OLD = "needs: [{under: 18}, {means: [low_income]}]}"
NEW = "needs: [{under: 18}, {means: [low_income, monitored]}]}"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "screenshots")
CHECKED = 4_000  # children of some villages, judged once more in one go
PAUSE = 0.25  # seconds between two pages: somebody reads


def changed_copy(to: Path) -> Path:
    """The program with another rule: a next version of the minimum living allowance takes in homes that are watched over."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(ROOT, to, ignore=LEFT_OUT)
    data = to / "children" / "data" / "benefits-1.yaml"
    lines = data.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(at for at, line in enumerate(lines) if line.rstrip().endswith(OLD))
    newer = lines[place].replace("version: 1, from: 2019-01-01", "version: 2, from: 2026-01-01").replace(OLD, NEW)
    data.write_text("".join([*lines[: place + 1], newer, *lines[place + 1 :]]), encoding="utf-8")
    return to


# ── in a process of its own, on the register ─────────────────────────────────────────────────────────────────────────


def begin() -> None:
    """Ask as the calendar does; say which run it is."""
    from children.models import TakeUpRun
    from children.tasks import catch_up

    before = set(TakeUpRun.objects.values_list("pk", flat=True))
    catch_up.delay()
    while not (run := TakeUpRun.objects.exclude(pk__in=before).first()):
        time.sleep(0.05)
    print(json.dumps({"run": str(run.pk), "children": run.children}))


def follow() -> None:
    """What a page can show of the newest run, twice a second, until it is over."""
    from children.models import TakeUpRun

    while True:
        run = TakeUpRun.objects.newest_first()[0]
        print(
            json.dumps({"done": run.done, "children": run.children, "is_over": run.finished_at is not None}), flush=True
        )
        if run.finished_at:
            return
        time.sleep(0.5)


def forget() -> None:
    from children.models import TakeUpMonth, TakeUpRun, Unclaimed

    for model in (TakeUpRun, Unclaimed, TakeUpMonth):
        model._default_manager.all()._raw_delete("default")


def look() -> None:
    """Open pages in turn until told to stop; lock a village as a writer does, and let it go."""
    from django.db import transaction

    from ccmp.people.entries import lock_villages
    from ccmp.people.models import User
    from children.models import Child
    from tests.signing_in import Client

    mother, officer = (User.objects.get(username=name) for name in ("bench-mother", "bench-officer"))
    child = Child.objects.visible_to(mother).order_by("id")[99]
    village = Child.objects.order_by("-village_code").values_list("village_code", flat=True).first()
    doors: dict[str, Callable[[], object]] = {}
    for name, user, address in (
        ("a village's list", mother, "/children/"),
        ("a file", mother, f"/children/{child.id}/"),
        ("a county's list", officer, "/children/"),
        ("benefits not received, county", officer, "/children/entitlements/"),
    ):
        client = Client(HTTP_HOST="localhost")
        client.force_login(user)
        doors[name] = lambda client=client, address=address: client.get(address)

    @transaction.atomic
    def write() -> None:
        lock_villages([village])

    doors["a village's lock, for whoever writes there"] = write
    times: dict[str, list[float]] = {name: [] for name in doors}
    stop = Path(os.environ["STOP"])
    for door in doors.values():
        door()
    is_told = False
    while not is_told:
        is_told = stop.exists()
        for name, door in doors.items():
            began = time.perf_counter()
            door()
            times[name].append(time.perf_counter() - began)
            time.sleep(PAUSE)
    said = {
        name: [statistics.median(ones), sorted(ones)[int(len(ones) * 0.95)], len(ones)] for name, ones in times.items()
    }
    print(json.dumps(said))


def check() -> None:
    """Some villages judged once more in one go: does the list say the same, each child once? Nothing is kept of it."""
    from django.db import transaction

    from ccmp.moments import day_of, now
    from children.models import Child, TakeUpRun, Unclaimed
    from children.services.take_up import work_out

    run = TakeUpRun.objects.newest_first()[0]
    rows = lambda of: set(of.values_list("child_id", "benefit", "rule_version", "state"))  # noqa: E731
    children = list(Child.objects.order_by("village_code", "id")[:: max(1, run.children // CHECKED)])
    there = Unclaimed.objects.filter(child__in=children)
    kept = rows(there)
    with transaction.atomic():
        there.delete()
        work_out(children, on=day_of(now()))
        anew = rows(there.all())
        transaction.set_rollback(True)
    versions = dict(sorted((version, sum(one[2] == version for one in kept)) for version in {one[2] for one in kept}))
    said = {"done": run.done, "children": run.children, "rows": Unclaimed.objects.count(), "same": kept == anew}
    print(json.dumps(said | {"checked": len(children), "versions": versions}))


# ── from outside ─────────────────────────────────────────────────────────────────────────────────────────────────────


def said_by(size: int, program: Path, *asked: str) -> dict[str, Any]:
    command = [sys.executable, str(program / "benchmarks" / "rules_changed.py"), *asked]
    done = subprocess.run(command, cwd=program, env=environment(size), check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads((done.stdout.splitlines() or ["{}"])[-1])
    return found


@contextmanager
def worker(size: int, program: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """As `make run` starts it: two processes."""
    command = [sys.executable, "-m", "celery", "-A", "ccmp", "worker", "--concurrency", "2", "--loglevel", "WARNING"]
    own = {**environment(size), "PYTHONPATH": str(program)}
    quietly = ["--without-mingle", "--without-gossip"]
    process = subprocess.Popen([*command, *quietly], cwd=program, env=own, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def children_of(parent: int) -> dict[int, int]:
    """A worker's processes, and for how long each has worked (clock ticks)."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found[int(entry.parent.name)] = int(fields[11]) + int(fields[12])
    return found


def judge(size: int, program: Path, *, kill: bool = False) -> float:
    """One run from the calendar's question to its end, in seconds; with `kill`, a process of the worker dies half-way."""
    with worker(size, program) as process:
        began = time.perf_counter()
        told = said_by(size, program, "--begin")
        command = [sys.executable, str(program / "benchmarks" / "rules_changed.py"), "--follow"]
        shown, killed = 0, not kill
        with subprocess.Popen(command, cwd=program, env=environment(size), stdout=subprocess.PIPE, text=True) as watch:
            for line in watch.stdout or ():
                now = json.loads(line)
                if not killed and now["done"] * 2 > told["children"]:
                    worked = children_of(process.pid)
                    os.kill(max(worked, key=worked.__getitem__), signal.SIGKILL)
                    killed = True
                    print(f"  a process of the worker is killed at {now['done']:,}", flush=True)
                if now["done"] * 8 // max(1, told["children"]) > shown:
                    shown = now["done"] * 8 // told["children"]
                    print(
                        f"  {now['done']:>9,} of {told['children']:,} after {time.perf_counter() - began:6.0f} s",
                        flush=True,
                    )
        seconds = time.perf_counter() - began
    print(f"  {told['children']:,} children in {seconds:.0f} s: {told['children'] / seconds:,.0f} a second", flush=True)
    return seconds


@contextmanager
def looking(size: int, program: Path, found: dict[str, Any]) -> Iterator[None]:
    stop = VAR / "stop"
    stop.unlink(missing_ok=True)
    command = [sys.executable, str(program / "benchmarks" / "rules_changed.py"), "--look"]
    own = {**environment(size), "STOP": str(stop)}
    process = subprocess.Popen(command, cwd=program, env=own, stdout=subprocess.PIPE, text=True)
    try:
        yield
    finally:
        stop.touch()
        found |= json.loads(process.communicate()[0].splitlines()[-1])


def main(size: int, *, is_judged: bool = False) -> None:
    with local_servers.running(VAR):
        make(size)
        changed = changed_copy(VAR / "changed")
        during: dict[str, Any] = {}
        idle: dict[str, Any] = {}
        if not is_judged:
            said_by(size, ROOT, "--forget")
            print("the first time, every row is new:", flush=True)
            judge(size, ROOT)
        print("a rule changed:", flush=True)
        with looking(size, changed, during):
            seconds = judge(size, changed, kill=True)
        with looking(size, changed, idle):
            time.sleep(max(15, min(60, seconds / 4)))
        print(f"  {said_by(size, changed, '--check')}", flush=True)
        print(f"\n{'ms at the median (19 of 20)':46} {'idle':>16} {'meanwhile':>18}   ratio")
        for name, (median, most, _times) in idle.items():
            busy, busy_most, _n = during[name]
            told = f"{median * 1e3:8.1f} ({most * 1e3:5.0f}) {busy * 1e3:10.1f} ({busy_most * 1e3:5.0f})"
            print(f"{name:46} {told}   {busy / median:5.2f}")


INSIDE = {"--begin": begin, "--follow": follow, "--forget": forget, "--look": look, "--check": check}

if __name__ == "__main__":
    if sys.argv[1] in INSIDE:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")
        django.setup()
        from ccmp.walls.asking import WHOLE, let_ask

        let_ask(lambda _statement: WHOLE)  # each request asks as its own user
        INSIDE[sys.argv[1]]()
    else:
        main(int(sys.argv[1]), is_judged="--judged" in sys.argv)
