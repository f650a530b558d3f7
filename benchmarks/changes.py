"""What it costs that every change is kept: rows updated and removed with the triggers and without them, in one run.

    python -m benchmarks.changes --rows 1000

It fills a database of its own on throwaway servers. Each round is rolled back, so that every round finds the same rows.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.core.management import call_command

from ccmp import local_servers

ROUNDS = 24


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000)
    told = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ |= {"VAR": folder, "DJANGO_SETTINGS_MODULE": "ccmp.settings"}
        with local_servers.running(Path(folder), throwaway=True):
            django.setup()
            call_command("migrate", verbosity=0, interactive=False)
            call_command("demo", villages=3, children=-(-told.rows // 3), months=1, seed=7, verbosity=0)
            _measure(told.rows)


def _measure(rows: int) -> None:
    from ccmp.people.models import User  # these read the settings
    from ccmp.walls.asking import whole_reach
    from children.models import Child, Kinship

    with whole_reach("a measurement"):
        User.objects.bulk_create([User(username=f"bench{number}", full_name="罗小琴") for number in range(rows)])
        users = User.objects.filter(username__startswith="bench")
        children = Child.objects.filter(pk__in=list(Child.objects.order_by("id").values_list("pk", flat=True)[:rows]))
        kin = Kinship.objects.filter(pk__in=list(Kinship.objects.order_by("id").values_list("pk", flat=True)[:rows]))
        for name, rows_of, act in (
            ("one field of accounts", users, lambda: users.update(office="办公室")),
            ("accounts removed", users, lambda: users._raw_delete("default")),
            ("one field of children's files", children, lambda: children.update(school_name="桥头小学")),
            ("children's kin removed", kin, lambda: kin._raw_delete("default")),
        ):
            kept, plain = _compared(act)
            told = f"{1000 * kept:6.1f} ms with ÷ {1000 * plain:6.1f} ms without: {kept / plain:.2f}"
            print(
                f"{name:<32} {rows_of.count():>6} rows  {told}  {1e6 * (kept - plain) / rows:.0f} µs a row", flush=True
            )


def _compared(act: Callable[[], Any]) -> tuple[float, float]:
    """The medians with the triggers and without, by turns."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number in range(ROUNDS):
        is_kept = number % 2 == 0
        _switch(on=is_kept)
        taken[is_kept].append(_time(act))
    _switch(on=True)
    return statistics.median(taken[True][2:]), statistics.median(taken[False][2:])


def _time(act: Callable[[], Any]) -> float:
    from django.db import connection, transaction  # these read the settings

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")  # the connection is there before the clock runs
        began = time.perf_counter()
        act()
        taken = time.perf_counter() - began
        transaction.set_rollback(True)
    return taken


def _switch(*, on: bool) -> None:
    from django.db import connection  # it reads the settings

    word = "ENABLE" if on else "DISABLE"
    with connection.as_owner(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname ~ '^pgtrigger_keep_'")
        for name, table in cursor.fetchall():
            if table in ("people_user", "children_child", "children_kinship"):
                cursor.execute(f"ALTER TABLE {table} {word} TRIGGER {name}")


if __name__ == "__main__":
    main()
