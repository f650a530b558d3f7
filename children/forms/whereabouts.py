from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import DayField
from children.enums import Whereabouts
from children.services.whereabouts import Change


class WhereaboutsForm(forms.Form):
    use_required_attribute = False
    whereabouts = forms.ChoiceField(
        label=_("Where now?"), choices=Whereabouts.choices, widget=forms.RadioSelect(attrs={"data-of": "2"})
    )
    since = DayField(label=_("Since which day?"), help_text=_("About will do: the first of the month."))
    where = forms.CharField(
        label=_("Which town, when away?"),
        help_text=_("Province and town, for example Dongguan in Guangdong."),
        max_length=80,
        required=False,
    )

    def change(self) -> Change:
        given: dict[str, Any] = self.cleaned_data
        return Change(Whereabouts(given["whereabouts"]), given["since"], given["where"].strip())
