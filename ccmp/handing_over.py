"""Handing work to the workers. When the broker is away the rows still say what is to do, and beat has it taken up later."""

import logging
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def hand_over(task: "Task[Any, Any]", **arguments: Any) -> None:
    """Send a task whose row is committed and that something takes up again by the calendar. Never raises for a broker that is away."""
    try:
        task.delay(**arguments)
    except (OperationalError, RedisError) as error:
        log.warning("the broker is away (%s): %s waits until it is taken up", type(error).__name__, task.name)
