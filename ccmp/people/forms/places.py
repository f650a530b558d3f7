from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.people.enums import DepartmentKind
from ccmp.places.enums import Arm
from ccmp.places.models import Place
from ccmp.places.models.village import EnrolmentQuerySet
from ccmp.web.forms import DayField

VACANT = "vacant"


class VillageFilter(forms.Form):
    """Which villages one looks at: it lives in the URL."""

    tab = forms.ChoiceField(choices=[("", ""), (VACANT, "")], required=False, widget=forms.HiddenInput)
    area = forms.ChoiceField(required=False)
    arm = forms.ChoiceField(required=False, choices=[("", _("Both arms")), *Arm.choices])
    q = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, areas: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Everywhere")), *((one.prefix, one.name) for one in areas)]  # type: ignore[attr-defined]
        self.fields["area"].widget.attrs["aria-label"] = _("Where")
        self.fields["arm"].widget.attrs["aria-label"] = _("Arm")
        self.fields["q"].widget.attrs |= {"aria-label": _("Find a village"), "placeholder": _("Village, code")}

    @property
    def is_vacant(self) -> bool:
        return self.is_valid() and self.cleaned_data["tab"] == VACANT

    def narrow(self, enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("area"):
            enrolments = enrolments.under(asked["area"])
        if asked.get("arm"):
            enrolments = enrolments.in_arm(asked["arm"])
        return enrolments.matching(asked.get("q", ""))


class EnrolForm(forms.Form):
    use_required_attribute = False
    code = forms.CharField(
        label=_("Village code"),
        max_length=20,
        help_text=_("12 digits. A village that is not known yet is added under its township."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    name = forms.CharField(label=_("Village name"), max_length=80)
    arm = forms.ChoiceField(label=_("Arm"), choices=Arm.choices, widget=forms.RadioSelect)
    starts_on = DayField(label=_("From"), help_text=_("Its Children's Club opens on this day."))

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())


class TermForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label=_("Term"), max_length=60, help_text=_("For example 2026 autumn."))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))


class DepartmentForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label=_("Full name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=DepartmentKind.choices)
    phone = forms.CharField(
        label=_("Telephone"), max_length=30, required=False, help_text=_("The office's, not a person's.")
    )
