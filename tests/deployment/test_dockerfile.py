"""The Dockerfile, read line by line as its builder would."""

import re
from pathlib import Path

from tests.deployment import compose

INSTRUCTIONS = {"FROM", "COPY", "RUN", "WORKDIR", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}


def lines() -> list[tuple[str, str]]:
    """Instruction and the rest, continuation lines joined."""
    text = (compose.ROOT / "Dockerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined if line and line[0] != "#")]


def last_stage() -> list[tuple[str, str]]:
    begins = max(number for number, (word, _) in enumerate(lines()) if word == "FROM")
    return lines()[begins:]


def allowed_into_the_build(path: str) -> bool:
    """Whether .dockerignore lets a path through: everything is kept out but what is named."""
    patterns = (compose.ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    return patterns[0] == "*" and any(f"!{part}" in patterns for part in (path, *map(str, Path(path).parents)))


def test_only_known_instructions_are_used() -> None:
    assert {word for word, _ in lines()} <= INSTRUCTIONS


def test_the_image_is_built_in_stages_and_carries_no_tools_of_the_building() -> None:
    assert [rest for word, rest in lines() if word == "FROM"] == [
        "python:3.11-slim-bookworm AS build",
        "python:3.11-slim-bookworm",
    ]
    assert not any("pip" in rest for _, rest in last_stage())


def test_nothing_is_installed_without_a_hash() -> None:
    installs = [rest for word, rest in lines() if word == "RUN" and "pip install" in rest]

    assert installs
    assert all("--require-hashes" in rest for rest in installs)


def test_the_libraries_that_set_the_reports_are_installed() -> None:
    installs = next(rest for word, rest in last_stage() if "apt-get install" in rest)

    assert {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"} <= set(installs.split())
    assert "rm -rf /var/lib/apt/lists/*" in installs


def test_the_process_is_nobody_of_importance() -> None:
    assert [rest for word, rest in last_stage() if word == "USER"] == ["10001:10001"]
    words = [word for word, _ in last_stage()]
    assert words.index("USER") > max(number for number, word in enumerate(words) if word == "RUN")


def test_the_image_holds_static_files_and_words_but_no_secret() -> None:
    made = next(rest for word, rest in last_stage() if "collectstatic" in rest)

    assert "tools/words.py compile" in made
    assert made.index("VAR=/tmp/build") < made.index("collectstatic") < made.index("rm -rf /tmp/build")
    assert not re.search(r"SECRET|PASSWORD|_KEY", " ".join(rest for _, rest in lines()))


def test_everything_that_the_image_needs_reaches_the_builder_and_nothing_else_does() -> None:
    for path in ("manage.py", "ccmp/settings.py", "children/models", "templates/base.html", "tools/words.py"):
        assert allowed_into_the_build(path), path
        assert (compose.ROOT / path).exists()
    for path in ("var/secrets.env", ".env", ".git/config", "tests/conftest.py", ".venv/bin/python"):
        assert not allowed_into_the_build(path), path


def test_the_image_asks_itself_how_it_is() -> None:
    assert any(word == "HEALTHCHECK" and "/health/ready" in rest for word, rest in last_stage())
