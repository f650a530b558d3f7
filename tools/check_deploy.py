"""Django's own check before deployment, under the variables that docker-compose.yml gives the web: not a warning may be left.

tools/check_deploy.py     fails with what Django says
"""

import os
import secrets
import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.deployment import compose  # noqa: E402 – found only now


def made_up() -> dict[str, str]:
    """Values for this one check, of the form that real ones have."""
    key = b64encode(secrets.token_bytes(32)).decode()
    return {
        "SITE_ADDRESS": "ccmp.example.org",
        "POSTGRES_PASSWORD": secrets.token_hex(16),
        "PROGRAM_PASSWORD": secrets.token_hex(16),
        "REDIS_PASSWORD": secrets.token_hex(16),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": f"1:{key}",
        "BLIND_INDEX_KEY": key,
        "AUDIT_KEYS": f"1:{key}",
    }


def main() -> int:
    given = compose.filled_in(compose.services()["web"]["environment"], made_up())
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    with tempfile.TemporaryDirectory() as var:
        environment = {"PATH": os.environ["PATH"], "VAR": var, "STATIC_ROOT": f"{var}/static", **given}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout, done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
