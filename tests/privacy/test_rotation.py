"""New keys for what lies sealed: in batches, and whoever is killed between two of them goes on where the rows are."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from ccmp.changes.models import MODELS
from ccmp.privacy.services.rotation import left_to_rotate, sealed_columns
from ccmp.sealed import seal_bytes
from children.models import Child, FileChange, Household, RegisterFile
from tests import factories
from tests.access.world import make_world
from tests.children.importing import bring

ROOT = Path(__file__).resolve().parent.parent.parent
KEY_2 = "2:" + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


def keys_in(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} <> '' ORDER BY 1")
        return [value.partition(":")[0] for (value,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_whoever_is_killed_between_two_batches_goes_on_where_the_rows_are():
    factories.make_places()
    mother = factories.make_mother()
    for name in ("陈雨欣", "陈雨轩", "陈雨桐", "陈雨晨", "陈雨辰"):
        factories.make_child(mother, name=name)
    homes = Household.objects.order_by("id")
    for number, home in enumerate(homes):
        home.address = f"桥头第{number}家"
        home.save(update_fields=["address"])
    two_keys = {"FIELD_KEYS": f"{settings.FIELD_KEYS},{KEY_2}", "TEST_DATABASE_NAME": connection.settings_dict["NAME"]}
    command = [sys.executable, "manage.py", "rotate_keys", "--batch", "2", "--pause", "60"]
    environment = os.environ | two_keys | {"DJANGO_SETTINGS_MODULE": "tests.settings", "VAR": str(settings.VAR)}

    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        said = process.stdout.readline()
        process.send_signal(signal.SIGKILL)

    table, column, number = re.match(r"(\w+)\.(\w+): (\d+) under key 2", said).groups()
    under = keys_in(table, column)
    assert (number, under.count("2"), "1" in under) == ("2", 2, True)
    assert told_of_changes(table) == {"command rotate_keys"}
    with override_keys():
        call_command("rotate_keys", "--batch", "2", stdout=io.StringIO())
        assert {str(one): left_to_rotate(one) for one in sealed_columns() if left_to_rotate(one)} == {}
        assert set(keys_in(table, column)) == {"2"}
        assert sorted(Child.objects.values_list("household__address", flat=True)) == [f"桥头第{n}家" for n in range(5)]


def override_keys():
    return override_settings(FIELD_KEYS=f"{settings.FIELD_KEYS},{KEY_2}")


def test_every_kind_of_sealed_value_is_read_as_before_under_the_new_key(db):
    world = make_world()
    brought = bring(b"x", world.people["M"])
    RegisterFile.objects.filter(pk=brought.pk).update(content=seal_bytes("姓名".encode()))
    change = FileChange.objects.exclude(taken={}).first()
    before = (change.taken, world.facts["own"].child.resident_id, world.facts["own"].phone.data_key)

    with override_keys():
        call_command("rotate_keys", stdout=io.StringIO())
        change.refresh_from_db()
        phone = type(world.facts["own"].phone).objects.get(pk=world.facts["own"].phone.pk)
        child = Child.objects.get(pk=world.facts["own"].child.pk)

        assert (change.taken, child.resident_id, phone.data_key) == before
        assert bytes(RegisterFile.objects.get(pk=brought.pk).content).startswith(b"2:")
        assert [str(one) for one in sealed_columns() if left_to_rotate(one)] == []


def test_what_stood_in_the_open_before_is_sealed_where_it_stands_and_can_be_opened_again(db):
    world, migration = make_world(), import_module("children.migrations.0002_addresses_lie_sealed")
    change = FileChange.objects.exclude(taken={}).first()
    home, taken = world.facts["own"].child.household_id, change.taken
    with connection.cursor() as cursor:
        cursor.execute("UPDATE children_household SET address = '桥头第八家' WHERE id = %s", [home])
        cursor.execute("UPDATE children_filechange SET taken = %s WHERE id = %s", [json.dumps(taken), change.pk])

    migration.seal_what_stands(None, None)
    migration.seal_what_stands(None, None)  # broken off and begun again, nothing is sealed twice

    assert keys_in("children_household", "address")[0] == "1"
    assert (Household.objects.get(pk=home).address, FileChange.objects.get(pk=change.pk).taken) == ("桥头第八家", taken)
    with connection.cursor() as cursor:
        cursor.execute("SELECT taken::text FROM children_filechange WHERE id = %s", [change.pk])
        assert not any(value in cursor.fetchone()[0] for pair in taken.values() for value in pair if len(value) > 2)
    migration.open_what_stands(None, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM children_household WHERE id = %s", [home])
        assert cursor.fetchone()[0] == "桥头第八家"


def told_of_changes(table):
    """By what the rows of a table were changed, as PostgreSQL was told."""
    changes = next(one for one in MODELS.values() if one.pgh_tracked_model._meta.db_table == table)
    return {told["what"] for told in changes.objects.values_list("pgh_context", flat=True) if told and "what" in told}
