"""What the environment says about this copy of the program: where it lies, where it listens."""

import os
from dataclasses import dataclass
from pathlib import Path

from ccmp import local_servers

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Copy:
    """One running copy. VAR= and PORT= let several stand side by side."""

    var: Path
    host: str
    port: int
    database_is_ours: bool
    broker_is_ours: bool

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}/"

    @property
    def accounts(self) -> Path:
        return self.var / "accounts.txt"

    def log(self, part: str) -> Path:
        return self.var / "log" / f"{part}.log"

    def environment(self) -> dict[str, str]:
        """For every part: what settings.py reads. Secrets that nobody named are made once and kept in VAR."""
        ours = {
            "VAR": str(self.var),
            "PORT": str(self.port),
            "BIND": self.host,
            "DJANGO_SETTINGS_MODULE": "ccmp.settings",
            "PYTHONUNBUFFERED": "1",
        }
        defaults = {
            **local_servers.read_or_make_secrets(self.var),
            "SECURE_COOKIES": "false",
        }  # plain http, this machine
        outside = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")}
        return {**defaults, **outside, **ours}


def copy_from_environment() -> Copy:
    return Copy(
        var=(ROOT / (os.environ.get("VAR") or "var")).resolve(),
        host=os.environ.get("BIND") or "127.0.0.1",
        port=int(os.environ.get("PORT") or 8000),
        database_is_ours=not os.environ.get("DATABASE_URL"),
        broker_is_ours=not os.environ.get("REDIS_URL"),
    )
