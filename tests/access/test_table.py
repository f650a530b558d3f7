"""Default deny, walked: every address × role × place, and what each answer tells of children."""

import pytest

from tests.access.table import PUBLIC, ROLES, TABLE
from tests.access.walking import Walker, methods_of, needs_a_place, patterns
from tests.access.world import NAMES, make_world

ANY = "any"
# Whose names each role may read: those of the places that it reaches, and of a task of its own department.
MAY_READ = {"M": {"own"}, "D": {"own"}, "S": {"own", "sibling"}, "C": {"own", "sibling"}, "P": {"own"}}
NONSENSE = {
    "q": "\x00",
    "page": "\x00",
    "flag": "\x00",
    "child": "\x00",
    "month": "\x00",
    "under": "\x00",
    "code": "\x00",
}


def asked():
    """What there is to ask: (name, method, place)."""
    return {
        (name, method, place): pattern
        for name, pattern in patterns()
        for method in methods_of(pattern)
        for place in (("own", "sibling", "other") if needs_a_place(pattern, name, method) else (ANY,))
    }


def test_every_address_has_its_rows_and_every_row_its_address():
    assert sorted(TABLE) == sorted(asked())


def test_only_the_doors_are_open():
    opened = {name for (name, _method, _place), row in TABLE.items() if row["-"] not in ("302", "401", "405")}

    assert opened <= set(PUBLIC)


@pytest.mark.parametrize("role", ROLES)
def test_each_answer_is_the_one_in_the_table(db, role):
    world = make_world()
    walker = Walker(world.people[role])
    surprises, leaks = {}, set()

    for (name, method, place), pattern in asked().items():
        answer = walker.ask(name, pattern, method, world.facts["own" if place == ANY else place])
        if answer.cell != TABLE[name, method, place][role]:
            surprises[method, name, place] = (answer.cell, "instead of", TABLE[name, method, place][role])
        read = {of for of, child in NAMES.items() if child in answer.text}
        if not read <= MAY_READ.get(role, set()):
            leaks.add((method, name, place))

    assert (surprises, leaks) == ({}, set())


def test_the_walk_would_see_a_leak(db):
    world = make_world()

    answer = Walker(world.people["C"]).ask(
        "api:children", asked()["api:children", "GET", ANY], "GET", world.facts["own"]
    )

    assert NAMES["own"] in answer.text
    assert NAMES["sibling"] in answer.text
    assert NAMES["other"] not in answer.text


@pytest.mark.parametrize("role", ["M", "C", "P", "F", "-"])
def test_no_address_breaks_on_nonsense(db, role):
    world = make_world()
    walker = Walker(world.people[role])

    broken = {
        name: status
        for (name, method, place), pattern in asked().items()
        if method == "GET" and place in (ANY, "own") and "?" not in name
        if (status := walker.get_with(NONSENSE, name, pattern, world.facts["own"])) >= 500
    }

    assert broken == {}
