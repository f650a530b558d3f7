"""The addresses of own servers, as Django and Celery read them."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ

from ccmp import local_servers
from ccmp.local_servers import places


def test_django_reads_the_socket_directory_from_the_address() -> None:
    found = environ.Env().db_url_config(local_servers.database_url(Path("/srv/a b%20c/孩子")))

    assert {name: found[name] for name in ("NAME", "USER", "HOST", "PORT")} == {
        "NAME": "ccmp",
        "USER": "ccmp",
        "HOST": "/srv/a b%20c/孩子/run",
        "PORT": "",
    }


def test_the_program_connects_as_somebody_who_is_not_the_owner() -> None:
    found = environ.Env().db_url_config(local_servers.program_database_url(Path("/srv/ccmp")))

    assert (found["USER"], found["NAME"], found["HOST"]) == ("ccmp_program", "ccmp", "/srv/ccmp/run")


def test_the_broker_is_a_socket_beside_the_database() -> None:
    assert local_servers.redis_url(Path("/srv/ccmp")) == "redis+socket:///srv/ccmp/run/valkey.sock"


def test_no_name_of_a_folder_makes_a_socket_too_long() -> None:
    for length in range(1, 200):
        directory = places.socket_directory(Path("/") / ("x" * length))

        assert len(os.fsencode(directory / places.POSTGRES_SOCKET)) <= places.LONGEST_SOCKET_PATH


def test_an_address_starts_nothing_and_writes_nothing(tmp_path: Path) -> None:
    var = tmp_path / "var"

    assert urlsplit(local_servers.redis_url(var)).scheme == "redis+socket"
    assert not var.exists()
