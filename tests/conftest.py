"""The servers that the tests stand on: PostgreSQL and Valkey of their own, a Celery worker, a browser."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from ccmp import local_servers
from ccmp.walls.asking import WHOLE, let_ask

pytest_plugins = ["tests.fixtures", "tests.web_server", "tests.worker"]
_servers: list[local_servers.RunningServers] = []


def pytest_configure(config: pytest.Config) -> None:
    """Once per run: xdist's workers find the servers of their controller."""
    let_ask(lambda _statement: WHOLE)  # what a test sets up and looks at; each request asks as its own user
    if hasattr(config, "workerinput"):
        return
    wanted = {"postgres": not os.environ.get("DATABASE_URL"), "valkey": not os.environ.get("REDIS_URL")}
    if any(wanted.values()):
        _servers.append(_start(Path(os.environ["TEST_VAR"]), **wanted))


def _start(var: Path, **wanted: bool) -> local_servers.RunningServers:
    try:
        return local_servers.start(var, throwaway=True, **wanted)
    except local_servers.ServerFailed:  # without fsync a machine that went down may have left broken data: make it anew
        for folder in ("postgres", "valkey"):
            shutil.rmtree(var / folder, ignore_errors=True)
        return local_servers.start(var, throwaway=True, **wanted)


def pytest_unconfigure() -> None:
    while _servers:
        _servers.pop().stop()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests with threads of their own empty all tables behind them; only tests of the trail itself are refused that."""
    with django_db_blocker.unblock(), connection.as_owner(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(
            "SELECT format('ALTER TABLE %I DISABLE TRIGGER audit_is_not_emptied', tgrelid::regclass::name)"
            " FROM pg_trigger WHERE tgname = 'audit_is_not_emptied'"
        )
        for (command,) in cursor.fetchall():
            cursor.execute(command)
