"""How a child is, as the national form asks: healthy, with a disability, ill."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.enums import DisabilityKind, HealthState
from children.services.health import HealthEntry

LEVELS = [("", _("Choose one")), *((str(level), str(level)) for level in (1, 2, 3, 4))]
WITH_A_DISABILITY = (HealthState.DISABLED, HealthState.DISABLED_AND_ILL)
WITH_AN_ILLNESS = (HealthState.ILL, HealthState.DISABLED_AND_ILL)


class HealthForm(EntryForm):
    """What the family tells, on a day. It opens blank: what is told lies sealed, and is not shown again here."""

    state = forms.ChoiceField(
        label=_("How is the child?"),
        choices=HealthState.choices,
        widget=forms.RadioSelect(attrs={"data-of": "lines"}),
    )
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
    certificate = forms.CharField(label=_("Number of the disability certificate"), max_length=40, required=False)
    illness = needed_by_another(
        forms.CharField(
            label=_("Of an illness: which one"),
            help_text=_("As the hospital's paper has it."),
            max_length=100,
            required=False,
        )
    )
    on = DayField(label=_("Since when"), help_text=_("Healthy: today. About will do."))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("state") in WITH_A_DISABILITY:
            for name in ("disability", "level"):
                if not given.get(name):
                    self.add_error(name, _("Copy the kind and the level from the certificate."))
        if given.get("state") in WITH_AN_ILLNESS and not given.get("illness", "").strip():
            self.add_error("illness", _("Write which illness it is."))
        return given

    def entry(self, child_id: UUID, *, made_at: datetime) -> HealthEntry:
        given = self.cleaned_data
        is_disabled = given["state"] in WITH_A_DISABILITY
        return HealthEntry(
            child_id,
            given["on"],
            disability=given["disability"] if is_disabled else "",
            level=int(given["level"]) if is_disabled else 0,
            certificate=given["certificate"].strip() if is_disabled else "",
            illness=given["illness"].strip() if given["state"] in WITH_AN_ILLNESS else "",
            id=given["id"],
            made_at=made_at,
        )
