"""Lines of the log, in which no word of anybody's stands.

What an exception says is often what somebody wrote: of a row that a constraint refuses the database tells every value. So the log
has where it happened, of which kind it was and which constraint stood in the way, and nothing that was said.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any


class WithoutWords(logging.Formatter):
    """Tells of an exception where and of which kind it was, and not what it says."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging calls it so
        return "".join(_told(ei[1], ei[2])).rstrip("\n")


ID_NUMBER = re.compile(r"(?<![0-9])([1-9][0-9]{5})[0-9]{10}([0-9][0-9Xx])(?![0-9])")
MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9])[0-9]{4}([0-9]{4})(?![0-9])")


class WithoutNumbers(logging.Filter):
    """Whatever a line says: a whole ID number or telephone in it is masked (what ccmp/classified names number and phone)."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = MOBILE.sub(r"\1 **** \2", ID_NUMBER.sub(r"\1**********\2", said))
        if masked != said:
            record.msg, record.args = masked, ()
        return True


class WithoutWordsOfTasks(logging.Filter):
    """Celery puts what a task's exception says into the line itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, dict) and "exc" in record.args:
            error = record.exc_info[1] if record.exc_info else None
            record.args = record.args | {"exc": kind_of(error) if error else "an exception"}
        return True


def lines_without_words(*, level: str) -> dict[str, Any]:
    """As `logging.config` takes it: everything goes to the terminal, one line each, with the request's number."""
    line = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"
    handler = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id", "tasks", "numbers"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "ccmp.web.middleware.RequestIdFilter"},
            "tasks": {"()": "ccmp.web.log_lines.WithoutWordsOfTasks"},
            "numbers": {"()": "ccmp.web.log_lines.WithoutNumbers"},
        },
        "formatters": {"line": {"()": "ccmp.web.log_lines.WithoutWords", "fmt": line}},
        "handlers": {"console": handler},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"fontTools": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}},
    }


def kind_of(error: BaseException) -> str:
    """Its class, and of what the database refused the state and the constraint."""
    diagnosis = getattr(error, "diag", None)
    said = (getattr(diagnosis, "sqlstate", None), getattr(diagnosis, "constraint_name", None))
    beside = " ".join(one for one in said if one)
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{name} ({beside})" if beside else name


def _told(error: BaseException | None, trace: Any, *, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """What led to it first, as Python tells it."""
    if error is None:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _told(before, before.__traceback__, seen=seen | {id(error)})
        yield "\nfrom which came:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(trace)
    yield f"{kind_of(error)}\n"
