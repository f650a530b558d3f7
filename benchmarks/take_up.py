"""Working out what nobody claimed yet, for the whole register: the first time, and when nothing has changed.

Printed as seconds for 10,000 children, and against the plain reading of the same children. Nothing is kept.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")
django.setup()

from ccmp.walls.asking import WHOLE, let_ask  # noqa: E402

let_ask(lambda _statement: WHOLE)  # each request asks as its own user

from django.db import transaction  # noqa: E402 – after the settings

from ccmp.identifiers import new_id  # noqa: E402
from ccmp.moments import day_of, now  # noqa: E402
from children.models import Child, TakeUpRun, Unclaimed  # noqa: E402
from children.services.take_up import work_out_next_villages  # noqa: E402


def timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def whole_run(mark: str) -> None:
    at = now()
    run = TakeUpRun.objects.create(id=new_id(), on=day_of(at), rules=mark, children=0, started_at=at, touched_at=at)
    while work_out_next_villages(run.id, at=at):
        pass


def main() -> None:
    with transaction.atomic():
        Unclaimed.objects.all().delete()
        children = Child.objects.count()
        plain = timed(lambda: list(Child.objects.all()))
        first, again = timed(lambda: whole_run("first")), timed(lambda: whole_run("again"))
        rows = Unclaimed.objects.count()
        transaction.set_rollback(True)
    each = 10_000 / max(children, 1)
    print(f"{children} children, {rows} rows of the list")
    print(f"first time     {first * each:6.2f} s per 10,000, {first / plain:5.1f} × reading the children")
    print(f"nothing new    {again * each:6.2f} s per 10,000, {again / plain:5.1f} × reading the children")


if __name__ == "__main__":
    main()
