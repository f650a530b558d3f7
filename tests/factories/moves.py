from datetime import date
from typing import Any

from ccmp.people.models import User
from children.enums import MoveKind
from children.models import Child, Transfer
from children.rules.moves import MoveEntry
from children.rules.transfers import AskEntry, Home, TransferEntry
from children.services.moves import note_leaving, note_return
from children.services.transfers import ask_for_child, ask_to_take_over, number_mark, take_over
from tests.factories.places import NOW, STONE_SHOOT


def leave(by: User, child: Child, on: date = date(2026, 3, 10), kind: MoveKind = MoveKind.LEFT, **said: Any) -> Child:
    """The child moved away to Dongguan on 10 March."""
    given = {"where": "广东东莞"} if kind == MoveKind.LEFT else {"note": "登记时弄错了"}
    at = said.pop("at", NOW)
    return note_leaving(entry=MoveEntry(child.id, kind, on, **(given | said)), by=by, at=at)


def come_back(by: User, child: Child, on: date = date(2026, 3, 12), **said: Any) -> Child:
    at = said.pop("at", NOW)
    return note_return(entry=MoveEntry(child.id, MoveKind.RETURNED, on, **said), by=by, at=at)


def offer(by: User, child: Child, to: str = STONE_SHOOT, on: date = date(2026, 3, 11), **said: Any) -> Transfer:
    """The old village asks the new one to take the child over."""
    at = said.pop("at", NOW)
    return ask_to_take_over(entry=TransferEntry(child.id, to, on, **({"words": "外婆家在那边。"} | said)), by=by, at=at)


def ask_for(by: User, number: str, to: str = STONE_SHOOT, on: date = date(2026, 3, 11), **said: Any) -> Transfer:
    """The new village asks for the file behind an ID number."""
    at = said.pop("at", NOW)
    home = said.pop("home", Home(head_name="李国强"))
    return ask_for_child(entry=AskEntry(number, number_mark(number), to, on, home, **said), by=by, at=at)


def move_over(old: User, new: User, child: Child, home: Home | None = None, **said: Any) -> Transfer:
    """Offered and taken over: the child belongs to the new village, in 李国强's home."""
    at = said.get("at", NOW)
    transfer = offer(old, child, **said)
    return take_over(transfer_id=transfer.id, home=home or Home(head_name="李国强"), by=new, at=at)
