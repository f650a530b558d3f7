"""Many rows are written as few are: the same values, under the same constraints."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ccmp.identifiers import new_id
from ccmp.many_rows import FEW, insert_many
from ccmp.people.models import User
from children.models import Away, Child, Household, Relative
from tests.factories import CLOUD_FOOT, NOW
from visits.enums import Outcome, RiskLevel
from visits.models import Visit

MANY = FEW + 50


def visits(child: Child, by: User, count: int) -> list[Visit]:
    return [
        Visit(
            id=new_id(),
            village_code=CLOUD_FOOT,
            made_at=NOW + timedelta(minutes=number),
            recorded_at=NOW + timedelta(days=1),
            recorded_by=by,
            fingerprint=f"{number:064}",
            child=child,
            outcome=Outcome.COMPLETED,
            answers={"carer": 1},
            notes={"carer": "奶奶说“\t还好”\\\n下次再来"},
            note="𠮷\\N",
            seen_alone=None if number % 2 else True,
            score=2,
            level=RiskLevel.LOW,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, FEW, MANY])
def test_rows_come_back_as_they_were_written(mother: User, child: Child, count: int) -> None:
    written = visits(child, mother, count)

    insert_many(written)

    fields = [field.attname for field in Visit._meta.concrete_fields]
    held = {visit.id: visit for visit in Visit.objects.all()}
    assert {key: [getattr(visit, name) for name in fields] for key, visit in held.items()} == {
        visit.id: [getattr(visit, name) for name in fields] for visit in written
    }


def test_sealed_text_is_sealed_on_its_way(mother: User, child: Child) -> None:
    home = Household.objects.get(children=child)
    people = [
        Relative(id=new_id(), village_code=CLOUD_FOOT, household=home, name="陈", phone=f"1380000{n:04}")
        for n in range(MANY)
    ]

    insert_many(people)

    assert Relative.objects.extra(where=["phone LIKE '1380000%%'"]).count() == 0
    assert {one.phone for one in Relative.objects.filter(name="陈")} == {one.phone for one in people}


def test_a_constraint_refuses_many_rows_as_it_refuses_one(mother: User, child: Child) -> None:
    grandfather = Relative.objects.filter(kinships__child=child).first()
    stays = [Away(relative=grandfather, since=date(2026, 1, 1), until=date(2025, 1, 1)) for _number in range(MANY)]

    with pytest.raises(IntegrityError, match="a_stay_away_ends_after_it_begins"), transaction.atomic():
        insert_many(stays)

    assert Away.objects.count() == 0


def test_nothing_is_written_for_no_rows() -> None:
    insert_many([])
