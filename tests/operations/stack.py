"""The whole system on servers of its own, so that they can be killed: PostgreSQL, Valkey, web, worker, and a phone that writes."""

import contextlib
import http.client
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from ccmp import local_servers
from ccmp.identifiers import new_id
from ccmp.local_servers import places
from ccmp.local_servers.processes import dies_with_its_parent
from ccmp.moments import CHINA, now
from ccmp.operations.backup.server import Database
from tests.processes import wait_until
from tests.web_server import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_OURS = {"DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER"}
QUEUE_OF_TESTS = "?virtual_host=15"  # where the tests' settings put it when they run alone
KEPT = "SELECT id FROM phone_outboxentry WHERE state = 'kept' AND kind <> 'filling'"
_RECEIPT = (
    "user_id, phone, village_code, made_at, first_received_at, received_at, skew, fingerprint, state, reason, body"
)
# So many receipts more, like one that there is: the file in which they lie grows until no page can be added to it.
MORE_RECEIPTS = f"""INSERT INTO phone_outboxentry (id, kind, {_RECEIPT}, brings, times_sent)
    SELECT gen_random_uuid(), 'filling', {_RECEIPT}, brings, times_sent FROM phone_outboxentry, generate_series(1, %s)
    WHERE id = (SELECT id FROM phone_outboxentry WHERE state = 'kept' LIMIT 1)"""
# The program's roles, which are the server's and in no dump of a database.
ROLES = (
    f"CREATE ROLE {places.PROGRAM} LOGIN NOSUPERUSER NOBYPASSRLS",
    f"CREATE ROLE {places.PROGRAM}_whole NOLOGIN BYPASSRLS",
    f"GRANT {places.PROGRAM}_whole TO {places.PROGRAM} WITH INHERIT FALSE, SET TRUE",
)
# A mother with one child, her session, and her phone's token; as JSON.
PEOPLE = """
import json, django; django.setup()
from ccmp.walls.asking import WHOLE, let_ask; let_ask(lambda _statement: WHOLE)
from django.test.utils import setup_test_environment; setup_test_environment()
from tests import factories
from tests.phone.calling import phone_of, signed_in
factories.make_places()
mother = factories.make_mother(name="罗小琴")
child = factories.make_child(mother, name="陈雨欣")
session = signed_in(mother).cookies["sessionid"].value
print(json.dumps({"session": session, "token": phone_of(mother).token, "child": str(child.pk)}))
"""


@dataclass
class Answer:
    status: int  # 0 when nobody answered
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""


class Stack:
    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        self.environment = {
            **inherited,
            **local_servers.read_or_make_secrets(var),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": str(ROOT),
            "VAR": str(var),
            "TEST_VAR": str(var),
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            "SECURE_COOKIES": "false",
        }
        self.servers = local_servers.start(var)
        self.web: subprocess.Popen[bytes] | None = None
        self.people: dict[str, str] = {}

    # ── from nothing to a system at work ────────────────────────────────────────────────────────────────────────────

    def take_tables_of(self, database: Database) -> None:
        """Tables and permissions as the tests' own database has them: quicker than making them."""
        ours = Database(str(places.socket_directory(self.var)), "", places.OWNER, "", places.DATABASE)
        with self.database() as line:
            for statement in ROLES:
                with contextlib.suppress(psycopg.errors.DuplicateObject):
                    line.execute(statement)
        dump = subprocess.Popen(
            [local_servers.postgres_programs() / "pg_dump", "--no-owner"],
            env=database.environment(),
            stdout=subprocess.PIPE,
        )
        read = [local_servers.postgres_programs() / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
        subprocess.run(read, env=ours.environment(), stdin=dump.stdout, check=True)
        assert dump.wait() == 0

    def make_people(self) -> None:
        said = subprocess.run(
            [sys.executable, "-c", PEOPLE], cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True
        )
        assert said.returncode == 0, said.stderr[-2000:]
        self.people = json.loads(said.stdout.splitlines()[-1])

    def start_web(self) -> None:
        self.web = self._start("gunicorn", "--config", "python:ccmp.gunicorn_conf", "ccmp.wsgi", log="web")
        wait_until(lambda: self.get("/health/live").status == 200)

    def start_worker(self) -> "subprocess.Popen[bytes]":
        words = ("worker", "-c", "1", "--without-mingle", "--without-gossip", "--loglevel", "INFO")
        log = self.log("worker")
        before = log.stat().st_size if log.exists() else 0
        worker = self._start("celery", "-A", "ccmp", *words, log="worker")
        wait_until(lambda: " ready." in log.read_text()[before:] or worker.poll() is not None)
        return worker

    def _start(self, *words: str, log: str) -> "subprocess.Popen[bytes]":
        self.log(log).parent.mkdir(exist_ok=True)
        with self.log(log).open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=dies_with_its_parent(signal.SIGTERM, parent=os.getpid()),
            )

    @property
    def broker(self) -> str:
        return places.redis_url(self.var) + QUEUE_OF_TESTS

    def log(self, part: str) -> Path:
        return self.var / "log" / f"{part}.log"

    def end(self) -> None:
        if self.web and self.web.poll() is None:
            os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()
        self.servers.stop()

    # ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def kill(self, name: str) -> None:
        """As a power cut does, by the number of the one process that we started."""
        [server] = [one for one in self.servers.started if one.name == name]
        assert server.process is not None
        server.process.kill()
        server.process.wait()

    def revive(self) -> None:
        self.servers.revive()

    @contextlib.contextmanager
    def no_file_longer_than(self, size: int) -> Iterator[None]:
        """PostgreSQL begins anew with a limit on its files, as on a disk with no room left; afterwards there is room again."""
        was = resource.getrlimit(resource.RLIMIT_FSIZE)
        self.kill("postgres")
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, was[1]))
        try:
            self.revive()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, was)
        yield
        self.kill("postgres")
        self.revive()

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, body: str, **headers: str) -> Answer:
        return self._ask("POST", path, body, headers)

    def as_mother(self, path: str) -> Answer:
        return self.get(path, Cookie=f"sessionid={self.people['session']}")

    def send(self, *entries: dict[str, Any]) -> Answer:
        headers = {"Authorization": f"Phone {self.people['token']}", "Content-Type": "application/json"}
        return self.post("/api/v1/outbox/", json.dumps(entries), **headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read().decode())
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            line.close()

    def database(self) -> "psycopg.Connection[Any]":
        where = str(places.socket_directory(self.var))
        return psycopg.connect(host=where, user=places.OWNER, dbname=places.DATABASE, autocommit=True)

    def ids_of_entries(self) -> set[str]:
        with self.database() as line:
            return {str(number) for (number,) in line.execute(KEPT)}

    def visits(self) -> int:
        with self.database() as line:
            [count] = line.execute("SELECT count(*) FROM visits_visit").fetchone() or (0,)
            return int(count)


class Phone(threading.Thread):
    """Writes down one visit after another and sends each until the server says that it keeps it, as her phone does."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(daemon=True)
        self.stack = stack
        self.kept: set[str] = set()
        self.answers: list[int] = []
        self.waiting: dict[str, Any] | None = None
        self.is_over = False
        self.at = now() - timedelta(days=1)

    def run(self) -> None:
        while not self.is_over or self.waiting:
            self.waiting = self.waiting or self._written()
            answer = self.stack.send(self.waiting)
            self.answers.append(answer.status)
            if answer.status == 200 and json.loads(answer.text)[0]["kept"]:
                self.kept.add(self.waiting["id"])
                self.waiting = None
            else:
                time.sleep(0.1)

    def _written(self) -> dict[str, Any]:
        self.at += timedelta(minutes=1)
        made = self.at.astimezone(CHINA)
        fields = {"id": str(new_id()), "made_at": made.strftime("%Y-%m-%dT%H:%M"), "outcome": "nobody_home"}
        path = f"/visits/record/{self.stack.people['child']}/"
        return {
            "id": str(new_id()),
            "kind": "visits:record",
            "made_at": made.isoformat(),
            "body": {"path": path, "query": "", "fields": {name: [value] for name, value in fields.items()}},
        }

    def await_more(self, count: int = 3) -> None:
        wanted = len(self.kept) + count
        wait_until(lambda: len(self.kept) >= wanted, seconds=20)

    def end(self) -> set[str]:
        self.is_over = True
        self.join(20)
        assert not self.is_alive(), "an entry is still waiting"
        return self.kept


@contextlib.contextmanager
def running_in(folder: Path, blocker: Any, **environment: str) -> Iterator[Stack]:
    """The system in this folder, with the tables of the tests and somebody to use it; ended behind whoever asked for it."""
    stack = Stack(folder)
    stack.environment.update(environment)
    try:
        with blocker.unblock():
            stack.take_tables_of(Database.ours())
            connection.close()
        stack.make_people()
        stack.start_web()
        yield stack
    finally:
        stack.end()
