from django import forms

from children.enums import Kept


class DecideForm(forms.Form):
    """Which of two values holds, with the one that the file held when she chose."""

    keep = forms.ChoiceField(choices=[(one.value, one.label) for one in (Kept.HELD, Kept.BROUGHT)])
    seen = forms.CharField(widget=forms.HiddenInput, max_length=240, required=False)
