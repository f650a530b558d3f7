from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import MomentField


class PoliceForm(forms.Form):
    """Whom of the police she told, and when: filled in after the call."""

    use_required_attribute = False
    police_told_whom = forms.CharField(
        label=_("Whom did you tell?"), help_text=_("The police station, or the officer's name."), max_length=80
    )
    police_told_at = MomentField(label=_("When did you call?"))

    def told(self) -> dict[str, Any]:
        """When and whom, as the service takes it."""
        given = self.cleaned_data
        return {"told_at": given["police_told_at"], "told_whom": given["police_told_whom"]}
