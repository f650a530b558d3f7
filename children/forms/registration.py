from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccmp.identifiers import new_id
from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.entries import ChildEntry, HouseholdEntry
from children.enums import EthnicGroup, Hukou, NoIdReason, Relation, SchoolStage, Sex
from children.forms.family import (
    Known,
    carer_entry,
    carer_fields,
    check_carer,
    check_parent,
    parent_entry,
    parent_fields,
)
from children.models import Child, Household
from children.services.home import relatives_of

FATHER, MOTHER = (Relation.FATHER, Relation.STEPFATHER), (Relation.MOTHER, Relation.STEPMOTHER)
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
    school_stage = forms.ChoiceField(label=_("School"), choices=[("", _("Choose one")), *SchoolStage.choices])
    is_boarding = forms.BooleanField(label=_("Boards at school"), required=False)
    another_child = forms.BooleanField(label=_("This is another child of the same name"), required=False)

    def __init__(self, *args: Any, village_code: str, household: Household | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.village_code, self.household = village_code, household
        self.known: Known = relatives_of(household) if household else {}
        self.namesakes: list[Child] = []
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
        same = Child.objects.under(self.village_code).filter(name=given.get("name", "").strip())
        self.namesakes = list(same.exclude(pk=given.get("id")).select_related("household").in_order()[:5])
        if self.namesakes and not given.get("another_child"):
            self.add_error(
                "another_child", _("A child of this name is in your register already. Look whether it is the same one.")
            )
        return given

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
            no_id_reason=given["no_id_reason"],
            parents=tuple(parent for parent in parents.values() if parent),
            carer=carer_entry(given, parents, self.known),
            **{name: given[name] for name in names},
        )
