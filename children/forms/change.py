"""A step of a child's file as it may be said anew, with what stood in each field when the page was opened."""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.enums import OF_THE_HOME, FileField, IncomeSource, NoIdReason
from children.forms.registration import RegistrationForm
from children.models import Child
from children.rules.file_fields import fields_of, text_of, texts_of
from children.rules.resident_id import NUMBER_IS_RIGHT, BadResidentId, check_number, clean_number
from children.services.correct import Correction

ANOTHER = "other"
WRONG, CHANGED = "wrong", "changed"
OF_A_HUKOU = (FileField.HUKOU, FileField.HUKOU_COUNTY, FileField.HUKOU_PLACE)
Counties = Sequence[tuple[str, str]]


class SeenField(forms.CharField):
    """What the page showed when it was opened: names of fields → texts, as JSON. It comes back as it went."""

    default_error_messages = {"invalid": _("Something of this page was lost on the way. Open it again.")}

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, max_length=4000)

    def clean(self, value: Any) -> dict[str, str]:
        text = super().clean(value)
        try:
            seen = json.loads(text)
        except (ValueError, RecursionError):  # it may be nested without end
            seen = None
        if not isinstance(seen, dict) or not all(isinstance(one, str) for one in seen.values()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return seen


def seen_text(texts: dict[str, str]) -> str:
    """As a browser's JSON.stringify writes it: page and phone make the same."""
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))


class ChangeForm(EntryForm):
    """One step. Each field as in the registration, and filled in as the file has it."""

    seen = SeenField()

    def __init__(
        self, data: Any = None, *, child: Child, step: str, counties: Counties = (), from_phone: bool = False
    ) -> None:
        self.child, self.step, self.from_phone = child, step, from_phone
        self.doubts: list[str] = []
        texts = texts_of(child, step)
        own = {name: getattr(child.household if name in OF_THE_HOME else child, name) for name in texts}
        super().__init__(data, initial=own | {"resident_id": "", "seen": seen_text(texts)})
        self.fields |= {name.value: _asked(name) for name in fields_of(child, step)}
        if step == "identity":
            self.fields["number_as_said"] = forms.BooleanField(label=NUMBER_IS_RIGHT, required=False, initial=False)
        if step == "hukou":
            self.fields |= _asked_of_a_hukou()
            self._choose_among(counties)

    def _choose_among(self, counties: Counties) -> None:
        choices = [("", _("Not known yet")), *counties, (ANOTHER, _("Another county, by its code"))]
        self.fields["hukou_county"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.step == "hukou" and given.get("seen") is not None:
            self._check_hukou(given)
        if self.step == "identity":
            self._doubt_the_number(given)
        return given

    def _doubt_the_number(self, given: dict[str, Any]) -> None:
        """What is odd about the ID number beside the rest is asked once; the number in the file only the server knows."""
        born_on, sex = given.get("born_on"), given.get("sex", "")
        is_anew = (born_on, sex) != (self.child.born_on, self.child.sex) and not self.from_phone
        try:
            number = given.get("resident_id") or (self.child.resident_id if is_anew else "")
            checked = check_number(number, born_on=born_on, sex=sex, on=date.max)
        except BadResidentId:
            return  # none, or the service refuses it
        self.doubts = [one.sentence for one in checked.warnings if one.of != "area" or not self.from_phone]
        if self.doubts and not given.get("number_as_said"):
            self.add_error("number_as_said", self.doubts)

    def _check_hukou(self, given: dict[str, Any]) -> None:
        if given.get("hukou_county") == ANOTHER and not given.get("county_code", "").strip():
            self.add_error("county_code", _("Write the county's six digits, or choose “Not known yet”."))
        seen = given["seen"]
        is_anew = any(seen.get(name) and given.get(name) not in (None, seen[name]) for name in OF_A_HUKOU)
        if is_anew and not given.get("how"):
            self.add_error("how", _("Say whether it was written wrong, or became another one."))
        if given.get("how") == CHANGED and not given.get("changed_on") and "changed_on" not in self.errors:
            self.add_error("changed_on", _("Say since when; about will do."))

    def entry(self, *, made_at: datetime) -> Correction:
        """The correction as the service takes it. A number that is left empty stays as it is."""
        given, seen = self.cleaned_data, self.cleaned_data["seen"]
        said = {name.value: text_of(given[name]) for name in fields_of(self.child, self.step)}
        if said.get("hukou_county") == ANOTHER:
            said["hukou_county"] = given["county_code"].strip()
        if "resident_id" in said:
            said |= _number_said(said, seen)
        on = given["changed_on"] if given.get("how") == CHANGED else None
        as_said = bool(given.get("number_as_said"))
        return Correction(given["id"], self.child.id, made_at, said, seen, on, number_as_said=as_said)


def _number_said(said: Mapping[str, str], seen: Mapping[str, str]) -> dict[str, str]:
    """A number as it is kept, without a reason why there is none; or what the page showed of it."""
    if not said["resident_id"]:
        return {"resident_id": seen.get("resident_id", "")}
    number = clean_number(said["resident_id"])
    return {"resident_id": number} | ({"no_id_reason": seen.get("no_id_reason", "")} if "no_id_reason" in said else {})


def _asked(name: str) -> forms.Field:
    """A field of a step. What the registration asks too is asked in its words."""
    match name:
        case FileField.RESIDENT_ID:
            return needed_by_another(_words(_("ID number"), 30, _("18 characters, from the hukou book. Kept sealed.")))
        case FileField.NO_ID_REASON:
            choices = [("", _("There is a number")), *NoIdReason.choices]
            reason = forms.ChoiceField(label=_("If there is no number: why?"), choices=choices, required=False)
            return needed_by_another(reason)
        case FileField.HUKOU_COUNTY:
            return forms.ChoiceField(label=_("Which county is it in?"), required=False)
        case FileField.HUKOU_PLACE:
            return _words(_("Which place there?"), 120, _("Township and village, as the hukou book has it."))
        case FileField.LIVES_HERE_SINCE:
            came = _("Came from elsewhere: since when here?")
            return DayField(label=came, required=False, help_text=_("About will do: the first of the month."))
        case FileField.SCHOOL_NAME:
            return _words(_("What is the school called?"), 80, _("In full, as it stands over the gate."))
        case FileField.INCOME:
            many = forms.CheckboxSelectMultiple
            label = _("What does the home live on?")
            return forms.MultipleChoiceField(label=label, choices=IncomeSource.choices, required=False, widget=many)
        case FileField.AID:
            help_text = _("In words: from whom, what, how often. Benefits are noted on their own page.")
            return _words(_("Which other aid has it received?"), 200, help_text)
        case _:
            return deepcopy(RegistrationForm.declared_fields[name])


def _words(label: Any, most: int, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text)


def _asked_of_a_hukou() -> dict[str, forms.Field]:
    """Beside what the hukou is: how the page should take it when it says something else than the file."""
    ways = [(WRONG, _("It was written wrong")), (CHANGED, _("It became another one"))]
    layout = forms.RadioSelect(attrs={"data-of": "lines"})
    how = forms.ChoiceField(
        label=_("Why is it another hukou than in the file?"), choices=ways, required=False, widget=layout
    )
    digits = forms.TextInput(attrs={"inputmode": "numeric"})
    code = _("If it is none of these: its six digits")
    help_text = _("Those that the ID numbers of its people begin with.")
    return {
        "county_code": needed_by_another(
            forms.CharField(label=code, max_length=6, required=False, help_text=help_text, widget=digits)
        ),
        "how": needed_by_another(how),
        "changed_on": needed_by_another(
            DayField(
                label=_("If it became another one: since which day?"), required=False, help_text=_("About will do.")
            )
        ),
    }
