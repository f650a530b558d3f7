"""What the wall costs: lists, a file and a search, as the person asks and as one who looks over it, in one run.

    python -m benchmarks.walls --children 1000 --children 100000

It fills databases of its own on throwaway servers and prints ratios: with the wall ÷ without it, and large ÷ small.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from ccmp import local_servers

ROUNDS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, action="append")
    parser.add_argument("--one", type=int, help="measure this size here, and print what was found as JSON")
    told = parser.parse_args()
    if told.one:
        print(json.dumps(_measured(told.one)))
        return
    sizes = sorted(told.children or [1_000, 100_000])
    found = {size: _by_another_process(size) for size in sizes}
    print(f"{'':36}{'with the wall, ms':>24}  {'÷ without it':>14}  large ÷ small")
    for name in found[sizes[0]]:
        times = " → ".join(f"{found[size][name][0] * 1000:.1f}" for size in sizes)
        ratios = " → ".join(f"{found[size][name][0] / found[size][name][1]:.2f}" for size in sizes)
        growth = found[sizes[-1]][name][0] / found[sizes[0]][name][0]
        print(f"{name:<36}{times:>24}  {ratios:>14}  {growth:>13.2f}")


def _by_another_process(size: int) -> Any:
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.walls", "--one", str(size)],
            env={**os.environ, "VAR": folder, "DJANGO_SETTINGS_MODULE": "ccmp.settings"},
            stdout=subprocess.PIPE,
            check=True,
        )
    return json.loads(done.stdout)


def _measured(size: int) -> dict[str, tuple[float, float]]:
    with local_servers.running(Path(os.environ["VAR"]), throwaway=True):
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        from benchmarks import million  # it reads the settings
        from ccmp.walls.asking import whole_reach

        with whole_reach("a world is made"), connection.as_owner(), redirect_stdout(sys.stderr):
            million.load(size)
        return _asked()


def _asked() -> dict[str, tuple[float, float]]:
    from ccmp.people.asking import asks  # these read the settings
    from ccmp.people.models import User
    from ccmp.walls.asking import whole_reach

    found = {}
    for username, role in (("bench-mother", "her village"), ("bench-officer", "a county")):
        user = User.objects.get(username=username)
        for name, ask in _questions(user).items():
            wall, none = (
                _times(ask, lambda user=user: asks(user)),
                _times(ask, lambda: whole_reach("a measurement")),
            )
            found[f"{name}, {role}"] = (wall, none)
    return found


def _questions(user: Any) -> dict[str, Callable[[], Any]]:
    from ccmp.moments import day_of, now  # these read the settings
    from children.models import Child, Kinship
    from children.services.find import find_children
    from visits.models import VisitDeadline

    child, today = Child.objects.visible_to(user), day_of(now())
    one = Child.objects.order_by("village_code", "id").values_list("id", flat=True)
    first: list[Any] = []

    def file() -> Any:
        first[:] = first or [one.filter(village_code__startswith=user.post.place_code.rstrip("0")).first()]
        return list(Kinship.objects.filter(child__in=child.filter(pk=first[0])).select_related("relative"))

    return {
        "a page of children": lambda: list(child.select_related("household").order_by("village_code", "id")[:50]),
        "how many children": lambda: child.count(),
        "a file's family": file,
        "a search by name": lambda: list(find_children(child, "雨欣")[:20]),
        "a search by initials": lambda: list(find_children(child, "wyx")[:20]),
        "left behind today": lambda: child.left_behind(on=today).count(),
        "visits that are due": lambda: list(
            VisitDeadline.objects.filter(child__in=child, closed_on__isnull=True).order_by("due_on", "id")[:50]
        ),
    }


def _times(ask: Callable[[], Any], block: Callable[[], Any]) -> float:
    """The median of some rounds, in seconds."""
    taken = []
    for _round in range(ROUNDS):
        with block() or nullcontext():
            began = time.perf_counter()
            ask()
            taken.append(time.perf_counter() - began)
    return statistics.median(taken[ROUNDS // 5 :])


if __name__ == "__main__":
    main()
