from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccmp.identifiers import new_id
from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.entries import ChildEntry, HouseholdEntry
from children.enums import EthnicGroup, Hukou, NoIdReason, Relation, SchoolStage, Sex
from children.forms.family import (
    NEW,
    Known,
    carer_entry,
    carer_fields,
    check_carer,
    check_parent,
    parent_entry,
    parent_fields,
)
from children.models import Household
from children.rules.resident_id import NUMBER_IS_RIGHT, BadResidentId, check_number
from children.rules.similar import Described
from children.services.home import relatives_of
from children.services.similar import Alike, alike_in, described

FATHER, MOTHER = (Relation.FATHER, Relation.STEPFATHER), (Relation.MOTHER, Relation.STEPMOTHER)
IS_IT_THE_SAME = _("A child like this one is in your register already. Look whether it is the same one.")
HOME = ("head_name", "neighbourhood", "address")


class RegistrationForm(EntryForm):
    """A child to be registered, in a home that the village knows or in a new one."""

    household_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    head_name = forms.CharField(label=_("Whose home is it?"), help_text=_("The head of the household."), max_length=60)
    neighbourhood = forms.CharField(label=_("Which hamlet?"), max_length=60, required=False)
    address = forms.CharField(
        label=_("How does one get there?"),
        max_length=200,
        required=False,
        help_text=_("Number, or behind which house."),
    )
    name = forms.CharField(label=_("The child's name"), max_length=60)
    sex = forms.ChoiceField(
        label=_("Girl or boy?"),
        choices=[
            (Sex.FEMALE.value, pgettext_lazy("a child", "Girl")),
            (Sex.MALE.value, pgettext_lazy("a child", "Boy")),
        ],
        widget=forms.RadioSelect(attrs={"data-of": "2"}),
    )
    born_on = DayField(label=_("Born on"))
    ethnic_group = forms.ChoiceField(label=_("Ethnic group"), choices=[("", _("Choose one")), *EthnicGroup.choices])
    ethnic_words = forms.CharField(label=_("If none of these, which?"), max_length=40, required=False)
    hukou = forms.ChoiceField(
        label=_("Hukou"), choices=Hukou.choices, widget=forms.RadioSelect(attrs={"data-of": "lines"})
    )
    resident_id = forms.CharField(
        label=_("ID number"),
        help_text=_("18 characters, from the hukou book. Kept sealed."),
        max_length=30,
        required=False,
    )
    no_id_reason = forms.ChoiceField(
        label=_("If there is no number: why?"),
        choices=[("", _("There is a number")), *NoIdReason.choices],
        required=False,
    )
    number_as_said = forms.BooleanField(label=NUMBER_IS_RIGHT, required=False)
    school_stage = forms.ChoiceField(label=_("School"), choices=[("", _("Choose one")), *SchoolStage.choices])
    is_boarding = forms.BooleanField(label=_("Boards at school"), required=False)
    another_child = forms.BooleanField(label=_("None of these: this is another child"), required=False)

    def __init__(
        self, *args: Any, village_code: str, household: Household | None, from_phone: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.village_code, self.household = village_code, household
        self.known: Known = relatives_of(household) if household else {}
        self.from_phone = from_phone
        self.alike: list[Alike] = []
        self.doubts: list[str] = []
        if household:
            for name in (*HOME, "household_id"):
                del self.fields[name]
        needed_by_another(self.fields["resident_id"])
        needed_by_another(self.fields["no_id_reason"])
        self.fields |= parent_fields(
            "father", FATHER, self.known, name=_("The father's name"), step=_("Stepfather or adoptive father")
        )
        self.fields |= parent_fields(
            "mother", MOTHER, self.known, name=_("The mother's name"), step=_("Stepmother or adoptive mother")
        )
        self.fields |= carer_fields(self.known)

    def part(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def home_part(self) -> list[forms.BoundField]:
        return self.part(*HOME)

    @property
    def child_part(self) -> list[forms.BoundField]:
        basics = ("name", "sex", "born_on", "ethnic_group", "ethnic_words", "hukou", "resident_id", "no_id_reason")
        return self.part(*basics, "school_stage", "is_boarding")

    @property
    def father_part(self) -> list[forms.BoundField]:
        return self._beginning_with("father")

    @property
    def mother_part(self) -> list[forms.BoundField]:
        return self._beginning_with("mother")

    @property
    def carer_part(self) -> list[forms.BoundField]:
        return self._beginning_with("carer")

    def _beginning_with(self, who: str) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name == who or field.name.startswith(f"{who}_")]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        check_parent(self, "father")
        check_parent(self, "mother")
        check_carer(self)
        self._doubt_the_number()
        self.alike = alike_in(self.village_code, self._described(), but=given.get("id"), as_on_phone=self.from_phone)
        if self.alike and not given.get("another_child"):
            self.add_error("another_child", IS_IT_THE_SAME)
        return given

    def _doubt_the_number(self) -> None:
        """What is odd about the ID number is asked once; a phone knows the areas of its own province only."""
        given = self.cleaned_data
        try:
            checked = check_number(
                given.get("resident_id", ""), born_on=given.get("born_on"), sex=given.get("sex", ""), on=date.max
            )
        except BadResidentId:
            return  # the service refuses it, with the day of registration
        self.doubts = [one.sentence for one in checked.warnings if one.of != "area" or not self.from_phone]
        if self.doubts and not given.get("number_as_said"):
            self.add_error("number_as_said", self.doubts)

    def _described(self) -> Described:
        """What tells a twin of this child. Telephones that the home has already tell only brothers and sisters."""
        given = self.cleaned_data
        phones = [given.get(f"{who}_phone", "") for who in ("father", "mother", "carer") if given.get(who) == NEW]
        return described(
            name=given.get("name", "").strip(), born_on=given.get("born_on"), phones=phones,
            number=given.get("resident_id", ""),
        )  # fmt: skip

    def entry(self, *, made_at: datetime) -> ChildEntry:
        """The registration as the service takes it."""
        given = self.cleaned_data
        home = self.household
        parents = {
            "father": parent_entry(given, "father", FATHER, self.known),
            "mother": parent_entry(given, "mother", MOTHER, self.known),
        }
        names = ("name", "sex", "born_on", "ethnic_group", "ethnic_words", "hukou", "school_stage", "is_boarding")
        return ChildEntry(
            id=given["id"],
            village_code=self.village_code,
            made_at=made_at,
            household=HouseholdEntry(home.id, home.head_name)
            if home
            else HouseholdEntry(given["household_id"], *(given[name] for name in HOME)),
            resident_id=given["resident_id"],
            number_as_said=given["number_as_said"],
            no_id_reason=given["no_id_reason"],
            parents=tuple(parent for parent in parents.values() if parent),
            carer=carer_entry(given, parents, self.known),
            **{name: given[name] for name in names},
        )
