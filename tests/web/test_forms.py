import re

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from ccmp.refusals import Refusal
from ccmp.web.forms import DayField, EntryForm, MomentField, StateChoices, refuse


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


class Answers(EntryForm):
    carer = forms.ChoiceField(
        label="照护人在身边",
        choices=[("0", "没问题"), ("1", "担心"), ("2", "危险")],
        widget=StateChoices(states={"0": "met", "1": "short", "2": "danger"}),
    )
    seen = forms.CharField(label="您看到了什么", help_text="写原话。", widget=forms.Textarea)
    note = forms.CharField(label="别的话", required=False)


class Moments(forms.Form):
    on = DayField(label="哪一天")
    at = MomentField(label="几点")


def rendered(form):
    return engines["django"].from_string("{% error_summary form %}{{ form }}").render({"form": form})


def test_each_choice_has_its_states_shape():
    html = str(Answers()["carer"].as_field_group())

    assert re.findall(r'<label class="choice" data-state="(\w+)"', html) == ["met", "short", "danger"]
    assert re.findall(r"#state-(\w+)", html) == ["met", "short", "danger"]


def test_a_field_is_described_by_its_hint_and_its_error():
    html = str(Answers({})["seen"].as_field_group())

    assert 'aria-describedby="id_seen_helptext id_seen_error"' in html
    assert 'id="id_seen_helptext">写原话。' in html
    assert re.search(r'id="id_seen_error">.*这一项还空着，请填上或选一个。', html, re.DOTALL)
    assert 'aria-invalid="true"' in html


def test_choices_are_described_as_a_group():
    html = str(Answers({})["carer"].as_field_group())

    assert '<fieldset class="field" id="id_carer" data-error aria-describedby="id_carer_error">' in html


def test_what_may_be_left_out_says_so():
    assert "可不填" in str(Answers()["note"].as_field_group())
    assert "可不填" not in str(Answers()["seen"].as_field_group())


def test_the_summary_links_to_each_field_that_has_to_be_put_right():
    html = rendered(Answers({"carer": "0", "seen": ""}))

    summary = html[: html.index("</div>")]
    assert "还差 1 处，没有记下" in summary
    assert re.findall(r'href="(#\w+)">([^<]+)<', summary) == [("#id_seen", "您看到了什么")]


def test_a_form_in_order_has_no_summary():
    assert "error-summary" not in rendered(Answers())


def test_what_was_typed_is_kept():
    html = rendered(Answers({"carer": "1", "seen": "<三处青紫>"}))

    assert "&lt;三处青紫&gt;" in html
    assert re.search(r'value="1"[^>]*checked', html)


def test_the_id_made_at_the_first_rendering_is_kept_when_the_form_comes_back():
    first = re.search(r'name="id" value="([\w-]{36})"', str(Answers())).group(1)

    again = str(Answers({"id": first}))

    assert f'name="id" value="{first}"' in again


def test_two_renderings_are_two_entries():
    ids = {re.search(r'name="id" value="([\w-]{36})"', str(Answers())).group(1) for _ in range(2)}

    assert len(ids) == 2


def test_a_refusal_of_a_field_stands_at_the_field():
    form = Answers({"carer": "0", "seen": "好"})

    refuse(form, Refusal("这不是原话。", field="seen"))

    assert form.errors["seen"] == ["这不是原话。"]


def test_a_refusal_of_no_field_or_of_one_that_is_not_shown_stands_on_top():
    form = Answers({"carer": "0", "seen": "好", "id": "0192b3c4-0000-7000-8000-000000000000"})

    refuse(form, Refusal("同一段时间已经开着门。"))
    refuse(form, Refusal("您不能记别村的事。", field="village"))

    assert form.non_field_errors() == ["同一段时间已经开着门。", "您不能记别村的事。"]
    assert form.errors.keys() == {"__all__"}
    assert words(rendered(form)).startswith("没有记下 同一段时间已经开着门。 您不能记别村的事。")


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_days_and_moments_come_back_as_a_browser_sends_them():
    form = Moments({"on": "2026-03-05", "at": "2026-03-05T16:05"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"].isoformat() == "2026-03-05T16:05:00+08:00"
    assert 'type="date" name="on" value="2026-03-05"' in str(form)
    assert 'type="datetime-local" name="at" value="2026-03-05T16:05"' in str(form)
