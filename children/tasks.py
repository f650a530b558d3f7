"""Working out what nobody claimed yet, for the whole register, and letting go of who came of age. Each task may run twice."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import OperationalError, transaction

from ccmp import moments
from ccmp.handing_over import hand_over
from ccmp.walls.asking import whole_reach
from children.enums import ImportState
from children.services.of_age import close_stays_of_age
from children.services.register_files import forget_old_files, left_half_way, read_file, write_file
from children.services.take_up import newest_unfinished, start_working_out, work_out_next_villages

LEFT_AFTER = timedelta(minutes=3)  # without a sign of life for so long, a worker was killed
IN_TIME: dict[str, Any] = {"soft_time_limit": 600, "time_limit": 660}  # seconds; a register takes one or two minutes
SURE: dict[str, Any] = {
    "acks_late": True,
    "reject_on_worker_lost": True,
    "autoretry_for": (OperationalError,),
    "retry_backoff": True,
}


@shared_task(name="children.catch_up", **SURE)
@whole_reach("each day is begun for the whole country")
def catch_up() -> None:
    """Begin with each new day, and with new rules; take up again what was left half-way."""
    at = moments.now()
    run = start_working_out(at=at) or newest_unfinished(touched_before=at - LEFT_AFTER)
    if run is not None:
        key = str(run.id)
        transaction.on_commit(lambda: work_out.delay(run_id=key))


@shared_task(name="children.work_out", **SURE)
@whole_reach("what nobody claimed is worked out for every village")
def work_out(*, run_id: str) -> None:
    """Do some villages, and hand the rest to the queue's end: other work has its turn in between."""
    if work_out_next_villages(UUID(run_id), at=moments.now()):
        work_out.delay(run_id=run_id)


@shared_task(name="children.come_of_age", **SURE)
@whole_reach("who is 18 leaves the register, wherever that is")
def come_of_age() -> None:
    """Each night: whoever is 18 leaves the register, however many nights were missed."""
    close_stays_of_age(at=moments.now())


@shared_task(name="children.read_register_file", **SURE, **IN_TIME)
@whole_reach("a register is held against every file of the country, for its ID numbers")
def read_register_file(*, file_id: str) -> None:
    """Read a brought register and work out what it would do."""
    read_file(UUID(file_id), at=moments.now())


@shared_task(name="children.write_register_file", **SURE, **IN_TIME)
@whole_reach("a register is held against every file of the country, for its ID numbers")
def write_register_file(*, file_id: str) -> None:
    """Take in a register that was confirmed: all of it or nothing."""
    write_file(UUID(file_id), at=moments.now())


@shared_task(name="children.take_up_register_files", **SURE)
@whole_reach("what a killed worker left is looked for everywhere")
def take_up_register_files() -> None:
    """Send again what a killed worker left; forget what nobody confirmed."""
    at = moments.now()
    for file_id, state in left_half_way(at - LEFT_AFTER):
        task = read_register_file if state == ImportState.READING else write_register_file
        task.delay(file_id=str(file_id))
    forget_old_files(at=at)


def begin_reading(file_id: UUID) -> None:
    """Hand a file to the workers once its row is there for them to see."""
    transaction.on_commit(lambda: hand_over(read_register_file, file_id=str(file_id)))


def begin_writing(file_id: UUID) -> None:
    transaction.on_commit(lambda: hand_over(write_register_file, file_id=str(file_id)))
