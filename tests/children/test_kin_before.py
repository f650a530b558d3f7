"""What of a file's grown-ups ended stays in it: at the desk it is read, the latest first."""

from datetime import date

import pytest

from children.enums import Relation
from children.models import Away, Guardianship, Incapacity
from children.services.kin_before import facts_before
from tests.factories import make_child, parent

ON = date(2026, 3, 12)


@pytest.fixture
def child(mother):
    child = make_child(mother, parents=(parent(Relation.FATHER, "陈志强"),), carer=None)
    father = child.kinships.get(relation=Relation.FATHER).relative
    Away.objects.create(relative=father, since=date(2024, 2, 20), until=date(2025, 1, 25), where="广东东莞")
    Away.objects.create(relative=father, since=date(2026, 2, 20), where="浙江义乌")
    Incapacity.objects.create(relative=father, reason="serious_illness", since=date(2025, 3, 1), until=date(2025, 5, 2))
    Guardianship.objects.create(
        child=child,
        carer=father,
        kind="fair",
        since=date(2025, 1, 25),
        until=date(2026, 2, 20),
        ended_because="又去打工",
    )
    Guardianship.objects.create(child=child, kind="none", since=date(2026, 2, 20))
    return child


def test_what_ended_is_told_the_latest_first_and_what_holds_is_not(child, django_assert_num_queries):
    list(child.family)
    with django_assert_num_queries(1):
        found = facts_before(child, on=ON)

    assert [(one.who, f"{one.since}", f"{one.until}", one.because) for one in found] == [
        ("陈志强", "2025-01-25", "2026-02-20", "又去打工"),
        ("爸爸 陈志强", "2025-03-01", "2025-05-02", ""),
        ("爸爸 陈志强", "2024-02-20", "2025-01-25", ""),
    ]


def test_the_office_reads_it_on_the_file_and_another_county_does_not(client, officer, other_county_officer, child):
    client.force_login(officer)
    assert "又去打工" in client.get(child.get_absolute_url()).content.decode()

    client.force_login(other_county_officer)
    assert client.get(child.get_absolute_url()).status_code == 404
