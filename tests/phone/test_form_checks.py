"""What a form asks of its fields: the phone and the server are asked the same, and say the same."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from ccmp.web.forms import ClockField, DayField, MomentField
from ccmp.web.shells.fields import describe

pytestmark = pytest.mark.browser
CHECK = "async (load, {described, fields}) => (await load('rules/form_checks.js')).checkForm(described, fields)"
LONG = "字" * 11


class Everything(forms.Form):
    name = forms.CharField(max_length=10, min_length=2)
    note = forms.CharField(max_length=10, required=False)
    day = DayField()
    moment = MomentField()
    clock = ClockField(required=False)
    number = forms.IntegerField(min_value=5, max_value=600)
    sex = forms.ChoiceField(choices=[("1", "boy"), ("2", "girl")])
    themes = forms.MultipleChoiceField(choices=[("fire", "fire"), ("food", "food")], required=False)
    agreed = forms.BooleanField()
    child = forms.UUIDField(required=False)


RIGHT = {
    "name": ["陈雨欣"], "day": ["2026-03-05"], "moment": ["2026-03-05T17:30"], "number": ["40"], "sex": ["2"],
    "agreed": ["on"], "clock": ["08:30"], "themes": ["fire", "food"], "child": ["018f5d5e-0000-7000-8000-000000000001"],
}  # fmt: skip
WRONG: list[dict[str, list[str]]] = [
    {name: [] for name in RIGHT},
    {name: [""] for name in RIGHT if name != "themes"},
    {"name": [" "]},
    {"name": ["雨"]},
    {"name": [LONG]},
    {"name": ["😀" * 10]},
    {"name": [f"  {LONG[:10]}  "]},
    {"note": [LONG]},
    *({"day": [text]} for text in ("2026-02-30", "2028-02-29", "2026-02-29", "2026-13-01", "yesterday", "2026-3-5")),
    *(
        {"moment": [text]}
        for text in ("2026-02-30T10:00", "2026-03-05T25:00", "2026-03-05", "soon", "2026-03-05 17:30:05")
    ),
    *({"clock": [text]} for text in ("24:00", "23:59", "8", "noon", "08:30:59", "08:60")),
    *({"number": [text]} for text in ("4", "5", "600", "601", "many", "4.5", "40.0", " 40 ", "-1", "1e2", "٤٠")),
    {"sex": ["3"]},
    {"themes": ["fire", "flood"]},
    *({"agreed": [text]} for text in ("false", "False", "0", "")),
    *({"child": [text]} for text in ("018f5d5e000070008000000000000001", "nobody", "018f5d5e-0000")),
]


def on_the_server(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    posted = QueryDict(mutable=True)
    for name, values in fields.items():
        posted.setlist(name, values)
    errors = Everything(posted).errors
    return {name: [str(one) for one in said] for name, said in errors.items()}


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_the_phone_says_of_a_field_what_the_server_says(
    in_chromium: Callable[[str, Any], Any], wrong: dict[str, list[str]]
) -> None:
    fields = {**RIGHT, **wrong}

    said = in_chromium(CHECK, {"described": describe(Everything()), "fields": fields})

    assert said == on_the_server(fields)


def test_a_day_in_another_way_of_writing_is_left_to_the_server(in_chromium: Callable[[str, Any], Any]) -> None:
    fields = {**RIGHT, "day": ["2026/03/05"], "moment": ["2026/03/05 17:30"]}

    assert in_chromium(CHECK, {"described": describe(Everything()), "fields": fields}) == {}
