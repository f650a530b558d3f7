from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.enums import ReturnReason


class ReturnForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why?"), choices=ReturnReason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What is missing, by which rule, how to send it again"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CompleteForm(forms.Form):
    words = forms.CharField(
        label=_("What was done: what, how much, from when"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
