from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.privacy.forms.a_child import WORDS


class StudyForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label=_("What is the study called?"), max_length=80)
    purpose = forms.CharField(
        label=_("What question does it answer?"), help_text=_("The foundation reads this before it approves."), **WORDS
    )
