"""Lines of the log, in which no word of anybody's stands.

What an exception says is often what somebody wrote: of a row that a constraint refuses the database tells every value. So the log
has where it happened, of which kind it was and which constraint stood in the way, and nothing that was said.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

# Gunicorn's names of them. Without the query: what somebody searched for is a child's name as often as not.
FACTS_OF_A_REQUEST = {
    "request": "{x-request-id}o",
    "method": "m",
    "path": "U",
    "status": "s",
    "bytes": "B",
    "milliseconds": "M",
}
# Our addresses: letters, digits and hyphens, ids and codes among them. An ID number or a telephone's stands in none.
OUR_SIGNS = re.compile(r"[A-Za-z0-9/._-]*")
SOMEBODYS_NUMBER = re.compile(r"(?<![0-9A-Za-z-])(?:\d{11}|\d{15}|\d{17}[\dXx])(?![0-9A-Za-z-])")
NOT_OURS = "(no address of ours)"


def shown_path(path: str) -> str:
    """A path as the log may hold it: what somebody typed into the address bar may be a child's name."""
    return path if OUR_SIGNS.fullmatch(path) and not SOMEBODYS_NUMBER.search(path) else NOT_OURS


class WithoutTypedAddresses(logging.Filter):
    """Django tells of a request that came to nothing by its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.") and isinstance(record.args, tuple):
            record.args = tuple(
                shown_path(one) if isinstance(one, str) and one.startswith("/") else one for one in record.args
            )
        return True


class WithoutHosts(logging.Filter):
    """A host that is none of ours, a cookie that is none: Django repeats what was sent. That it happened is enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.msg, record.args = "A request that was not understood: %s", (record.name.rpartition(".")[2],)
        return True


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


class JsonWithoutWords(WithoutWords):
    """The same as one JSON object a line, for a machine that collects them. Of a request gunicorn's own facts are fields."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            **self._said(record),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

    def _said(self, record: logging.LogRecord) -> dict[str, Any]:
        if record.name == "gunicorn.access" and isinstance(record.args, dict):
            return {name: record.args.get(atom) for name, atom in FACTS_OF_A_REQUEST.items()}
        return {"message": record.getMessage()}


def lines_without_words(*, level: str, as_json: bool = False) -> dict[str, Any]:
    """As `logging.config` takes it: everything goes to the terminal, one line each, with the request's number."""
    line = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"
    form = JsonWithoutWords if as_json else WithoutWords
    handler = {
        "class": "logging.StreamHandler",
        "formatter": "line",
        "filters": ["request_id", "tasks", "typed", "hosts", "numbers"],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "ccmp.web.middleware.RequestIdFilter"},
            "tasks": {"()": "ccmp.web.log_lines.WithoutWordsOfTasks"},
            "typed": {"()": "ccmp.web.log_lines.WithoutTypedAddresses"},
            "hosts": {"()": "ccmp.web.log_lines.WithoutHosts"},
            "numbers": {"()": "ccmp.web.log_lines.WithoutNumbers"},
        },
        "formatters": {"line": {"()": f"{form.__module__}.{form.__qualname__}", "fmt": line}},
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
