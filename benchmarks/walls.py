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
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.core.management import call_command

from ccmp import local_servers

ROUNDS = 30
PER_VILLAGE = 350


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
    for name in found[sizes[0]]:
        with_wall = [f"{found[size][name][0] / found[size][name][1]:.2f}" for size in sizes]
        growth = found[sizes[-1]][name][0] / found[sizes[0]][name][0]
        print(f"{name:<48} with ÷ without: {' → '.join(with_wall):<16} large ÷ small: {growth:.2f}")


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
        villages = max(3, round(size / PER_VILLAGE))
        call_command("demo", villages=villages, children=max(1, size // villages), months=1, seed=7, verbosity=0)
        return _asked()


def _asked() -> dict[str, tuple[float, float]]:
    from ccmp.people.asking import asks  # these read the settings
    from ccmp.people.enums import Role
    from ccmp.people.models import Posting
    from ccmp.walls.asking import whole_reach

    found = {}
    for role in (Role.COMPANION_MOTHER, Role.COUNTY_OFFICER):
        with whole_reach("a measurement"):
            post = Posting.objects.current().filter(role=role).select_related("user").in_order().first()
        assert post is not None
        for name, ask in _questions(post.user).items():
            wall, none = (
                _times(ask, lambda user=post.user: asks(user)),
                _times(ask, lambda: whole_reach("a measurement")),
            )
            found[f"{name}, {role.label}"] = (wall, none)
    return found


def _questions(user: Any) -> dict[str, Callable[[], Any]]:
    from children.models import Child, Kinship  # these read the settings
    from visits.models import VisitDeadline

    child = Child.objects.visible_to(user)
    return {
        "a page of children": lambda: list(child.select_related("household").order_by("village_code", "id")[:50]),
        "how many children": lambda: child.count(),
        "a file with its family": lambda: [
            list(Kinship.objects.filter(child=one).select_related("relative")) for one in child.order_by("id")[:1]
        ],
        "a search by name": lambda: list(child.filter(name__contains="雨").order_by("id")[:20]),
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
