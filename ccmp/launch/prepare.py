"""One process, one start of Django: words, tables, static files, the demo county.

Every step may be repeated; the launcher notes only when all of them are done.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import call_command

from ccmp.launch.places import ROOT

DEMO = "--villages 20 --months 6 --seed 7"


def main() -> None:
    catalogues = list((ROOT / "ccmp" / "locale").glob("*/LC_MESSAGES/django.po"))
    if any(not fresh(po.with_suffix(".mo"), po) for po in catalogues):
        subprocess.run([sys.executable, ROOT / "tools" / "words.py", "compile"], check=True)
    django.setup()
    say("Making the tables")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    demo = os.environ.get("DEMO") or DEMO
    if demo != "none":
        say("Loading the demo county, if the database is empty")
        call_command("demo", *shlex.split(demo), "--if-empty", "--verbosity=0")  # the launcher tells the accounts


def fresh(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def say(words: str) -> None:
    sys.stdout.write(f"  {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
