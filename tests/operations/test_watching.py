"""What the machines that watch are told, and what they are not."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from ccmp.moments import now
from ccmp.operations import condition as conditions
from ccmp.operations.backup.kept import name_of
from ccmp.operations.condition import condition
from ccmp.operations.signs_of_life import WORKER, Went, count_task, tasks_counted
from ccmp.operations.tasks import show_life
from ccmp.web.middleware import request_id
from tests.phone.calling import set_up
from tests.processes import wait_until

AT = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
TASKS = ("reports.run_month", "operations.show_life")
READY, METRICS = reverse("health-ready"), reverse("health-metrics")


@pytest.fixture(autouse=True)
def _nobody_was_here(settings):
    settings.METRICS_TOKEN = ""
    conditions._applied.clear()
    cache.delete_many(_kept())
    yield
    cache.delete_many(_kept())


def _kept() -> list[str]:
    """Not all of the cache: the queue of the tests' worker lies in the same place."""
    counted = [f"operations:tasks:{name}:{went}" for name in TASKS for went in (*Went, "milliseconds")]
    return [WORKER, *counted]


def wrong(**kept) -> dict[str, str]:
    return {part.name: part.wrong for part in condition(**kept) if not part.is_well}


def test_a_whole_system_is_ready_and_nothing_is_wrong(client, db):
    cache.set(WORKER, now().timestamp())

    answer = client.get(READY)

    assert answer.status_code == 200
    assert answer.json() == {
        "database": True,
        "broker": True,
        "disk": True,
        "migrations": True,
        "worker": True,
        "wrong": [],
    }


def test_a_silent_worker_is_told_and_pages_go_on(client, db):
    assert wrong(at=AT) == {"worker": "none has shown itself yet: look at worker and beat"}

    cache.set(WORKER, AT.timestamp() - 400)

    assert wrong(at=AT) == {"worker": "none has shown itself for 400 s"}
    assert client.get(READY).status_code == 200


def test_a_disk_that_is_nearly_full_is_not_ready(client, db, settings):
    settings.LOWEST_FREE_DISK = 2**60
    cache.set(WORKER, now().timestamp())

    answer = client.get(READY)

    assert answer.status_code == 503
    assert re.fullmatch(r"disk: only \d+ MiB are free where VAR lies", answer.json()["wrong"][0])


def test_a_migration_that_was_not_applied_is_not_ready(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'referrals'")

    answer = client.get(READY)

    assert answer.status_code == 503
    assert any("run manage.py migrate" in sentence for sentence in answer.json()["wrong"])


def test_a_backup_that_is_lacking_or_old_is_told_once_there_is_a_folder(db, settings, tmp_path):
    cache.set(WORKER, AT.timestamp())
    settings.BACKUP_FOLDER = str(tmp_path)

    assert wrong(at=AT) == {"backup": "there is none in BACKUP_FOLDER"}

    (tmp_path / name_of(AT - timedelta(hours=31))).write_bytes(b"")
    assert wrong(at=AT) == {"backup": "the newest is 31 hours old"}

    (tmp_path / name_of(AT - timedelta(hours=2))).write_bytes(b"")
    assert wrong(at=AT) == {}


def test_figures_are_counts_and_ages_and_nobodys_name(client, mother, child, settings, tmp_path):
    settings.BACKUP_FOLDER = str(tmp_path)
    (tmp_path / name_of(now() - timedelta(hours=2))).write_bytes(b"")
    set_up(mother)
    count_task("reports.run_month", Went.DONE, milliseconds=1500)
    client.force_login(mother)
    client.get(reverse("children:file", args=[child.pk]))

    text = client.get(METRICS).content.decode()

    for line in (
        'ccmp_well{part="database"} 1.0',
        "ccmp_tasks_waiting ",
        "ccmp_tasks_in_hand ",
        "ccmp_phones 1.0",
        "ccmp_outbox_refused 0.0",
        'ccmp_tasks_total{task="reports.run_month",went="done"} 1.0',
        'ccmp_task_seconds_total{task="reports.run_month"} 1.5',
        'ccmp_requests_total{method="GET",page="children:file",status="200"}',
        'ccmp_request_seconds_bucket{le="0.5",page="children:file"}',
    ):
        assert line in text
    [age] = re.findall(r"^ccmp_backup_age_seconds (\S+)$", text, re.MULTILINE)
    assert 7100 < float(age) < 7400
    for word in (child.name, mother.full_name, mother.username, str(child.pk)):
        assert word not in text


@pytest.mark.parametrize(
    ("token", "sent", "status"),
    [
        ("", {"REMOTE_ADDR": "127.0.0.1"}, 200),
        ("", {"REMOTE_ADDR": "10.0.0.9"}, 404),
        ("", {"REMOTE_ADDR": "10.0.0.9", "HTTP_AUTHORIZATION": "Bearer "}, 404),
        ("", {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.9"}, 404),
        ("a-token-of-the-tests", {"REMOTE_ADDR": "10.0.0.9", "HTTP_AUTHORIZATION": "Bearer a-token-of-the-tests"}, 200),
        ("a-token-of-the-tests", {"REMOTE_ADDR": "10.0.0.9", "HTTP_AUTHORIZATION": "Bearer another"}, 404),
    ],
)
def test_figures_are_for_this_machine_or_for_the_token(client, db, settings, token, sent, status):
    settings.METRICS_TOKEN = token

    assert client.get(METRICS, **sent).status_code == status


def test_behind_a_proxy_only_the_token_counts(client, db, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert client.get(METRICS, REMOTE_ADDR="127.0.0.1").status_code == 404


def test_one_number_leads_from_the_request_through_the_worker(worker, worker_process, settings):
    """A task that was sent within a request is logged, by another process, under that request's number."""
    token = request_id.set("edge-87654321")
    try:
        show_life.delay()
    finally:
        request_id.reset(token)

    wait_until(lambda: cache.get(WORKER), seconds=20)
    log = settings.VAR / "log" / f"worker-{connection.settings_dict['NAME']}.log"
    wait_until(
        lambda: re.search(r"\[edge-87654321\] Task operations.show_life\S+ succeeded", log.read_text()), seconds=10
    )
    wait_until(lambda: tasks_counted(["operations.show_life"])[0], seconds=10)
    assert tasks_counted(["operations.show_life"])[0] == {("operations.show_life", Went.DONE): 1}
