from django import forms
from django.utils.translation import gettext_lazy as _

from visits.enums import RiskLevel
from visits.models.visit import VisitDeadlineQuerySet


class DueFilter(forms.Form):
    """The due list narrowed; it lives in the address. What cannot be understood narrows nothing."""

    days = forms.ChoiceField(
        required=False,
        choices=[("", _("Due today or late")), ("7", _("Due within 7 days")), ("30", _("Due within 30 days"))],
        widget=forms.Select(attrs={"aria-label": _("Until when")}),
    )
    level = forms.ChoiceField(
        required=False,
        choices=[("", _("Any risk")), *RiskLevel.choices],
        widget=forms.Select(attrs={"aria-label": _("Risk")}),
    )

    @property
    def days_ahead(self) -> int:
        self.is_valid()
        return int(self.cleaned_data.get("days") or 0)

    def narrow(self, deadlines: VisitDeadlineQuerySet) -> VisitDeadlineQuerySet:
        self.is_valid()
        level = self.cleaned_data.get("level")
        return deadlines.filter(level=level) if level else deadlines
