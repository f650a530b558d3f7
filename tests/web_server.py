"""A real web server on the database of the test, with static files as production has them; it can be killed and started."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from ccmp.local_servers.processes import dies_with_its_parent
from tests.processes import wait_until

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ("gunicorn", "--config", "python:ccmp.gunicorn_conf", "ccmp.wsgi")


class WebServer:
    """`gunicorn` as in production, its own process. Its address stays the same when it is killed and started again."""

    def __init__(self, database: str, static_root: Path, log: Path) -> None:
        self.host, self.port = "127.0.0.1", free_port()
        self.log = log
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TEST_DATABASE_NAME": database,
            "TEST_STATIC_ROOT": str(static_root),
            "BIND": self.host,
            "PORT": str(self.port),
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *COMMAND],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=dies_with_its_parent(signal.SIGTERM, parent=os.getpid()),
            )
        wait_until(self.answers)

    def begin_anew(self) -> None:
        """Workers that remember nothing, once those that are still at work have ended theirs."""
        if self.process is None:
            return
        old = self._workers()
        self.process.send_signal(signal.SIGHUP)
        wait_until(lambda: not old & self._workers() and self.answers())

    def _workers(self) -> set[str]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children") if self.process else None
        return set(children.read_text().split()) if children and children.exists() else set()

    def kill(self) -> None:
        """As a power cut does: all of it, at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def answers(self) -> bool:
        line = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            line.request("GET", "/health/live")
            return line.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            line.close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hashed and compressed, as `collectstatic` makes them for production."""
    folder = tmp_path_factory.mktemp("static")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--verbosity=0", "--no-input"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_STATIC_ROOT": str(folder)},
        check=True,
    )
    return folder


@pytest.fixture(scope="session")
def one_web_server(django_db_setup: None, django_db_blocker: Any, collected_static: Path) -> Iterator[WebServer]:
    """The imports are paid once: each test gets new workers of the same master."""
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
    log = Path(settings.VAR) / "log" / f"web-{name}.log"
    log.parent.mkdir(exist_ok=True)
    server = WebServer(name, collected_static, log)
    yield server
    server.kill()


@pytest.fixture
def web_server(transactional_db: None, one_web_server: WebServer) -> Iterator[WebServer]:
    """The server sees what is committed, so a test that uses it commits: its tables are emptied afterwards."""
    as_it_was = dict(one_web_server.environment)
    if one_web_server.process is None:
        one_web_server.start()
    yield one_web_server
    if one_web_server.environment != as_it_was:
        one_web_server.kill()
        one_web_server.environment = as_it_was
    one_web_server.begin_anew()
