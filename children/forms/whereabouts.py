from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.web.forms import DayField, EntryForm
from children.enums import Whereabouts
from children.models import Relative
from children.rules.whereabouts import told_of
from children.services.whereabouts import Change


class WhereaboutsForm(EntryForm):
    """Where a grown-up is, with what the file said of it when the page was opened."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=120, required=False)
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

    def __init__(self, data: Any = None, *, relative: Relative) -> None:
        super().__init__(data, initial={"seen": told_of(relative).text})

    def change(self, *, made_at: datetime) -> Change:
        given: dict[str, Any] = self.cleaned_data
        return Change(
            whereabouts=Whereabouts(given["whereabouts"]),
            since=given["since"],
            where=given["where"].strip(),
            seen=given["seen"] or None,
            id=given["id"] or new_id(),
            made_at=made_at,
        )
