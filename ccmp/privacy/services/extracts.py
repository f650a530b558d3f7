"""Pseudonymised rows for a study: keyed pseudonyms, bands instead of numbers, nobody who stands out, and never a name."""

import base64
import csv
import hashlib
import hmac
import io
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of, start_of
from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.places.models import Enrolment, Place
from ccmp.places.rules.standards import value
from ccmp.privacy.models import Extract, Study
from ccmp.privacy.rules.alike import Row, age_band, enough_alike, visits_band
from ccmp.refusals import NotAllowed, Refusal
from ccmp.walls.asking import whole_reach
from children.enums import ConsentPurpose, LabelKind
from children.models import Child
from children.models.child import ChildQuerySet
from visits.models import Visit

A_YEAR = timedelta(days=365)
AS_THEY_ARE = ("sex", "is_boarding", "school", "risk")
COLUMNS = [one.name for one in fields(Row)]


class NotApproved(Refusal):
    sentence = _("The foundation has not approved this study yet.")


class TooFewAlike(Refusal):
    """Too many rows would have to be left out: what remains would mislead, and still point at somebody."""

    sentence = _("Too many children of this extract stand out. Nothing is taken out; ask for a larger area, or wait.")


@dataclass(frozen=True)
class Taken:
    extract: Extract
    content: bytes


@transaction.atomic
def ask_for_study(*, name: str, purpose: str, by: User, at: datetime) -> Study:
    """A researcher says what she studies and what for. Its pseudonyms have a key of their own."""
    if not reach_of(by, "privacy.add_study"):
        raise NotAllowed(_("Studies are asked for by researchers."))
    key = base64.b64encode(os.urandom(32)).decode()
    study = Study.objects.create(name=name.strip(), purpose=purpose.strip(), key=key, asked_by=by, asked_at=at)
    record(by=by, at=at, did="asked for a study", on=study)
    return study


@transaction.atomic
def approve_study(*, study_id: UUID, by: User, at: datetime) -> Study:
    """The foundation agrees. Approved already: nothing changes."""
    study = Study.objects.select_for_update(of=("self",)).get(pk=study_id)
    if not reach_of(by, "privacy.change_study") or study.asked_by_id == by.id:
        raise NotAllowed(_("A study is approved by the foundation, and by nobody who asked for it."))
    if study.approved_at is None:
        study.approved_by, study.approved_at = by, at
        study.save(update_fields=["approved_by", "approved_at"])
        record(by=by, at=at, did="approved a study", on=study)
    return study


@transaction.atomic
def take_extract(*, study_id: UUID, by: User, at: datetime) -> Taken:
    """The rows of who agreed to the evaluation, as CSV. Raises NotApproved, TooFewAlike. What was taken is in the trail."""
    study = Study.objects.get(pk=study_id)
    if not reach_of(by, "privacy.add_extract"):
        raise NotAllowed(_("Extracts are taken by researchers."))
    if study.approved_at is None:
        raise NotApproved
    on = day_of(at)
    least = value("privacy.least_alike", on=on)
    with whole_reach("an approved study takes the rows of who agreed, without names"):
        found = enough_alike(_rows(study, on=on), least=least)
    if found.left_out * 100 > value("privacy.most_left_out_percent", on=on) * (len(found.rows) + found.left_out):
        raise TooFewAlike
    content = _csv(sorted(found.rows, key=lambda one: one.pseudonym))
    numbers = {"rows": len(found.rows), "widened": found.widened, "left_out": found.left_out}
    digest = hashlib.sha256(content).hexdigest()
    extract = Extract.objects.create(study=study, by=by, at=at, least_alike=least, sha256=digest, **numbers)
    record(by=by, at=at, did="took an extract", on=study, counts={"least_alike": least} | numbers)
    return Taken(extract, content)


def pseudonym(study: Study, child_id: UUID) -> str:
    """The same child has the same one within a study, and another one in each other study."""
    return hmac.new(base64.b64decode(study.key), child_id.bytes, hashlib.sha256).hexdigest()[:20]


def _rows(study: Study, *, on: date) -> list[Row]:
    """Six queries, however many children."""
    agreed = Child.objects.in_register(on=on).with_consent(ConsentPurpose.EVALUATION, on=on)
    away = {
        kind: set(agreed.with_label(kind, on=on).values_list("pk", flat=True))
        for kind in (LabelKind.LEFT_BY_BOTH, LabelKind.LEFT_BY_ONE)
    }
    arms = dict(Enrolment.objects.current(on=on).values_list("village_code", "arm"))
    places = dict(Place.objects.filter(code__endswith="000000").values_list("code", "name"))
    visits = Counter(dict(_visits(on=on)))
    return [
        Row(
            pseudonym=pseudonym(study, pk),
            province=places.get(f"{code[:2]}0000000000", code[:2]),
            county=places.get(f"{code[:6]}000000", code[:6]),
            arm=arms.get(code, ""),
            parents_away=next((kind.value for kind, among in away.items() if pk in among), ""),
            visits=visits_band(visits[pk]),
            age=age_band(_years(born_on, on)),
            **dict(zip(AS_THEY_ARE, told, strict=True)),
        )
        for pk, code, born_on, *told in _agreed_told(agreed)
    ]


def _agreed_told(agreed: ChildQuerySet) -> Iterator[tuple[Any, ...]]:
    last = Visit.objects.completed().filter(child=OuterRef("pk")).newest_first().values("level")[:1]
    rows = agreed.annotate(risk=Coalesce(Subquery(last), Value("")))
    yield from rows.values_list("pk", "village_code", "born_on", "sex", "is_boarding", "school_stage", "risk")


def _visits(*, on: date) -> "list[tuple[UUID, int]]":
    made = Visit.objects.completed().filter(made_at__gte=start_of(on - A_YEAR))
    return list(made.values("child").annotate(number=Count("pk")).values_list("child", "number"))


def _years(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _csv(rows: list[Row]) -> bytes:
    """With a mark that spreadsheets read as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in rows)
    return text.getvalue().encode("utf-8-sig")
