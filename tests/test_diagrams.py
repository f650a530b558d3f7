"""Each state machine is a table, the diagram is drawn from it, and every state can be left or is an end."""

import re

import pytest
from django.core.management import CommandError, call_command

from ccmp.api.management.commands import diagrams


def test_the_diagrams_agree_with_the_tables():
    call_command("diagrams", "--check")


def test_a_diagram_that_drifted_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(diagrams, "FOLDER", tmp_path)

    names = ", ".join(f"{name}.md" for name in diagrams.TABLES)
    with pytest.raises(CommandError, match=f"^{re.escape(names)} no longer agrees"):
        call_command("diagrams", "--check")


@pytest.mark.parametrize("name", diagrams.TABLES)
def test_a_table_names_every_state_of_its_enum_and_no_other(name):
    _title, states, following, _source = diagrams.TABLES[name]

    assert set(following) == set(states.values)
    assert set().union(*following.values()) <= set(states.values)


@pytest.mark.parametrize("name", diagrams.TABLES)
def test_every_state_is_reached_from_the_first(name):
    _title, states, following, _source = diagrams.TABLES[name]
    reached, new = set(), {states.values[0]}
    while new:
        reached |= new
        new = set().union(*(following[state] for state in new)) - reached

    assert reached == set(states.values)


def test_a_diagram_is_drawn_in_the_order_of_its_states():
    lines = diagrams.diagram(*diagrams.TABLES["referrals"]).splitlines()

    assert lines[4:] == [
        "```mermaid",
        "stateDiagram-v2",
        "    open: open",
        "    closed: closed",
        "    [*] --> open",
        "    open --> closed",
        "    closed --> [*]",
        "```",
    ]
