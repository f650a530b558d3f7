"""The program's own servers, with real processes: started once, killed hard, found again with their data."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
import redis

from ccmp import local_servers
from ccmp.local_servers import places
from tests.processes import processes_of, the_one, wait_until

HOLD = """
import sys
from pathlib import Path
from ccmp.local_servers import running

with running(Path(sys.argv[1])):
    print("up", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def var() -> Iterator[Path]:
    """Not pytest's own folder: its long name would put every test's sockets elsewhere."""
    with TemporaryDirectory(prefix="ccmp-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def database(var: Path) -> psycopg.Connection:
    return psycopg.connect(host=str(places.socket_directory(var)), user="ccmp", dbname="ccmp", autocommit=True)


def broker(var: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(places.socket_directory(var) / "valkey.sock"))


def holder(var: Path, **environment: str) -> subprocess.Popen[str]:
    """Another process that has the servers running until its input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(var)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def end(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=60)


def test_an_empty_folder_becomes_two_servers_and_nothing_is_left_running(var: Path) -> None:
    with local_servers.running(var), database(var) as connection:
        answer = connection.execute("SELECT current_setting('server_encoding'), 1").fetchone()
        pong = broker(var).ping()

    assert answer == ("UTF8", 1)
    assert pong
    assert processes_of(var) == []


def test_the_servers_listen_on_sockets_alone_that_only_their_owner_may_enter(var: Path) -> None:
    with local_servers.running(var), database(var) as connection:
        listens = connection.execute("SHOW listen_addresses").fetchone()
        port = broker(var).config_get("port")

    assert listens == ("",)
    assert port == {"port": "0"}
    assert places.socket_directory(var).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("locale", ["POSIX", "C", "zh_CN.GBK", "nonsense"])
def test_chinese_names_have_trigrams_whatever_locale_the_caller_has(var: Path, locale: str) -> None:
    other = holder(var, LC_ALL=locale, LANG=locale, LC_CTYPE=locale)
    assert other.stdout
    other.stdout.readline()

    with database(var) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        [trigrams] = connection.execute("SELECT array_length(show_trgm('留守儿童'), 1)").fetchone() or ()
    end(other)

    assert trigrams == 5


def test_what_was_committed_survives_a_kill_of_both_servers(var: Path) -> None:
    servers = local_servers.start(var)
    with database(var) as connection:
        connection.execute("CREATE TABLE village (name text)")
        connection.execute("INSERT INTO village VALUES ('云脚村')")
        broker(var).lpush("celery", "a job")
        the_one(var, "postgres", "-D").kill(signal.SIGKILL)
        the_one(var, "valkey-server").kill(signal.SIGKILL)
    servers.stop()

    with local_servers.running(var), database(var) as connection:
        villages = connection.execute("SELECT name FROM village").fetchall()
        jobs = broker(var).lrange("celery", 0, -1)

    assert villages == [("云脚村",)]
    assert jobs == [b"a job"]


def test_a_server_that_was_killed_is_started_again_while_we_run(var: Path) -> None:
    with local_servers.running(var) as servers:
        quiet = servers.revive()
        the_one(var, "postgres", "-D").kill(signal.SIGKILL)
        the_one(var, "valkey-server").kill(signal.SIGKILL)
        wait_until(lambda: all(server.process.poll() is not None for server in servers.started))

        revived = servers.revive()

        with database(var) as connection:
            answer = connection.execute("SELECT 1").fetchone()
        pong = broker(var).ping()

    assert quiet == []
    assert revived == ["postgres", "valkey"]
    assert (answer, pong) == ((1,), True)


def test_a_killed_caller_takes_its_servers_with_it(var: Path) -> None:
    other = holder(var)
    assert other.stdout
    other.stdout.readline()
    assert len(processes_of(var)) > 2

    other.kill()
    end(other)

    wait_until(lambda: processes_of(var) == [])


def test_processes_that_start_at_once_share_one_server_each(var: Path) -> None:
    others = [holder(var) for _ in range(4)]
    for other in others:
        assert other.stdout
        other.stdout.readline()

    leaders = [process for process in processes_of(var) if "valkey-server" in process.command]
    postmasters = [process for process in processes_of(var) if "postgres -D" in process.command]
    for other in others:
        end(other)

    assert (len(leaders), len(postmasters)) == (1, 1)
    assert processes_of(var) == []


def test_who_found_the_servers_running_leaves_them_running(var: Path) -> None:
    other = holder(var)
    assert other.stdout
    other.stdout.readline()

    with local_servers.running(var) as found:
        assert found.started == []
    with database(var) as connection:
        answer = connection.execute("SELECT 1").fetchone()
    end(other)

    assert answer == (1,)


def test_a_stale_pid_file_that_names_a_living_stranger_is_no_obstacle(var: Path) -> None:
    local_servers.start(var).stop()
    (var / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{var / 'postgres'}\n")
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock", "valkey.sock"):
        (places.socket_directory(var) / name).write_text("1\n")

    with local_servers.running(var), database(var) as connection:
        answer = connection.execute("SELECT 1").fetchone()

    assert answer == (1,)


def test_a_first_start_that_was_cut_off_is_made_anew(var: Path) -> None:
    half = var / "postgres.half-made"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    with local_servers.running(var), database(var) as connection:
        answer = connection.execute("SELECT 1").fetchone()

    assert answer == (1,)
    assert not half.exists()


def test_data_of_another_version_is_refused_with_what_to_do(var: Path) -> None:
    local_servers.start(var, valkey=False).stop()
    (var / "postgres" / "PG_VERSION").write_text("15\n")

    with pytest.raises(local_servers.ServerFailed, match=r"made by PostgreSQL 15.*pg_dump"):
        local_servers.start(var)

    assert processes_of(var) == []


def test_a_folder_whose_name_is_too_long_for_a_socket_works_and_is_not_shared(var: Path) -> None:
    long = var / "一个名字很长的文件夹" / ("x" * 90)
    longer = var / "一个名字很长的文件夹" / ("x" * 91)

    with local_servers.running(long), database(long) as connection:
        answer = connection.execute("SELECT 1").fetchone()

    assert answer == (1,)
    assert len({places.socket_directory(long), places.socket_directory(longer)}) == 2
    places.socket_directory(long).rmdir()


def test_a_folder_behind_a_closed_door_works(var: Path) -> None:
    """As root the servers run as another user, who may not walk through root's home."""
    closed = var / "home"
    closed.mkdir(mode=0o700)

    with local_servers.running(closed / "var"), database(closed / "var") as connection:
        connection.execute("CREATE TABLE village (name text)")
        answer = connection.execute("SELECT count(*) FROM village").fetchone()
    with local_servers.running(closed / "var"), database(closed / "var") as connection:
        again = connection.execute("SELECT count(*) FROM village").fetchone()

    assert (answer, again) == ((0,), (0,))


def test_a_socket_directory_that_belongs_to_somebody_else_is_refused(var: Path) -> None:
    (var / "run").symlink_to("/tmp")

    with pytest.raises(local_servers.ServerFailed, match="not a directory"):
        local_servers.start(var)


def test_of_what_the_database_refuses_no_word_stands_in_its_log(var: Path) -> None:
    with local_servers.running(var), database(var) as connection:
        connection.execute("CREATE TABLE child (name text CONSTRAINT a_name_is_short CHECK (length(name) < 3))")
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("INSERT INTO child VALUES ('石不该看见')")

    log = places.log_file(var, "postgres").read_text(encoding="utf-8")
    assert "a_name_is_short" in log
    assert "石不该看见" not in log
