"""What the programme says when it cannot do what was asked."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise


class Refusal(Exception):
    """An act that the rules do not allow. Subclasses are named for the refusal and carry its sentence.

    `sentence` says what happened and what to do, in the reader's language; `field` names the form field it belongs to,
    `particulars` are what a program may want to know besides.
    """

    sentence: str | Promise = ""
    field: str | None = None
    particulars: Mapping[str, Any] = {}

    def __init__(self, sentence: str | Promise | None = None, *, field: str | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        if field is not None:
            self.field = field
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    """This person may not do this here. Someone else's child is never told apart from no child at all."""


class SameIdOtherContent(Refusal):
    """The sender's id is taken by other content: the same id may only bring the same entry again."""


def permits(check: Callable[..., object], *args: Any, **facts: Any) -> bool:
    """Would this check let it pass? What a page asks before it shows a button."""
    try:
        check(*args, **facts)
    except Refusal:
        return False
    return True
