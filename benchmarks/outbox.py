"""What an outbox costs beside its entries' own commits, as a ratio within one run. Needs a database with a demo in it:

    VAR=/tmp/bench .venv/bin/python benchmarks/outbox.py

One entry's commit is its service alone, in a transaction of its own: a completed visit to a child. Against it stand the
same hundred visits out of an outbox: as bodies of the API, as forms of her page, and once more when all are held. What
is written is taken away again.
"""

import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")

import django  # noqa: E402

django.setup()

from ccmp.walls.asking import WHOLE, let_ask  # noqa: E402

let_ask(lambda _statement: WHOLE)  # each request asks as its own user

from django.db.models import Count  # noqa: E402
from django.urls import reverse  # noqa: E402

from ccmp.identifiers import new_id  # noqa: E402
from ccmp.moments import CHINA, now  # noqa: E402
from ccmp.people.enums import Role  # noqa: E402
from ccmp.people.models import Posting, User  # noqa: E402
from ccmp.phone.models import OutboxEntry  # noqa: E402
from ccmp.phone.services.outbox import take_outbox  # noqa: E402
from children.models import Child  # noqa: E402
from visits.entries import VisitEntry  # noqa: E402
from visits.models import Visit, VisitDeadline  # noqa: E402
from visits.services.due import rebuild_deadlines  # noqa: E402
from visits.services.visits import record_visit  # noqa: E402

ENTRIES, ROUNDS, BUDGET = 100, 5, 2.0
BEGAN = now() - timedelta(hours=5)
ANSWERS = {"carer": 0, "contact": 0, "injury": 0}


def her_and_her_children() -> tuple[User, list[Child]]:
    """The mother of the village with the most children, and a hundred of them."""
    villages = Child.objects.values("village_code").annotate(children=Count("id")).order_by("-children", "village_code")
    for village in villages:
        post = Posting.objects.current().filter(
            role=Role.COMPANION_MOTHER, place_code=village["village_code"], starts_at__lte=BEGAN
        )
        if found := post.select_related("user").first():
            return found.user, list(Child.objects.under(village["village_code"]).in_order()[:ENTRIES])
    sys.exit("There is no companion mother here. Make a demo first.")


def alone(user: User, children: list[Child]) -> None:
    for number, child in enumerate(children):
        made_at = BEGAN + timedelta(minutes=number)
        entry = VisitEntry(new_id(), child.id, made_at, "completed", answers=ANSWERS, seen_alone=True)
        record_visit(entry=entry, by=user, at=now())


def outbox(user: User, entries: list[dict[str, Any]]) -> None:
    answers = take_outbox(entries=entries, by=user, phone=None, at=now(), clock=now())
    if not all(answer.is_kept for answer in answers):
        sys.exit(next(answer.reason for answer in answers if not answer.is_kept))


def sent(kind: str, number: int, body: dict[str, Any]) -> dict[str, Any]:
    made_at = BEGAN + timedelta(minutes=number)
    return {"id": str(new_id()), "kind": kind, "made_at": made_at.isoformat(), "body": body}


def bodies(children: list[Child]) -> list[dict[str, Any]]:
    given = {"outcome": "completed", "answers": ANSWERS, "seen_alone": True}
    return [sent("visit", number, {"child": str(child.id), **given}) for number, child in enumerate(children)]


def forms(children: list[Child]) -> list[dict[str, Any]]:
    entries = []
    for number, child in enumerate(children):
        wall = (BEGAN + timedelta(minutes=number)).astimezone(CHINA)
        fields = {"id": str(new_id()), "made_at": f"{wall:%Y-%m-%dT%H:%M}", "outcome": "completed", "seen_alone": "yes"}
        fields |= {f"item_{item}": str(rating) for item, rating in ANSWERS.items()}
        body = {"path": reverse("visits:record", args=[child.id]), "query": ""}
        entries.append(sent("visits:record", number, body | {"fields": {name: [fields[name]] for name in fields}}))
    return entries


def cleared(children: list[Child]) -> None:
    """Take away what a round wrote, but for the trail, which nothing is taken out of."""
    VisitDeadline.objects.filter(child__in=children).delete()
    Visit.objects.filter(child__in=children, recorded_at__gte=STARTED).delete()
    OutboxEntry.objects.filter(first_received_at__gte=STARTED).delete()
    rebuild_deadlines(children)


def once(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    user, children = her_and_her_children()
    best = dict.fromkeys(("alone", "as bodies of the API", "as forms of her page", "all held already"), math.inf)
    for _round in range(ROUNDS):  # one after the other, so that a busy minute is everybody's
        for name, took in one_round(User.objects.get(pk=user.pk), children):
            best[name] = min(best[name], took)
    print(f"{len(children)} visits, one commit each: {best['alone']:.2f} s")
    for name in list(best)[1:]:
        print(f"out of an outbox, {name}: {best[name]:.2f} s: ratio {best[name] / best['alone']:.2f} (budget {BUDGET})")


def one_round(user: User, children: list[Child]) -> Iterator[tuple[str, float]]:
    yield "alone", once(lambda: alone(user, children))
    cleared(children)
    entries = bodies(children)
    yield "as bodies of the API", once(lambda: outbox(user, entries))
    cleared(children)
    filled_in = forms(children)
    yield "as forms of her page", once(lambda: outbox(user, filled_in))
    yield "all held already", once(lambda: outbox(user, filled_in))
    cleared(children)


if __name__ == "__main__":
    STARTED = now()
    main()
