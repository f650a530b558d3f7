from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccmp.places.models import Place
from ccmp.privacy.enums import IncidentKind, IncidentState
from ccmp.privacy.forms.a_child import LINES, WORDS
from ccmp.privacy.models import Incident
from ccmp.privacy.services.incidents import Found
from ccmp.web.forms import EntryForm, MomentField


class ReportForm(EntryForm):
    place = forms.ChoiceField(label=_("Where?"))
    kind = forms.ChoiceField(
        label=_("What happened?"), choices=IncidentKind.choices, widget=forms.RadioSelect(attrs=LINES)
    )
    happened_at = MomentField(label=_("When did it happen?"), help_text=_("As far as is known."))
    found_at = MomentField(label=_("When was it found?"), help_text=_("From this moment the clock runs."))
    children = forms.IntegerField(
        label=pgettext_lazy("an incident", "How many children?"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("As far as is known; 0 if nobody knows."),
    )
    of_health = forms.BooleanField(
        label=_("Health, ID numbers or whereabouts are among it"),
        required=False,
        help_text=_("Then it is assessed at once, within the hour."),
    )
    words = forms.CharField(label=_("What is known?"), help_text=_("No child's name here."), **WORDS)

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(one.code, one.name) for one in places]  # type: ignore[attr-defined]

    def found(self) -> Found:
        given = self.cleaned_data
        return Found(
            id=given["id"],
            place_code=given["place"],
            kind=IncidentKind(given["kind"]),
            happened_at=given["happened_at"],
            found_at=given["found_at"],
            words=given["words"],
            children=given["children"],
            of_health=given["of_health"],
        )


class StepForm(forms.Form):
    """The next step of an incident; which ones there are follows from where it stands."""

    use_required_attribute = False
    step = forms.ChoiceField(label=_("What is the next step?"), widget=forms.RadioSelect(attrs=LINES))
    words = forms.CharField(label=_("What was found, told or done?"), **WORDS)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = steps_of(incident)  # type: ignore[attr-defined]


def steps_of(incident: Incident) -> list[tuple[str, Any]]:
    tell = ("tell", _("Assessed: the authority and those concerned are told"))
    harmless = ("harmless", _("Assessed: nobody has to be told, and why"))
    told = ("told", _("They were told: who, when, how"))
    close = ("close", _("Closed: what keeps it from happening again"))
    if incident.state == IncidentState.REPORTED:
        return [tell, harmless]
    if incident.state == IncidentState.ASSESSED:
        return [told] if incident.must_notify else [close]
    return [close] if incident.state == IncidentState.NOTIFIED else []
