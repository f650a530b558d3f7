"""Run every benchmark on a demo of its own, in VAR (var/bench): `VILLAGES=213 make bench`.

The demo is made once and kept. The register's pages are measured at CHILDREN (20,000; RESULTS.md has a million) beside a
thousand, in databases of their own. What is printed goes into RESULTS.md, with the day and the scale.
"""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from ccmp import local_servers

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR", str(ROOT / "var" / "bench")))
VILLAGES = os.environ.get("VILLAGES", "20")
CHILDREN = os.environ.get("CHILDREN", "20000")
PORT = os.environ.get("PORT", "8799")
BASE = f"http://127.0.0.1:{PORT}"
MOTHER = re.compile(r"^ *(m\d{12}) +(\S+)", re.MULTILINE)


def run(*command: str) -> None:
    subprocess.run([sys.executable, *command], cwd=ROOT, env={**os.environ, "VAR": str(VAR)}, check=True)


def await_web(process: "subprocess.Popen[bytes]") -> None:
    for _try in range(150):
        try:
            urllib.request.urlopen(f"{BASE}/health/live", timeout=2)
            return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                sys.exit("The web does not start; its words stand above.")
            time.sleep(0.2)
    sys.exit("The web did not start within 30 seconds.")


def pages() -> None:
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "ccmp.wsgi", "-b", f"127.0.0.1:{PORT}", "-w", "2", "--log-level", "warning"],
        cwd=ROOT,
        env={**os.environ, "VAR": str(VAR)},
    )
    try:
        await_web(web)
        username, password = MOTHER.findall((VAR / "accounts.txt").read_text(encoding="utf-8"))[0]
        subprocess.run([sys.executable, "benchmarks/pages.py", BASE, username, password], cwd=ROOT, check=False)
        print("\n— until her phone works without a network —", flush=True)
        subprocess.run([sys.executable, "benchmarks/first_day.py", BASE, username, password], cwd=ROOT, check=False)
    finally:
        web.terminate()
        web.wait(20)


def main() -> None:
    with local_servers.running(VAR):
        run("tools/words.py", "compile")
        run("manage.py", "migrate", "-v0")
        run("manage.py", "collectstatic", "--noinput", "-v0")
        run("manage.py", "demo", "--villages", VILLAGES, "--months", "6", "--seed", "7", "--if-empty")
        print(f"\n— reports, {VILLAGES} villages —", flush=True)
        run("benchmarks/reports.py")
        print("\n— an outbox of 100 entries —", flush=True)
        run("benchmarks/outbox.py")
        print("\n— working out what nobody claimed —", flush=True)
        run("benchmarks/take_up.py")
        print("\n— one contact of a phone —", flush=True)
        run("benchmarks/phone.py")
        print("\n— a companion mother's pages: 400 kbit/s, 400 ms round trips —", flush=True)
        pages()
        print(f"\n— the register's pages, 1,000 and {int(CHILDREN):,} children —", flush=True)
        run("benchmarks/register_scale.py", CHILDREN)
        print("\n— a rule of the benefits changed —", flush=True)
        run("benchmarks/rules_changed.py", CHILDREN)
        print("\n— a register of 5,000 rows is brought —", flush=True)
        run("benchmarks/register_import.py", "5000")
    print(f"\n— what the wall costs, 1,000 and {int(CHILDREN):,} children —", flush=True)
    run("-m", "benchmarks.walls", "--children", "1000", "--children", CHILDREN)


if __name__ == "__main__":
    main()
