from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccmp.phone.models.entry import OutboxEntryQuerySet
from ccmp.phone.models.phone import PhoneQuerySet
from ccmp.places.models import Place

IN_USE, UNHEARD, ENTRIES, REVOKED = "in-use", "unheard", "entries", "revoked"
TABS = [
    (IN_USE, pgettext_lazy("phones", "In use")),
    (UNHEARD, _("Not synced")),
    (ENTRIES, _("Refused entries")),
    (REVOKED, _("Out of use")),
]


class PhoneFilter(forms.Form):
    """Which phones one looks at: it lives in the URL."""

    tab = forms.ChoiceField(choices=TABS, required=False, widget=forms.HiddenInput)
    area = forms.ChoiceField(required=False)
    q = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, areas: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Everywhere")), *((one.prefix, one.name) for one in areas)]  # type: ignore[attr-defined]
        self.fields["area"].widget.attrs["aria-label"] = _("Where")
        self.fields["q"].widget.attrs |= {
            "aria-label": _("Find a person or a village"),
            "placeholder": _("Name, village"),
        }

    @property
    def tab_now(self) -> str:
        return (self.is_valid() and self.cleaned_data["tab"]) or IN_USE

    @property
    def shows_entries(self) -> bool:
        return self.tab_now == ENTRIES

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["area"] or self.cleaned_data["q"])

    def narrow(self, phones: PhoneQuerySet) -> PhoneQuerySet:
        asked = self.cleaned_data if self.is_valid() else {}
        phones = phones.under(asked["area"]) if asked.get("area") else phones
        return phones.matching(asked.get("q", ""))

    def narrow_entries(self, entries: OutboxEntryQuerySet) -> OutboxEntryQuerySet:
        asked = self.cleaned_data if self.is_valid() else {}
        entries = entries.under(asked["area"]) if asked.get("area") else entries
        return entries.matching(asked.get("q", ""))

    def of_tab(self, phones: PhoneQuerySet, *, before: datetime) -> PhoneQuerySet:
        """Who was not heard of for longest stands first. `before`: since when a phone counts as unheard of."""
        if self.tab_now == REVOKED:
            return phones.revoked().last_revoked_first()
        chosen = phones.unheard(before=before) if self.tab_now == UNHEARD else phones.in_use()
        return chosen.longest_unheard_first()
