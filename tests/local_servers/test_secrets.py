"""The secrets that a program on its own servers makes for itself."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from ccmp.local_servers import secrets


def test_secrets_are_made_once_and_read_ever_after(tmp_path: Path) -> None:
    made = secrets.read_or_make(tmp_path / "var")

    assert secrets.read_or_make(tmp_path / "var") == made
    assert set(made) == {"SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY"}


def test_keys_have_the_size_that_the_cipher_wants(tmp_path: Path) -> None:
    made = secrets.read_or_make(tmp_path)

    number, _, key = made["FIELD_KEYS"].partition(":")
    assert (number, len(base64.b64decode(key)), len(base64.b64decode(made["BLIND_INDEX_KEY"]))) == ("1", 32, 32)
    assert len(made["SECRET_KEY"]) >= 50


def test_two_copies_have_nothing_in_common(tmp_path: Path) -> None:
    one, other = secrets.read_or_make(tmp_path / "one"), secrets.read_or_make(tmp_path / "other")

    assert not set(one.values()) & set(other.values())


def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    secrets.read_or_make(tmp_path)

    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600


def test_processes_that_come_at_once_read_the_same(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from ccmp.local_servers import secrets as s; "
    code += "print(s.read_or_make(Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(tmp_path)]
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]

    said = {other.communicate(timeout=60)[0] for other in others}

    assert said == {f"{secrets.read_or_make(tmp_path)}\n"}
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.env"]


def test_a_file_that_lost_a_key_is_refused_and_no_new_key_is_made_up(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    path.write_text("SECRET_KEY=abc\nBLIND_INDEX_KEY=\n")

    with pytest.raises(secrets.SecretsIncomplete, match="FIELD_KEYS, BLIND_INDEX_KEY"):
        secrets.read_or_make(tmp_path)

    assert path.read_text() == "SECRET_KEY=abc\nBLIND_INDEX_KEY=\n"
