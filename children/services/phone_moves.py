"""What a mother's phone holds of children who come and go: transfers, the county's villages, who is 18 soon, earlier stays."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, CharField, OuterRef, Subquery, When
from django.utils import translation

from ccmp.moments import CHINA, day_of
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from ccmp.places.rules.standards import value
from children.enums import GoneWhy, MoveKind
from children.models import Child, Move, PastStay
from children.models.child import ChildQuerySet
from children.rules.benefits import Benefit
from children.services.farewells import Farewell, coming_of_age, farewells
from children.services.transfer_list import ToldTransfer, told, village_names, villages_to_choose, waiting_or_late

AHEAD = 31  # days that a phone may go without a network, and still show who is 18 soon
MOST = 50  # transfers, as many as the page lists
More = dict[UUID, dict[str, Any]]


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """One sheet for the villages, one for who is 18 soon, one for each transfer."""
    on, code = day_of(at), user.post.place_code if user.post else ""
    near = villages_to_choose(code, "", wide=False, on=on) if code else []
    names = {one.county for one in near}
    yield Doc("villages", _filled({
        "here": village_names([code]).get(code, ""),
        "county": "".join(names),
        "rows": [[one.code, one.name, one.township] for one in near],
    }))  # fmt: skip
    days = value("register.farewell_days", on=on)
    soon = farewells(coming_of_age(user, on=on, days=days + AHEAD), user)
    yield Doc("farewells", {"days": days, "rows": {str(one.child.id): _farewell(one) for one in soon}})
    for row in told(waiting_or_late(user, at=at)[:MOST], user, at=at):
        yield Doc(f"transfer:{row.transfer.id}", _transfer(row, at=at))


def more_of(user: User) -> More:
    """What goes onto a child's sheet: where it belonged before. Two queries, one when nobody ever moved."""
    stays = list(PastStay.objects.filter(child__in=Child.objects.visible_to(user)).order_by("since", "until", "id"))
    names = village_names([one.village_code for one in stays]) if stays else {}
    found: More = defaultdict(dict)
    for one in stays:
        told_stay = [names[one.village_code], one.since.isoformat(), one.until.isoformat(), one.why]
        found[one.child_id].setdefault("stays", []).append(told_stay)
    return found


def with_where_to(children: ChildQuerySet) -> ChildQuerySet:
    """Adds gone_where: where a child who moved away lives now; the twin of `where_to`."""
    left = Move.objects.filter(child=OuterRef("pk"), kind=MoveKind.LEFT, on=OuterRef("gone_on"))
    newest = Subquery(left.order_by("-recorded_at", "id").values("where")[:1])
    return children.annotate(gone_where=Case(When(gone_why=GoneWhy.LEFT, then=newest), output_field=CharField()))


def _farewell(one: Farewell) -> dict[str, Any]:
    return _filled({"ends": _names(one.ends), "begins": _names(one.begins)})


def _names(benefits: Iterable[Benefit]) -> dict[str, list[str]]:
    """In both languages."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = [str(one.name) for one in benefits]
    return {language: names for language, names in found.items() if names}


def _transfer(row: ToldTransfer, *, at: datetime) -> dict[str, Any]:
    one = row.transfer
    days = timedelta(days=value("register.transfer_answer_days", on=day_of(at)))
    return _filled(
        {
            "out": row.is_out,
            "asked": one.asked_by_side,
            "state": one.state,
            "on": one.on.isoformat(),
            "at": one.recorded_at.astimezone(CHINA).isoformat(),
            "late_at": (one.recorded_at + days).astimezone(CHINA).isoformat() if row.is_waiting else "",
            "words": one.words,
            "answer": one.answer,
            "name": row.name,
            "born_on": row.born_on.isoformat() if row.born_on else "",
            "place": row.place,
            "paper": {"on": row.paper["on"], "parts": row.paper["parts"]} if row.paper else None,
            "child": str(one.child_id) if row.child_is_here else "",
            "may": "answer" if row.may_answer else "withdraw" if row.may_withdraw else "",
        }
    )


def _filled(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if value}
