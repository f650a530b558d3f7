"""Noting a step of a benefit or a ground; narrowing the list of what nobody claimed yet."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.places.models import Place
from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.enums import ApplicationStep, DisabilityKind, Ground, Means
from children.models.entitlement import UnclaimedQuerySet
from children.rules.benefits import Benefit, benefits, open_benefits
from children.services.entitlements import ApplicationEntry
from children.services.grounds import GroundEntry

LEVELS = [("", "–"), *((str(level), str(level)) for level in (1, 2, 3, 4))]


class StepForm(EntryForm):
    """What became of a benefit. Which one is typed, not written into an address."""

    benefit = forms.ChoiceField(label=_("Which benefit"))
    step = forms.ChoiceField(
        label=_("How far is it"),
        choices=ApplicationStep.choices,
        widget=forms.RadioSelect(attrs={"data-of": "lines"}),
    )
    on = DayField(label=_("On which day"))
    why = needed_by_another(
        forms.CharField(
            label=_("The reason, as the office gave it"),
            help_text=_("Needed when it was refused."),
            required=False,
            max_length=400,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    )

    def __init__(self, *args: Any, among: Sequence[Benefit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["benefit"].choices = [("", "–"), *((one.code, str(one.name)) for one in among)]  # type: ignore[attr-defined]

    def entry(self, child_id: UUID, *, made_at: datetime) -> ApplicationEntry:
        given = self.cleaned_data
        return ApplicationEntry(child_id, given["benefit"], given["on"], given["id"], made_at)


class GroundForm(EntryForm):
    """A ground that holds since a day, or that does so no longer."""

    kind = forms.ChoiceField(label=_("What is it"))
    on = DayField(label=_("Since when"), help_text=_("About will do. If it ended: the first day without it."))
    ends = forms.BooleanField(label=_("It does not hold any longer"), required=False)
    disability = needed_by_another(
        forms.ChoiceField(
            label=_("Of a disability: which kind"), choices=[("", "–"), *DisabilityKind.choices], required=False
        )
    )
    level = needed_by_another(
        forms.ChoiceField(label=_("And which level, by the certificate"), choices=LEVELS, required=False)
    )

    def __init__(self, *args: Any, grounds: Sequence[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_child = [(one.value, one.label) for one in grounds]
        self.fields["kind"].choices = [("", "–"), (_("The home"), Means.choices), (_("The child"), of_child)]  # type: ignore[attr-defined]

    def entry(self, child_id: UUID, *, made_at: datetime) -> GroundEntry:
        given = self.cleaned_data
        return GroundEntry(
            child_id,
            given["kind"],
            given["on"],
            ends=given["ends"],
            disability=given["disability"],
            level=int(given["level"] or 0),
            id=given["id"],
            made_at=made_at,
        )


class UnclaimedFilter(forms.Form):
    """The list narrowed; it lives in the address. What cannot be understood narrows nothing."""

    benefit = forms.ChoiceField(required=False, widget=forms.Select(attrs={"aria-label": _("Benefit")}))
    under = forms.ChoiceField(required=False, widget=forms.Select(attrs={"aria-label": _("Village")}))
    days = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("However long")),
            ("30", _("Waiting for 30 days or more")),
            ("90", _("Waiting for 90 days or more")),
            ("180", _("Waiting for 180 days or more")),
        ],
        widget=forms.Select(attrs={"aria-label": _("How long")}),
    )

    def __init__(self, *args: Any, villages: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.code, one.name) for one in open_benefits()]
        self.fields["benefit"].choices = [("", _("All benefits")), *named]  # type: ignore[attr-defined]
        self.fields["under"].choices = [("", _("All villages")), *((one.code, one.name) for one in villages)]  # type: ignore[attr-defined]

    def narrow(self, rows: UnclaimedQuerySet, *, on: date) -> UnclaimedQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        found = rows.under(asked.get("under") or "")
        if asked.get("benefit") in benefits():
            found = found.filter(benefit=asked["benefit"])
        return found.filter(since__lte=on - timedelta(days=int(asked["days"]))) if asked.get("days") else found
