"""A grown-up of a child's file: what is said of her, and naming one more."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.enums import BY_TERM, IncapacityReason, Relation
from children.forms.change import SeenField, seen_text
from children.forms.family import NEW
from children.models import Child, Relative
from children.rules.kin import ABLE, KIN_FIELDS, ToldAbility, ability_of, kin_seen, kin_text
from children.rules.resident_id import clean_number
from children.services.kin import KinEntry, NewKinEntry

Choices = list[tuple[str, str]]


def _telephone() -> forms.CharField:
    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})
    return forms.CharField(label=_("Telephone"), max_length=30, required=False, widget=widget)


class KinForm(EntryForm):
    """Everything of a grown-up but where she is, filled in as the file has it. The ID number is typed anew or left alone."""

    seen = SeenField()
    kin_name = forms.CharField(label=_("Name"), max_length=60)
    kin_born_on = DayField(label=_("Born on"), required=False)
    kin_phone = _telephone()
    kin_id = forms.CharField(
        label=_("ID number"),
        help_text=_("Leave it empty to keep what the file has. Kept sealed."),
        max_length=30,
        required=False,
    )
    kin_work = forms.CharField(label=_("Works for whom?"), max_length=120, required=False)
    kin_address = forms.CharField(label=_("Lives elsewhere? Where?"), max_length=200, required=False)
    unable_reason = needed_by_another(
        forms.ChoiceField(
            label=_("Able to look after the child?"),
            choices=[("", _("Yes, able")), *IncapacityReason.choices],
            required=False,
        )
    )
    unable_since = needed_by_another(DayField(label=_("If not able: since which day?"), required=False))
    unable_until = needed_by_another(
        DayField(
            label=_("A sentence or rehabilitation: until which day?"),
            help_text=_("As the paper has it. Leave it empty if nobody knows."),
            required=False,
        )
    )
    able_since = needed_by_another(DayField(label=_("If able again: since which day?"), required=False))
    declared_missing = DayField(label=_("Declared missing by a court on"), required=False)

    def __init__(self, data: Any = None, *, relative: Relative, on: date) -> None:
        self.relative = relative
        seen = kin_seen(relative, on=on)
        super().__init__(data, initial=seen | {"kin_id": "", "seen": seen_text(seen)} | _ability_said(relative, on=on))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("unable_reason") and not given.get("unable_since") and "unable_since" not in self.errors:
            self.add_error("unable_since", _("Say since when; about will do."))
        return given

    def entry(self, child_id: UUID, *, made_at: datetime) -> KinEntry:
        given, seen = self.cleaned_data, self.cleaned_data["seen"]
        said = {name.value: kin_text(given[name]) for name in KIN_FIELDS if name.value in self.fields}
        said["kin_id"] = clean_number(said["kin_id"]) if said["kin_id"] else seen.get("kin_id", "")
        said["ability"] = self._ability(given, seen.get("ability", f"{ABLE} -"))
        return KinEntry(given["id"], child_id, self.relative.id, made_at, said, seen)

    def _ability(self, given: dict[str, Any], seen: str) -> str:
        """As its text. Somebody who was not able and now is without a day never was unable: it was written wrong."""
        if given["unable_reason"]:
            until = given["unable_until"] if given["unable_reason"] in BY_TERM else None
            return ToldAbility(given["unable_reason"], given["unable_since"], until).text
        was_able = seen.startswith(ABLE)
        if was_able:
            return seen
        return ToldAbility(ABLE, given["able_since"]).text


class NewKinForm(EntryForm):
    """One more grown-up: chosen from the home, or written anew."""

    relative_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    relation = forms.ChoiceField(
        label=_("What is this person to the child?"), choices=[("", _("Choose one")), *Relation.choices]
    )
    who = forms.ChoiceField(label=_("Who is it?"), widget=forms.RadioSelect(attrs={"data-of": "lines"}), initial=NEW)
    name = needed_by_another(forms.CharField(label=_("Name"), max_length=60, required=False))
    born_on = DayField(label=_("Born on"), required=False)
    phone = _telephone()

    def __init__(self, data: Any = None, *, among: Choices) -> None:
        super().__init__(data)
        self.fields["who"].choices = [*among, (NEW, _("Somebody new, below"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("who") == NEW and not given.get("name"):
            self.add_error("name", _("Write the name."))
        return given

    def entry(self, child: Child, *, made_at: datetime) -> NewKinEntry:
        given = self.cleaned_data
        is_new = given["who"] == NEW
        return NewKinEntry(
            id=given["id"],
            child=child.id,
            relative=given["relative_id"] if is_new else UUID(given["who"]),
            relation=given["relation"],
            made_at=made_at,
            is_new=is_new,
            name=given["name"] if is_new else "",
            born_on=given["born_on"] if is_new else None,
            phone=given["phone"] if is_new else "",
        )


def _ability_said(relative: Relative, *, on: date) -> dict[str, Any]:
    told = ability_of(relative, on=on)
    if told.reason == ABLE:
        return {}
    return {"unable_reason": told.reason, "unable_since": told.since, "unable_until": told.until}
