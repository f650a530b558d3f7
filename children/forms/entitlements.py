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
from children.rules.entitlements import UNCLAIMED
from children.services.entitlements import ApplicationEntry
from children.services.grounds import GroundEntry

LEVELS = [("", _("Choose one")), *((str(level), str(level)) for level in (1, 2, 3, 4))]


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
        self.fields["benefit"].choices = [("", _("Choose one")), *((one.code, str(one.name)) for one in among)]  # type: ignore[attr-defined]

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
            label=_("Of a disability: which kind"),
            choices=[("", _("Choose one")), *DisabilityKind.choices],
            required=False,
        )
    )
    level = needed_by_another(
        forms.ChoiceField(label=_("And which level, by the certificate"), choices=LEVELS, required=False)
    )

    def __init__(self, *args: Any, grounds: Sequence[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_child = [(one.value, one.label) for one in grounds]
        groups = [("", _("Choose one")), (_("The home"), Means.choices), (_("The child"), of_child)]
        self.fields["kind"].choices = groups  # type: ignore[attr-defined]

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
    state = forms.ChoiceField(
        required=False,
        choices=[("", _("However far")), *((one.value, one.label) for one in UNCLAIMED)],
        widget=forms.Select(attrs={"aria-label": _("How far")}),
    )
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

    def asked(self, name: str) -> str:
        """What was chosen, if it can be understood."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    def narrow(self, rows: UnclaimedQuerySet, *, on: date) -> UnclaimedQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        found = rows.under(asked.get("under") or "")
        if asked.get("benefit") in benefits():
            found = found.filter(benefit=asked["benefit"])
        if asked.get("state"):
            found = found.filter(state=asked["state"])
        return found.filter(since__lte=on - timedelta(days=int(asked["days"]))) if asked.get("days") else found


class RulesAsked(forms.Form):
    """Which county's rules, and of which day; both live in the address. What cannot be understood is today, and the first."""

    under = forms.ChoiceField(required=False, widget=forms.Select(attrs={"aria-label": _("County")}))
    on = DayField(required=False)

    def __init__(self, *args: Any, counties: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counties = counties
        self.fields["under"].choices = [(one.code, one.name) for one in counties]  # type: ignore[attr-defined]
        self.fields["on"].widget.attrs["aria-label"] = _("Day")

    def county(self) -> Place | None:
        self.is_valid()
        asked = self.cleaned_data.get("under")
        return next((one for one in self.counties if one.code == asked), next(iter(self.counties), None))

    def day(self, today: date) -> date:
        self.is_valid()
        return self.cleaned_data.get("on") or today
