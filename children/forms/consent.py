"""Consent of a grown-up of the file to one purpose, and its withdrawal."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.enums import ConsentEvidence, ConsentPurpose
from children.forms.confirm import SOMEBODY_ELSE, chosen_in, names_of
from children.models import Child
from children.rules.consent import MOST
from children.services.consent import ConsentEntry

SAID = ("id", "text_version", "on", "evidence", "signature", "child_agrees")


class ConsentForm(EntryForm):
    text_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9999)
    given_by = forms.ChoiceField(label=_("Who agrees?"), widget=forms.RadioSelect)
    child_agrees = forms.BooleanField(label=_("The child was asked too, and agrees"), required=False)
    on = DayField(label=_("On which day?"))
    evidence = forms.ChoiceField(
        label=_("Where is it signed?"),
        choices=[(ConsentEvidence.PAPER, _("On paper")), (ConsentEvidence.SCREEN, _("On this screen"))],
        initial=ConsentEvidence.PAPER,
        widget=forms.RadioSelect(attrs={"data-of": "2"}),
    )
    signature = needed_by_another(forms.CharField(max_length=MOST, required=False, widget=forms.HiddenInput))

    def __init__(self, data: Any = None, *, child: Child | None = None, on: date | None = None) -> None:
        super().__init__(data, initial={"on": on})
        self.child = child
        self.people = {str(one.relative_id): one for one in child.family} if child else {}
        if child:
            field: Any = self.fields["given_by"]
            field.choices = [(key, one.relative.name) for key, one in self.people.items()]

    @property
    def chosen(self) -> UUID | None:
        return chosen_in(self, "given_by")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("evidence") == ConsentEvidence.SCREEN and not given.get("signature"):
            self.add_error("evidence", _("Nothing is signed yet. Sign in the field, or choose paper."))
        return given

    def entry(self, purpose: ConsentPurpose, *, made_at: datetime) -> ConsentEntry:
        given, person = self.cleaned_data, self.people[self.cleaned_data["given_by"]]
        assert self.child is not None
        said: dict[str, Any] = {name: given[name] for name in SAID}
        who: dict[str, Any] = {"given_by": person.relative.name, "relation": person.relation}
        return ConsentEntry(child=self.child.id, made_at=made_at, purpose=purpose, **said, **who)


class WithdrawForm(EntryForm):
    who = forms.ChoiceField(label=_("Who takes it back?"), widget=forms.RadioSelect)
    who_else = needed_by_another(forms.CharField(label=_("If somebody else: the name"), max_length=60, required=False))
    on = DayField(label=_("From which day?"))

    def __init__(self, data: Any = None, *, child: Child | None = None, on: date | None = None) -> None:
        super().__init__(data, initial={"on": on})
        self.names = names_of(child.family) if child else {}
        if child:
            field: Any = self.fields["who"]
            field.choices = [*self.names.items(), (SOMEBODY_ELSE, "")]

    @property
    def chosen(self) -> UUID | None:
        return chosen_in(self, "who")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("who") == SOMEBODY_ELSE and not given.get("who_else"):
            self.add_error("who_else", _("Write the name of who it was."))
        return given

    @property
    def withdrawn_by(self) -> str:
        given = self.cleaned_data
        return str(given["who_else"] if given["who"] == SOMEBODY_ELSE else self.names[given["who"]])
