"""What every form stands on: one field template, inputs that a phone knows, an id made before the first press."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from ccmp.identifiers import new_id
from ccmp.moments import LAST_DAY, OLDEST_DAY
from ccmp.refusals import Refusal

FAR_OFF = _("This day lies too far from the programme's time. Please check the year.")

# Django's own sentences, reworded in the catalogue: it is asked before Django's.
REWORDED = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid time."),
    gettext_noop("Enter a valid date/time."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Your old password was entered incorrectly. Please enter it again."),
    gettext_noop("The two password fields didn’t match."),
    gettext_noop("This password is too common."),
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)


class FormRenderer(TemplatesSetting):
    """All fields of all forms render through one template. Named in settings.FORM_RENDERER."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class DayField(forms.DateField):
    """A day of years that people remember or plan for: 0001-01-01 is a slip, and the rules know nothing of it."""

    widget = DayInput
    default_error_messages = {"range": FAR_OFF}

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day is not None and not OLDEST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        return day


class MomentField(forms.DateTimeField):
    widget = MomentInput
    default_error_messages = {"range": FAR_OFF}

    def to_python(self, value: Any) -> datetime | None:
        moment: datetime | None = super().to_python(value)
        if moment is not None and not OLDEST_DAY <= moment.date() <= LAST_DAY:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        return moment


class ClockField(forms.TimeField):
    widget = ClockInput


class StateChoices(forms.RadioSelect):
    """Radio choices of which each has a state's shape: `StateChoices(states={"0": "met", "1": "short"})`."""

    def __init__(self, *args: Any, states: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.states = states

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["state"] = self.states.get(str(value), "")
        return option


class EntryForm(forms.Form):
    """A form whose sender makes the id: pressed twice, or sent again, it is still one entry."""

    use_required_attribute = False
    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


def needed_by_another(field: forms.Field) -> forms.Field:
    """A field that an answer elsewhere makes necessary: it is not required by itself, nor said to be left out."""
    field.needed_by_another = True  # type: ignore[attr-defined]
    return field


def refuse(form: forms.BaseForm, refusal: Refusal) -> None:
    """Put a refusal's sentence where the form shows errors: at its field, else on top. The form keeps the refusal itself."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal))
    form.refusal = refusal  # type: ignore[attr-defined]
