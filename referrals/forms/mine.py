from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmForm(forms.Form):
    use_required_attribute = False
    words = forms.CharField(
        label=_("What did you see?"),
        help_text=_("The card, the money, the child at school: what you saw yourself, and when."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
