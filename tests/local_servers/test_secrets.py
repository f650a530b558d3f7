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
    assert set(made) == {"SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY", "AUDIT_KEYS"}


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


def test_a_file_from_before_the_trails_keys_is_given_them_once(tmp_path: Path) -> None:
    made = secrets.read_or_make(tmp_path)
    path = tmp_path / "secrets.env"
    path.write_text("".join(f"{name}={made[name]}\n" for name in secrets.NAMES))

    read = secrets.read_or_make(tmp_path)

    assert {name: read[name] for name in secrets.NAMES} == {name: made[name] for name in secrets.NAMES}
    assert read["AUDIT_KEYS"].startswith("1:")
    assert secrets.read_or_make(tmp_path) == read


def test_a_file_whose_key_of_the_trail_was_emptied_is_refused(tmp_path: Path) -> None:
    made = secrets.read_or_make(tmp_path)
    path = tmp_path / "secrets.env"
    path.write_text("".join(f"{name}={made[name]}\n" for name in secrets.NAMES) + "AUDIT_KEYS=\n")

    with pytest.raises(secrets.SecretsIncomplete, match="AUDIT_KEYS"):
        secrets.read_or_make(tmp_path)
