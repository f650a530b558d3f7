"""docker-compose.yml as Compose reads it: merged, and with the names of the environment filled in."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = re.compile(r"\$\{(?P<name>\w+)(?:(?P<how>:\?|:-)(?P<rest>[^}]*))?\}")


class NameMissing(Exception):
    """A name that has no value and may not be without one."""


def raw() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def services() -> dict[str, dict[str, Any]]:
    return raw()["services"]


def filled_in(value: Any, names: Mapping[str, str]) -> Any:
    """`${NAME}`, `${NAME:-default}`, `${NAME:?why}` and `$$`, in every string."""
    if isinstance(value, dict):
        return {key: filled_in(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled_in(inner, names) for inner in value]
    return NAME.sub(lambda found: _value(found, names), value).replace("$$", "$") if isinstance(value, str) else value


def _value(found: re.Match[str], names: Mapping[str, str]) -> str:
    if value := names.get(found["name"]):
        return value
    if found["how"] == ":?":
        raise NameMissing(f"{found['name']}: {found['rest']}")
    return found["rest"] or ""


def names_in(text: str) -> dict[str, str]:
    """Each name with how it is asked for: ":?" must have a value, ":-" has a default, "" is repeated from elsewhere."""
    asked: dict[str, str] = {}
    for found in NAME.finditer(text):
        asked[found["name"]] = max(asked.get(found["name"], ""), found["how"] or "")
    return asked
