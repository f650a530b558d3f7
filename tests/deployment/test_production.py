"""The commands and variables of docker-compose.yml, run as they stand there; only the two servers are the tests' own."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.deployment import compose
from tests.processes import wait_until

SITE = "ccmp.example.org"
DATABASE = "production_like"


def random_key() -> str:
    return b64encode(secrets.token_bytes(32)).decode()


def names() -> dict[str, str]:
    return {
        "SITE_ADDRESS": SITE,
        "POSTGRES_PASSWORD": secrets.token_hex(16),
        "PROGRAM_PASSWORD": secrets.token_hex(16),
        "REDIS_PASSWORD": secrets.token_hex(16),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": f"1:{random_key()}",
        "BLIND_INDEX_KEY": random_key(),
        "AUDIT_KEYS": f"1:{random_key()}",
    }


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What a container has: the Dockerfile's and Compose's variables and nothing of ours."""
    var = tmp_path_factory.mktemp("var")
    with psycopg.connect(**_server(), dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    given = compose.filled_in(compose.services()["web"]["environment"], names())
    yield {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "VAR": str(var),
        "STATIC_ROOT": str(var / "static"),
        "BIND": "127.0.0.1",
        **given,
        "DATABASE_URL": _database_url("ccmp_program"),
        "REDIS_URL": settings.CELERY_BROKER_URL.partition("?")[0],
    }
    with psycopg.connect(**_server(), dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(DATABASE)))


def _server() -> dict[str, str]:
    ours = {**settings.DATABASES["default"], **settings.DATABASES["default"]["OWNER"]}
    wanted = {"host": ours["HOST"], "port": ours["PORT"], "user": ours["USER"], "password": ours["PASSWORD"]}
    return {name: str(value) for name, value in wanted.items() if value}


def _database_url(user: str) -> str:
    server = {**_server(), "user": user}
    who = server["user"] + (f":{server['password']}" if "password" in server else "")
    where = server["host"] + (f":{server['port']}" if "port" in server else "")
    return f"postgresql://{who}@{'/' if where.startswith('/') else ''}{where}/{DATABASE}"


def command(service: str) -> list[str]:
    return [str(word) for word in compose.services()[service]["command"]]


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, dict(refusal.headers), ""
    except OSError:
        return 0, {}, ""


@pytest.fixture(scope="module")
def port(environment: dict[str, str]) -> Iterator[int]:
    """The web as Compose starts it, after the tables and the static files."""
    as_owner = {**environment, "OWNER_DATABASE_URL": _database_url(_server()["user"])}
    subprocess.run(command("tables"), cwd=compose.ROOT, env=as_owner, check=True, timeout=300)
    collect = ["python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=compose.ROOT, env=environment, check=True, timeout=300)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = int(door.getsockname()[1])
    web = subprocess.Popen(command("web"), cwd=compose.ROOT, env={**environment, "PORT": str(port)})
    try:
        wait_until(lambda: get(port, "/health/ready")[0] == 200 or web.poll() is not None, seconds=60)
        yield port
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(60)


def test_the_web_is_ready_behind_its_proxy(port: int) -> None:
    status, headers, page = get(port, "/sign-in/", **{"Host": SITE, "X-Forwarded-Proto": "https"})

    assert status == 200
    assert "csrfmiddlewaretoken" in page
    assert "Secure" in headers["Set-Cookie"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_health_check_of_the_image_passes(port: int) -> None:
    words = [str(word) for word in compose.services()["web"]["healthcheck"]["test"][1:]]

    done = subprocess.run(
        [sys.executable, *(word.replace(":8000", f":{port}") for word in words[1:])], check=False, timeout=60
    )

    assert done.returncode == 0


def test_another_host_name_is_refused(port: int) -> None:
    assert get(port, "/sign-in/", Host="evil.example.org")[0] == 400


def test_worker_and_beat_start_with_the_commands_of_compose(environment: dict[str, str], tmp_path: Path) -> None:
    for service, words in (("worker", " ready."), ("beat", "beat: Starting")):
        log = tmp_path / f"{service}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command(service), cwd=compose.ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            wait_until(lambda: words in log.read_text() or process.poll() is not None, seconds=60)  # noqa: B023
            assert words in log.read_text()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY", "AUDIT_KEYS"])
def test_without_a_secret_nothing_starts_and_the_sentence_names_it(environment: dict[str, str], name: str) -> None:
    without = {key: value for key, value in environment.items() if key != name}

    done = subprocess.run(
        ["python", "manage.py", "check"], cwd=compose.ROOT, env=without, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert f"Set {name} in the environment" in done.stderr
