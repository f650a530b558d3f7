"""What one contact of a phone costs and weighs, for a village of 540 children. Needs a database with a demo in it:

    VAR=/tmp/bench .venv/bin/python benchmarks/phone.py

Each contact goes through the whole program, from address to answer, as does the page that it is measured against: her
own settings, an all but empty page for somebody who is signed in. The biggest village is filled up with copies of its
children, their carers and their visits; all that is taken back.
"""

import gzip
import json
import math
import os
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")

import django  # noqa: E402

django.setup()

from ccmp.walls.asking import WHOLE, let_ask  # noqa: E402

let_ask(lambda _statement: WHOLE)  # each request asks as its own user

from django.conf import settings  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from ccmp.identifiers import new_id  # noqa: E402
from ccmp.moments import now  # noqa: E402
from ccmp.people.enums import Role  # noqa: E402
from ccmp.people.models import Posting, User  # noqa: E402
from ccmp.phone.services.phones import set_up_phone  # noqa: E402
from children.models import Child, Guardianship, Household, Kinship, Relative  # noqa: E402
from tests.signing_in import Client  # noqa: E402
from visits.models import Visit, VisitDeadline  # noqa: E402

CHILDREN, ROUNDS, BUDGET = 540, 7, 150_000


def mother_of_the_biggest() -> tuple[User, str]:
    villages = Child.objects.values("village_code").annotate(children=Count("id")).order_by("-children", "village_code")
    for village in villages:
        post = Posting.objects.current().filter(role=Role.COMPANION_MOTHER, place_code=village["village_code"])
        if found := post.select_related("user").first():
            return found.user, village["village_code"]
    sys.exit("There is no companion mother here. Make a demo first.")


def copy_of(row: models.Model, **changed: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    key = row._meta.pk
    values[key.attname] = new_id() if isinstance(key, models.UUIDField) else None
    return type(row)(**(values | changed))


def fill_up(village_code: str) -> None:
    """Homes are copied whole, with whoever lives there and each child's visits, until the village has enough children."""
    homes = list(Household.objects.filter(village_code=village_code).order_by("id"))
    there = Child.objects.filter(village_code=village_code).count()
    for home in islice(cycle(homes), CHILDREN):
        children = list(Child.objects.filter(household=home).order_by("id"))[: CHILDREN - there]
        if there >= CHILDREN:
            return
        copy_home(home, children)
        there += len(children)


def copy_home(home: Household, children: list[Child]) -> None:
    new_home = copy_of(home)
    new_home.save(force_insert=True)
    relatives = {one.pk: copy_of(one, household_id=new_home.pk) for one in Relative.objects.filter(household=home)}
    Relative.objects.bulk_create(relatives.values())
    for child in children:
        given = {"resident_id": "", "resident_id_index": None, "no_id_reason": "not_at_hand"}
        new_child = copy_of(child, household_id=new_home.pk, **given)
        new_child.save(force_insert=True)
        for model, by in ((Kinship, "relative_id"), (Guardianship, "carer_id")):
            rows = [
                row
                for row in model.objects.filter(child=child)
                if not getattr(row, by) or getattr(row, by) in relatives
            ]
            model.objects.bulk_create(
                copy_of(row, child_id=new_child.pk, **{by: getattr(relatives.get(getattr(row, by)), "pk", None)})
                for row in rows
            )
        visits = {one.pk: copy_of(one, child_id=new_child.pk) for one in Visit.objects.filter(child=child)}
        Visit.objects.bulk_create(visits.values())
        running = VisitDeadline.objects.filter(child=child, closed_on__isnull=True)
        VisitDeadline.objects.bulk_create(copy_of(row, child_id=new_child.pk) for row in running)


class Sender:
    """A phone that was just set up, and its holder signed in at a page."""

    def __init__(self, user: User) -> None:
        made = set_up_phone(phone_id=new_id(), label="benchmark", by=user, at=now())
        self.phone, self.header = str(made.phone.pk), {"Authorization": f"Phone {made.token}"}
        self.client = Client()
        self.client.force_login(user, backend="ccmp.people.backends.PostingBackend")

    def contact(self, cursor: str = "", mark: str = "") -> Any:
        body = {"phone": self.phone, "cursor": cursor, "hash": mark}
        headers = {**self.header, "Accept-Encoding": "gzip"}
        answer = Client().post("/api/v1/phones/changes/", body, content_type="application/json", headers=headers)
        if answer.status_code != 200:
            sys.exit(f"{answer.status_code}: {answer.content!r}")
        return answer

    def page(self) -> None:
        answer = self.client.get("/account/")
        if answer.status_code != 200:
            sys.exit(f"The page answered {answer.status_code}.")


def best_of(work: Callable[[], object]) -> float:
    best = math.inf
    for _round in range(ROUNDS):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def measure(user: User, village_code: str) -> None:
    sender = Sender(user)
    whole = sender.contact()
    told = json.loads(gzip.decompress(whole.content))
    held = told["cursor"], told["hash"]
    page, everything = best_of(sender.page), best_of(sender.contact)
    sender.contact()
    nothing = best_of(lambda: sender.contact(*held))
    count = Child.objects.filter(village_code=village_code).count()
    print(f"{count} children, {len(told['docs'])} docs; an all but empty page: {page * 1000:.0f} ms")
    print(f"all of it: {len(whole.content):,} bytes on the wire (budget {BUDGET:,})")
    print(f"all of it: {everything * 1000:.0f} ms, ratio {everything / page:.1f}, {queries(sender.contact)} queries")
    again = queries(lambda: sender.contact(*held))
    print(f"nothing changed: {nothing * 1000:.0f} ms, ratio {nothing / page:.1f}, {again} queries")


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    user, village_code = mother_of_the_biggest()
    with transaction.atomic():
        fill_up(village_code)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        measure(user, village_code)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
