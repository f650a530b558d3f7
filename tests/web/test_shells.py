"""Templates left open: what the server decides, what it leaves to the phone."""

from typing import Any

import pytest
from django.utils import translation

from ccmp.web.shells.engine import OpenContext, engine
from ccmp.web.shells.opened import Open, leaving_open, named, ops_of
from ccmp.web.shells.shell import address_pattern, whole


def ops(source: str, **known: Any) -> list[Any]:
    with leaving_open(), translation.override("en"):
        return whole(ops_of(engine().from_string(source).render(OpenContext(known))))


def test_what_the_server_knows_is_text():
    assert ops("{{ name }} {% if is_here %}here{% else %}away{% endif %}", name="A & B", is_here=False) == [
        "A &amp; B away"
    ]


def test_a_value_is_left_open_with_its_path_and_filters():
    assert ops("born {{ child.born_on|day:on }}") == ["born ", ["f", ["v", "child.born_on"], "day", ["v", "on"]]]


def test_a_condition_is_left_open_as_far_as_it_is_not_known():
    assert ops(
        "{% if is_phone and page.late > 2 %}late{% elif page.homes %}some{% else %}none{% endif %}", is_phone=True
    ) == [["if", [[[">", ["v", "page.late"], ["c", 2]], ["late"]], [["v", "page.homes"], ["some"]], [None, ["none"]]]]]
    assert ops("{% if is_phone and page.late %}late{% endif %}rest", is_phone=False) == ["rest"]


def test_a_loop_is_left_open_with_what_stands_in_it_and_what_stands_when_it_is_empty():
    assert ops("{% for a, b in lines %}{{ a.x }}{% if not forloop.last %},{% endif %}{% empty %}none{% endfor %}") == [
        [
            "for",
            ["a", "b"],
            ["v", "lines"],
            [["v", "a.x"], ["if", [[["not", ["v", "forloop.last"]], [","]]]]],
            ["none"],
            False,
        ]
    ]


def test_an_inner_loop_of_the_same_name_leaves_the_outer_row_reachable():
    [loop] = ops(
        "{% for child in homes %}{% with first=child %}{% for child in child.all %}"
        "{{ first.name }}{{ child.name }}{% endfor %}{% endwith %}{% endfor %}"
    )

    assert loop[3] == [["for", ["child_"], ["v", "child.all"], [["v", "child.name"], ["v", "child_.name"]], [], False]]


def test_a_plural_is_left_open_in_all_its_forms():
    sentence = "{{ days }} day late{% plural %}{{ days }} days late"
    source = "{% load i18n %}{% blocktranslate count days=late %}" + sentence + "{% endblocktranslate %}"

    assert ops(source) == [["n", ["v", "late"], [[["v", "late"], " day late"], [["v", "late"], " days late"]]]]


def test_a_sentence_keeps_open_what_the_page_itself_holds():
    sentence = "{% blocktranslate %}every {{ days }} days{% endblocktranslate %}"
    kept = "{% blocktranslate asvar says %}for {{ days }} days{% endblocktranslate %}{{ says }}"

    assert ops("{% load i18n %}" + sentence) == ["every ", ["v", "days"], " days"]
    assert ops("{% load i18n %}" + kept) == ["for ", ["v", "days"], " days"]


def test_an_address_keeps_its_words_and_leaves_its_numbers_open():
    assert ops('{% url "visits:record" child.id %}') == ["/visits/record/", ["v", "child.id"], "/"]


def test_a_tag_passes_on_an_open_value_or_is_left_to_the_phone():
    assert ops('{% icon "door" %}')[0].startswith('<svg class="icon"')
    assert ops("{% on_day child.born_on %}") == [["tag", "on_day", [["v", "child.born_on"]], {}]]


def test_nobody_decides_on_the_server_what_only_the_phone_knows():
    with pytest.raises(TypeError, match="left open"):
        bool(named("page.homes"))


def test_no_open_value_says_anything_of_itself():
    with leaving_open():
        assert ops_of(f"<p>{Open(['v', 'child.name'])}</p>") == ["<p>", ["v", "child.name"], "</p>"]


def test_the_address_of_a_page_is_a_pattern_with_names():
    assert address_pattern("visits:today") == "^/visits/today/$"
    assert address_pattern("visits:record") == "^/visits/record/(?<child_id>[0-9a-f-]{36})/$"
