"""What a long trail costs: sealing it, verifying it, and how much memory the verification takes.

    python -m benchmarks.trail --lines 20000 --lines 200000

Each size has a throwaway server of its own. `verify_audit` runs in a process of its own, beside an empty one of the same kind.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.core.management import call_command

from ccmp import local_servers

AT_ONCE = 5_000
OVER_DAYS = 90  # the lines lie in four months' tables


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, action="append")
    parser.add_argument("--one", type=int, help="measure this size here, and print what was found as JSON")
    parser.add_argument("--verify", action="store_true", help="verify here, and print seconds and memory as JSON")
    told = parser.parse_args()
    if told.verify:
        print(json.dumps(_verified()))
    elif told.one is not None:
        print(json.dumps(_measured(told.one)))
    else:
        for size in sorted(told.lines or [20_000, 200_000]):
            with TemporaryDirectory() as folder:
                found = _in_a_process("--one", str(size), VAR=folder)
            print(f"{size:>9,} lines: " + ", ".join(f"{name} {value:.2f}" for name, value in found.items()))


def _in_a_process(*words: str, **named: str) -> Any:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ccmp.settings", **named}
    words = ("-m", "benchmarks.trail", *words)
    return json.loads(
        subprocess.run([sys.executable, *words], env=environment, stdout=subprocess.PIPE, check=True).stdout
    )


def _measured(size: int) -> dict[str, float]:
    with local_servers.running(Path(os.environ["VAR"]), throwaway=True):
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        empty = _in_a_process("--verify")
        written = _timed(lambda: _write(size))
        sealed = _timed(lambda: call_command("seal_audit", verbosity=0, stdout=open(os.devnull, "w")))  # noqa: SIM115
        whole = _in_a_process("--verify")
    return {
        "written in s": written,
        "sealed in s": sealed,
        "verified in s": whole["seconds"],
        "µs a line": whole["seconds"] / size * 1e6,
        "MiB at most": whole["mib"],
        "MiB of an empty trail": empty["mib"],
    }


def _timed(act: Any) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _write(size: int) -> None:
    """As the services do, with marks, each page of names with its 50 children."""
    from ccmp.audit.models import AuditEntry  # these read the settings
    from ccmp.audit.months import make_months
    from ccmp.audit.record import write
    from ccmp.identifiers import new_id
    from ccmp.moments import Month, day_of, now
    from ccmp.walls.asking import whole_reach

    end = now()
    children = [new_id() for _ in range(50)]
    with whole_reach("a measurement"):
        make_months(at=end, since=Month.of(day_of(end - timedelta(days=OVER_DAYS))))
        for first in range(0, size, AT_ONCE):
            write([
                AuditEntry(
                    at=end - timedelta(days=OVER_DAYS) * (1 - number / size),
                    did="saw names" if number % 2 else "read",
                    on_kind="page",
                    on_id="children:list",
                    village_code="520323101201",
                    detail={"children": 50},
                    children=children if number % 2 else children[:1],
                )
                for number in range(first, min(first + AT_ONCE, size))
            ])  # fmt: skip


def _verified() -> dict[str, float]:
    django.setup()
    from ccmp.audit.verifying import verify_trail
    from ccmp.walls.asking import whole_reach

    began = time.perf_counter()
    with whole_reach("a measurement"):
        found = verify_trail()
    assert found.is_whole, found.wrong[:3]
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    main()
