from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.privacy.enums import Verdict, WhyOpened
from ccmp.privacy.forms.a_child import LINES, WORDS
from ccmp.privacy.services.openings import Need
from ccmp.web.forms import needed_by_another


class OpenForm(forms.Form):
    """The number is typed, never part of an address."""

    use_required_attribute = False
    resident_id = forms.CharField(
        label=_("ID number of the child"),
        max_length=30,
        help_text=_("The whole number. Without it no file is opened: nobody looks for children here."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    why = forms.ChoiceField(
        label=_("What has happened?"), choices=WhyOpened.choices, widget=forms.RadioSelect(attrs=LINES)
    )
    words = forms.CharField(
        label=_("In a sentence"),
        help_text=_("Where the child is now and who asks. Its county reads this today."),
        **WORDS,
    )

    def need(self) -> Need:
        given = self.cleaned_data
        return Need(given["resident_id"], WhyOpened(given["why"]), given["words"])


class JudgeForm(forms.Form):
    use_required_attribute = False
    verdict = forms.ChoiceField(
        label=_("Was it right?"), choices=Verdict.choices, widget=forms.RadioSelect(attrs=LINES)
    )
    words = needed_by_another(
        forms.CharField(label=_("In your words"), required=False, help_text=_("Needed when it was not right."), **WORDS)
    )
