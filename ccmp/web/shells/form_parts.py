"""The markup of what is wrong in a form and of its choices, made of the pages' own components: the phone clones it."""

from django import forms
from django.template.loader import render_to_string


class One(forms.Form):
    text = forms.CharField()


class Many(One):
    other = forms.CharField()


class Choices(forms.Form):
    use_required_attribute = False
    radio = forms.ChoiceField(choices=[(".", "")], widget=forms.RadioSelect)
    tick = forms.MultipleChoiceField(choices=[(".", "")], widget=forms.CheckboxSelectMultiple)


def form_parts() -> str:
    """A `<template>` in the language that is active, to stand in a page beside its `#form-state`."""
    none = One({"text": "."})
    none.add_error(None, ".")
    parts = {"one": One({}), "many": Many({}), "none": none, "choices": Choices()}
    return render_to_string("components/form_state.html", parts)
