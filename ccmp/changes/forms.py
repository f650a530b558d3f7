from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccmp.changes.reading import BY_HAND, BY_PROGRAM, Asked
from ccmp.changes.words import KINDS
from ccmp.moments import start_of
from ccmp.web.forms import DayField

HOW = [("", _("In any way")), (BY_PROGRAM, _("By way of the program")), (BY_HAND, _("By hand, past the program"))]


class ChangesFilter(forms.Form):
    """Which changes one looks at. It lives in the URL: who did it, never whom it is about."""

    who = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(required=False)
    row = forms.CharField(required=False, max_length=40, widget=forms.TextInput(attrs={"type": "search"}))
    how = forms.ChoiceField(required=False, choices=HOW)
    since = DayField(label=pgettext_lazy("days of the trail", "from"), required=False)
    until = DayField(label=pgettext_lazy("days of the trail", "to"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Every kind of record")), *KINDS.items()]  # type: ignore[attr-defined]
        said = {"who": _("Who"), "kind": _("Record"), "row": _("Number of the record"), "how": _("How")}
        for name, label in said.items():
            self.fields[name].widget.attrs["aria-label"] = label
        self.fields["who"].widget.attrs["placeholder"] = _("Name or account")
        self.fields["row"].widget.attrs["placeholder"] = _("Number of the record")

    def asked(self) -> Asked:
        """What does not read as a filter narrows nothing."""
        self.is_valid()
        told = {name: value for name, value in self.cleaned_data.items() if value}
        since, until = told.pop("since", None), told.pop("until", None)
        return Asked(
            **told,
            since=start_of(since) if since else None,
            until=start_of(until + timedelta(days=1)) if until else None,
        )
