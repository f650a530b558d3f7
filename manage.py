#!/usr/bin/env python
"""Run a management command, on the program's own servers where no others are named."""

import contextlib
import os
import sys
from pathlib import Path

from ccmp import local_servers

ROOT = Path(__file__).resolve().parent
# These say something about the code alone, and need no server.
WITHOUT_SERVERS = {"help", "version", "--version", "--help", "collectstatic", "findstatic", "spectacular"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")
    from django.core.management import execute_from_command_line  # Django reads the settings: name them first

    from ccmp.walls.doing import Doing, done_as  # the same

    command = " ".join(sys.argv[1:2])
    with servers_for(sys.argv), done_as(Doing(what=f"command {command}")):
        execute_from_command_line(sys.argv)


def servers_for(arguments: list[str]) -> contextlib.AbstractContextManager[object]:
    wanted = {"postgres": not os.environ.get("DATABASE_URL"), "valkey": not os.environ.get("REDIS_URL")}
    if not any(wanted.values()) or len(arguments) < 2 or arguments[1] in WITHOUT_SERVERS:
        return contextlib.nullcontext()
    if wanted["postgres"]:
        os.environ["PATH"] += os.pathsep + str(local_servers.postgres_programs())  # `dbshell` calls psql
    var = Path(os.environ.get("VAR") or ROOT / "var")
    return local_servers.running(var, **wanted)


if __name__ == "__main__":
    try:
        main()
    except local_servers.ServerFailed as failure:
        sys.exit(str(failure))
