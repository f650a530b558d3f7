"""A broker that is away takes back nothing that was committed."""

import time

from celery import Celery

from ccmp.handing_over import hand_over


def run_month() -> None: ...


def test_work_waits_for_its_row_to_be_taken_up_when_the_broker_is_away(tmp_path, caplog):
    with Celery("nowhere", broker=f"redis+socket://{tmp_path}/nobody.sock", set_as_current=False) as nowhere:
        began = time.monotonic()

        hand_over(nowhere.task(run_month, name="reports.run_month"))

    assert time.monotonic() - began < 5
    assert [record.getMessage() for record in caplog.records if record.name == "ccmp.handing_over"] == [
        "the broker is away (OperationalError): reports.run_month waits until it is taken up"
    ]
