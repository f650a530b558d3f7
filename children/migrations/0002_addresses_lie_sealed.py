"""Addresses lie sealed, and so does each value that a correction took: those of the file are sealed where they stand.

Some rows at a time, each time for good: broken off and begun again, it goes on with what is left.
"""

import json

from django.db import connection, migrations, transaction

import ccmp.sealed

AT_ONCE = 1000
COLUMNS = (
    ("children_household", "address"),
    ("children_relative", "address"),
    ("children_child", "hukou_place"),
    ("children_pasthukou", "hukou_place"),
)
SEALED = r"^[0-9]+:[A-Za-z0-9+/]{36,}={0,2}$"
PLAIN = "SELECT id, {column} FROM {table} WHERE {column} <> '' AND {column} !~ %s ORDER BY id LIMIT %s"
OPEN = "SELECT id, {column} FROM {table} WHERE {column} ~ %s ORDER BY id LIMIT %s"
CHANGES = (
    "SELECT id, taken FROM children_filechange WHERE EXISTS (SELECT 1 FROM jsonb_each(taken) one"
    " WHERE jsonb_typeof(one.value) {holds} 'string') ORDER BY id LIMIT %s"
)


def _each(find, asked, table, column, turned):
    """Turn what is found, until nothing is found any more."""
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            rows = cursor.execute(find, asked).fetchall()
            cursor.executemany(
                f"UPDATE {table} SET {column} = %s WHERE id = %s",  # noqa: S608  # nosec B608 – names of our own tables
                [(turned(value), key) for key, value in rows],
            )
        if len(rows) < AT_ONCE:
            return


def _values(turn):
    def turned(taken):
        held = json.loads(taken) if isinstance(taken, str) else taken
        return json.dumps({name: turn(value) for name, value in held.items()}, ensure_ascii=False)

    return turned


def seal_what_stands(apps, schema_editor):
    for table, column in COLUMNS:
        _each(PLAIN.format(table=table, column=column), [SEALED, AT_ONCE], table, column, ccmp.sealed.seal)
    seal = _values(lambda one: one if isinstance(one, str) else ccmp.sealed.seal(json.dumps(one, ensure_ascii=False)))
    _each(CHANGES.format(holds="<>"), [AT_ONCE], "children_filechange", "taken", seal)


seal_what_stands.in_batches = True


def open_what_stands(apps, schema_editor):
    for table, column in COLUMNS:
        _each(OPEN.format(table=table, column=column), [SEALED, AT_ONCE], table, column, ccmp.sealed.unseal)
    unseal = _values(lambda one: json.loads(ccmp.sealed.unseal(one)) if isinstance(one, str) else one)
    _each(CHANGES.format(holds="="), [AT_ONCE], "children_filechange", "taken", unseal)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("children", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="child",
            name="hukou_place",
            field=ccmp.sealed.SealedTextField(blank=True),
        ),
        migrations.AlterField(
            model_name="filechange",
            name="taken",
            field=ccmp.sealed.SealedTextsField(default=dict),
        ),
        migrations.AlterField(
            model_name="household",
            name="address",
            field=ccmp.sealed.SealedTextField(blank=True),
        ),
        migrations.AlterField(
            model_name="pasthukou",
            name="hukou_place",
            field=ccmp.sealed.SealedTextField(blank=True),
        ),
        migrations.AlterField(
            model_name="relative",
            name="address",
            field=ccmp.sealed.SealedTextField(blank=True),
        ),
        migrations.RunPython(seal_what_stands, open_what_stands),
    ]
