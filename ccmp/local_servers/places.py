"""Where things lie in VAR, and the addresses that follow from it. Nothing here starts or writes anything."""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

DATABASE = "ccmp"
OWNER = "ccmp"
PROGRAM = "ccmp_program"  # the role that owns nothing; made with the tables
POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"

# A Unix socket's address holds 108 bytes on Linux and 104 on macOS, its closing zero and a lock's suffix included.
LONGEST_SOCKET_PATH = 95


def socket_directory(var: Path) -> Path:
    """VAR/run, or where that is too long for a socket a short directory that is VAR's alone."""
    var = var.resolve()
    own = var / "run"
    if len(os.fsencode(own / POSTGRES_SOCKET)) <= LONGEST_SOCKET_PATH:
        return own
    return Path("/tmp") / f"ccmp-{os.getuid()}-{hashlib.sha256(os.fsencode(var)).hexdigest()[:12]}"  # noqa: S108 – owner and mode are checked before use  # nosec B108


def database_url(var: Path) -> str:
    """The address of VAR's own PostgreSQL for the tables' owner, in the form that django-environ reads."""
    return _database_url(var, OWNER)


def program_database_url(var: Path) -> str:
    """The same for the program, which owns nothing there."""
    return _database_url(var, PROGRAM)


def _database_url(var: Path, role: str) -> str:
    return f"postgresql://{role}@/{quote(str(socket_directory(var)))}/{DATABASE}"


def redis_url(var: Path) -> str:
    """The address of VAR's own Valkey, in the form that Celery reads."""
    return f"redis+socket://{quote(str(socket_directory(var) / VALKEY_SOCKET))}"


def postgres_data(var: Path) -> Path:
    return var / "postgres"


def valkey_data(var: Path) -> Path:
    return var / "valkey"


def log_file(var: Path, name: str) -> Path:
    return var / "log" / f"{name}.log"


def lock_file(var: Path) -> Path:
    return var / "servers.lock"
