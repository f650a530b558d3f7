"""docker-compose.yml by the rules that its reader relies on. No container engine is needed to read it."""

import re
from typing import Any

import pytest

from tests.deployment import compose

ENDS = {"tables"}  # makes the tables and ends
OURS = {"tables", "web", "worker", "beat"}
KEYS = {
    "build", "image", "user", "restart", "read_only", "tmpfs", "cap_drop", "security_opt", "volumes", "environment",
    "logging", "depends_on", "command", "healthcheck", "stop_grace_period", "shm_size", "ports",
}  # fmt: skip
SECRETS = {
    "POSTGRES_PASSWORD",
    "PROGRAM_PASSWORD",
    "REDIS_PASSWORD",
    "SECRET_KEY",
    "FIELD_KEYS",
    "BLIND_INDEX_KEY",
    "AUDIT_KEYS",
}
EVERY_SERVICE = sorted(compose.services())


def text() -> str:
    return (compose.ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def example_names() -> list[str]:
    lines = (compose.ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return [line.lstrip("#") for line in lines if re.match(r"#?[A-Z_]+=", line)]


def test_the_system_is_web_worker_beat_database_broker_and_proxy() -> None:
    assert set(compose.services()) == {"tables", "web", "worker", "beat", "database", "broker", "proxy"}


@pytest.mark.parametrize("name", EVERY_SERVICE)
def test_a_service_uses_only_keys_that_compose_knows(name: str) -> None:
    service = compose.services()[name]

    assert set(service) <= KEYS
    assert "image" in service or "build" in service


@pytest.mark.parametrize("name", EVERY_SERVICE)
def test_no_service_runs_as_root(name: str) -> None:
    assert compose.services()[name]["user"].split(":")[0] not in ("", "0", "root")


@pytest.mark.parametrize("name", EVERY_SERVICE)
def test_no_service_can_gain_privileges(name: str) -> None:
    assert "no-new-privileges:true" in compose.services()[name]["security_opt"]


@pytest.mark.parametrize("name", sorted(set(EVERY_SERVICE) - ENDS))
def test_a_service_that_stays_comes_back_and_says_how_it_is(name: str) -> None:
    service = compose.services()[name]

    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert service["healthcheck"]["retries"] >= 3


def test_the_tables_are_made_once_before_anybody_works() -> None:
    assert compose.services()["tables"]["restart"] == "no"
    for name in ("web", "worker", "beat"):
        waits_for = compose.services()[name]["depends_on"]
        assert waits_for["tables"] == {"condition": "service_completed_successfully"}
        assert waits_for["database"] == waits_for["broker"] == {"condition": "service_healthy"}


def test_every_dependency_and_every_volume_exists() -> None:
    known = compose.raw()
    for service in known["services"].values():
        assert set(service.get("depends_on", {})) <= set(known["services"])
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in known["volumes"] or (compose.ROOT / source).is_file()


def test_a_secret_has_no_default_and_its_absence_is_named_before_anything_starts() -> None:
    assert {name for name, how in compose.names_in(text()).items() if how == ":?"} == SECRETS | {"SITE_ADDRESS"}
    given = dict.fromkeys(SECRETS | {"SITE_ADDRESS"}, "given")
    for name in SECRETS | {"SITE_ADDRESS"}:
        with pytest.raises(compose.NameMissing, match=name):
            compose.filled_in(compose.raw(), {**given, name: ""})


def test_the_example_names_what_compose_asks_for_and_gives_no_value() -> None:
    names = dict(line.split("=", 1) for line in example_names())

    assert set(names) == set(compose.names_in(text()))
    assert set(names.values()) == {""}


def test_only_the_proxy_is_reachable_from_outside() -> None:
    published = {name: service["ports"] for name, service in compose.services().items() if "ports" in service}

    assert published == {"proxy": ["80:8080", "443:8443"]}


def test_what_must_survive_lies_in_a_named_volume() -> None:
    kept: dict[str, Any] = {
        name: compose.services()[name]["volumes"] for name in ("database", "broker", "web", "worker")
    }

    assert kept == {
        "database": ["database:/var/lib/postgresql"],
        "broker": ["broker:/data"],
        "web": ["files:/var/lib/ccmp"],
        "worker": ["files:/var/lib/ccmp"],
    }


def test_the_proxy_serves_the_site_under_its_name_and_knows_the_web() -> None:
    caddyfile = (compose.ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")

    assert "{$SITE_ADDRESS} {" in caddyfile
    assert "reverse_proxy web:8000" in caddyfile
    assert "http_port 8080" in caddyfile
    assert "https_port 8443" in caddyfile
    assert caddyfile.count("{") == caddyfile.count("}")


def test_the_proxy_says_in_words_that_the_web_is_away_and_waits_for_no_slow_client() -> None:
    """Once the web's health was asked after in vain the proxy's own answer is 503; and :8080 has time-outs by its own line alone."""
    caddyfile = (compose.ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")

    assert "handle_errors 502 503 504 {" in caddyfile
    assert "handle_errors 413 {" in caddyfile
    assert "\nhttp:// {" in caddyfile
    assert "read_header 15s" in caddyfile
    [proxy] = re.findall(r"keepalive (\d+)s", caddyfile)
    [web] = re.findall(
        r"^keepalive = (\d+)$", (compose.ROOT / "ccmp" / "gunicorn_conf.py").read_text("utf-8"), re.MULTILINE
    )
    assert int(proxy) < int(web)


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_own_processes_share_one_image_and_write_only_where_they_must(name: str) -> None:
    service = compose.services()[name]

    assert service["image"] == "ccmp"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
