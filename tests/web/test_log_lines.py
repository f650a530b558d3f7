"""What the log says of an exception, and what it does not."""

import json
import logging
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from ccmp.people.models import User
from ccmp.web.log_lines import JsonWithoutWords, WithoutWords, WithoutWordsOfTasks, kind_of, lines_without_words
from children.models import Child

NAME = "石不该看见"


def line_of(error: BaseException, message: str = "It failed", *args: Any) -> str:
    facts = (type(error), error, error.__traceback__)
    record = logging.LogRecord("celery.app.trace", logging.ERROR, "", 0, message, args, facts)
    WithoutWordsOfTasks().filter(record)
    return WithoutWords("%(levelname)s %(message)s").format(record)


def raised(act: Any) -> BaseException:
    with pytest.raises(Exception) as caught:
        act()
    return caught.value


def test_where_it_happened_and_of_which_kind_and_no_word() -> None:
    def find() -> None:
        try:
            {}[NAME]
        except KeyError as error:
            raise ValueError(f"no child {NAME}") from error

    line = line_of(raised(find))

    assert NAME not in line
    assert line.startswith("ERROR It failed\nTraceback (most recent call last):\n")
    assert "builtins.KeyError\n\nfrom which came:\n\nTraceback" in line
    assert line.endswith("builtins.ValueError")
    assert f'File "{__file__}"' in line


def test_of_a_row_that_the_database_refuses_the_constraint_is_named_and_no_value(child: Child) -> None:
    def break_it() -> None:
        with transaction.atomic():
            Child.objects.filter(pk=child.pk).update(name=NAME, gone_why="left")

    error = raised(break_it)

    assert isinstance(error, IntegrityError)
    assert NAME in str(error)  # the whole row that failed
    assert NAME not in line_of(error)
    assert "(23514 " in line_of(error)


def test_a_tasks_line_names_the_kind_too() -> None:
    error = raised(lambda: int(NAME))

    line = line_of(error, "Task %(name)s raised unexpected: %(exc)s", {"name": "children.read", "exc": repr(error)})

    assert line.splitlines()[0] == "ERROR Task children.read raised unexpected: builtins.ValueError"
    assert NAME not in line


def test_what_led_to_itself_comes_to_an_end() -> None:
    first, second = ValueError(NAME), KeyError(NAME)
    first.__context__, second.__context__ = second, first

    assert line_of(first).count("Traceback") == 2
    assert kind_of(first) == "builtins.ValueError"


def test_the_log_is_written_so(mother: User) -> None:
    [handler] = settings.LOGGING["handlers"].values()

    assert import_string(settings.LOGGING["formatters"][handler["formatter"]]["()"]) is WithoutWords
    assert WithoutWordsOfTasks in {import_string(settings.LOGGING["filters"][one]["()"]) for one in handler["filters"]}


def test_a_line_can_be_json_and_has_no_word_either() -> None:
    error = raised(lambda: int(NAME))
    record = logging.LogRecord(
        "children", logging.ERROR, "", 0, "It failed", (), (type(error), error, error.__traceback__)
    )
    record.request_id = "edge-12345678"

    line = json.loads(JsonWithoutWords().format(record))

    assert (line["level"], line["logger"], line["request"]) == ("ERROR", "children", "edge-12345678")
    assert line["message"] == "It failed"
    assert line["error"].endswith("builtins.ValueError")
    assert NAME not in str(line)
    told = lines_without_words(level="INFO", as_json=True)["formatters"]["line"]["()"]
    assert import_string(told) is JsonWithoutWords


def test_of_a_request_the_facts_are_fields_and_what_was_searched_is_none() -> None:
    """A path that holds quotes breaks no line."""
    said = {"{x-request-id}o": "edge-12345678", "m": "GET", "U": '/a"\\', "s": "200", "B": 9, "M": 4, "q": f"q={NAME}"}
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, "%(m)s %(q)s", (said,), None)

    line = json.loads(JsonWithoutWords().format(record))

    assert {name: line[name] for name in ("request", "method", "path", "status", "bytes", "milliseconds")} == {
        "request": "edge-12345678",
        "method": "GET",
        "path": '/a"\\',
        "status": "200",
        "bytes": 9,
        "milliseconds": 4,
    }
    assert NAME not in str(line)
