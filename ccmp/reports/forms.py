from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.moments import Month
from ccmp.reports.enums import Edition, ReportState
from ccmp.reports.models.report import ReportQuerySet
from ccmp.reports.services.verifying import read_code
from ccmp.web.spoken import spoken_month


class ReportFilter(forms.Form):
    """The filter row of the ledger; it lives in the address. What it does not know it leaves out."""

    month = forms.ChoiceField(required=False)
    place = forms.ChoiceField(required=False)
    edition = forms.ChoiceField(required=False, choices=[("", _("For anybody")), *Edition.choices])
    state = forms.ChoiceField(required=False, choices=[("", _("However far")), *ReportState.choices])
    q = forms.CharField(
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Place or code")}),
    )

    def __init__(self, data: Any, *, months: list[str], places: list[tuple[str, str]]) -> None:
        super().__init__(data)
        named = [(month, spoken_month(Month.parse(month).first_day)) for month in months]
        self.fields["month"].choices = [("", _("All months")), *named]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("All places")), *places]  # type: ignore[attr-defined]
        labels = {
            "month": _("Month"),
            "place": _("Place"),
            "edition": _("Edition"),
            "state": _("State"),
            "q": _("Find"),
        }
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = labels[name]

    def narrow(self, reports: ReportQuerySet) -> ReportQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("month"):
            reports = reports.filter(month=asked["month"])
        if asked.get("place"):
            reports = reports.filter(place_code__startswith=asked["place"])
        if asked.get("edition"):
            reports = reports.filter(edition=asked["edition"])
        if asked.get("state"):
            reports = reports.filter(state=asked["state"])
        return _find(reports, asked["q"].strip()) if asked.get("q", "").strip() else reports


def _find(reports: ReportQuerySet, words: str) -> ReportQuerySet:
    code = read_code(words)
    return reports.filter(code=code) if code else reports.filter(place__name__contains=words)
