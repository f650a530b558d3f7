"""Whose name stands on the answer to a request.

A list that shows a name does not have to say so: the name of a child is a field that notes who was asked for it while an
answer is made (`NoticedName`), and what is built of values rather than of rows says it by `seen`. What was noted and
really stands in the answer is written into the trail (`ccmp.audit.middleware`).
"""

import json
from collections.abc import Iterable
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.http import HttpResponse
from django.utils.html import escape

TEXTS = ("text/", "application/json", "application/problem+json")


@dataclass
class Noticed:
    """What was noted in the course of one request: child → (name, village), and those whom a line of the trail names."""

    names: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    recorded: set[UUID] = field(default_factory=set)

    def shown_in(self, response: Any) -> dict[UUID, str]:
        """The children whose name stands in an answer and in no line of the trail yet, with their village.

        Of an answer that is no text, or goes out bit by bit, it is everybody whose name was asked for.
        """
        unrecorded = {child: said for child, said in self.names.items() if child not in self.recorded}
        is_text = isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith(TEXTS)
        content = response.content if is_text else b""
        return {
            child: village
            for child, (name, village) in unrecorded.items()
            if not is_text or any(form in content for form in _written(name))
        }


_noticed: ContextVar[Noticed | None] = ContextVar("noticed", default=None)


def notice() -> Token[Noticed | None]:
    """From here on it is noted whose name is asked for."""
    return _noticed.set(Noticed())


def noticed() -> Noticed | None:
    return _noticed.get()


def no_longer(token: Token[Noticed | None]) -> None:
    _noticed.reset(token)


def seen(rows: Iterable[tuple[UUID, str, str]]) -> None:
    """For names that come as values, not as rows: (child, name, village)."""
    if (noted := _noticed.get()) is not None:
        noted.names |= {child: (name, village) for child, name, village in rows}


def recorded(children: Iterable[UUID]) -> None:
    """A line of the trail names them already."""
    if (noted := _noticed.get()) is not None:
        noted.recorded.update(children)


class NoticedAttribute(DeferredAttribute):
    """A field's value on a row. That it was asked for is noted, if it is a row of the database."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and (noted := _noticed.get()) is not None and not instance._state.adding:
            noted.names[instance.pk] = (value, instance.__dict__.get("village_code", ""))
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class NoticedName(models.CharField):
    """The name of somebody of whom it is to be known who saw it. To the database it is text like any other."""

    descriptor_class = NoticedAttribute

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def _written(name: str) -> set[bytes]:
    """A name as a page, JSON, and JSON in ASCII write it."""
    forms = (name, escape(name), json.dumps(name, ensure_ascii=False)[1:-1], json.dumps(name)[1:-1])
    return {form.encode(errors="surrogatepass") for form in forms}
