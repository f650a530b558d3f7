"""The program's own role, and what it does about statements that are not like others."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, transaction

from ccmp.many_rows import FEW, insert_many
from ccmp.walls.asking import whole_reach
from ccmp.walls.postgresql.base import DatabaseWrapper
from children.models import Child, Household
from tests import factories
from tests.factories import CLOUD_FOOT, FENGGANG_VILLAGE
from tests.walls.asked import as_somebody


def test_a_process_that_owns_the_tables_does_not_start(db):
    owner = connection.settings_dict["OWNER"]
    asked = {name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}

    with pytest.raises(ImproperlyConfigured, match="OWNER_DATABASE_URL"):
        DatabaseWrapper({**connection.settings_dict, **asked}, alias="owner").connect()


def homes(code, number):
    return [Household(village_code=code, head_name=f"第{n}家") for n in range(number)]


def test_many_rows_are_written_within_reach_and_none_beyond(mother):
    with as_somebody(mother):
        insert_many(homes(CLOUD_FOOT, FEW + 50))
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            insert_many(homes(FENGGANG_VILLAGE, FEW + 50))
    with whole_reach("a test"):
        insert_many(homes(FENGGANG_VILLAGE, FEW + 50))

    assert Household.objects.filter(village_code=CLOUD_FOOT).count() == FEW + 50
    assert Household.objects.filter(village_code=FENGGANG_VILLAGE).count() == FEW + 50


def test_a_long_list_is_read_to_its_end_by_who_began_it(mother, other_mother):
    """A cursor on the server would be read by whoever asks by then."""
    factories.make_child(mother)
    with as_somebody(mother):
        rows = Child.objects.order_by("id").iterator(chunk_size=1)
        first = next(rows)
        with whole_reach("a test"):
            rest = list(rows)

    assert (first.village_code, rest) == (CLOUD_FOOT, [])


def test_a_village_is_planned_behind_the_wall_as_it_is_without_it(mother, other_mother):
    """Guessed at, the policy would make one row of it, and a join of two such tables go through all of one for each of the other."""
    with whole_reach("a test"), connection.cursor() as cursor:
        insert_many([one for n in range(60) for one in homes(f"5203231{n:05}", 20)])
        cursor.execute("ANALYZE children_household")
    village = Household.objects.filter(village_code__startswith="520323100007")

    planned = {}
    for name, block in (("behind", as_somebody(mother)), ("without", whole_reach("a test"))):
        with block:
            planned[name] = json.loads(village.explain(format="json"))[0]["Plan"]

    assert planned["behind"]["Index Name"] == planned["without"]["Index Name"] == "households_of_a_village"
    assert planned["behind"]["Plan Rows"] == pytest.approx(20, abs=1)
    assert planned["without"]["Plan Rows"] == 20
