"""A register that is brought, and one that is taken out."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import EntryForm
from children.enums import OPEN_LABELS, LabelKind
from children.models.child import ChildQuerySet
from children.rules.sheet_table import BIGGEST, too_big


class BringForm(EntryForm):
    """One file."""

    file = forms.FileField(
        label=_("The register's file"),
        help_text=_("An Excel file (xlsx) or a CSV file, up to 10 MB and 5,000 children."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.xls"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        """Nothing of a file that is too large is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > BIGGEST:
            raise forms.ValidationError(str(too_big()))
        return file

    def brought(self) -> dict[str, Any]:
        """As take_file takes it."""
        file = self.cleaned_data["file"]
        return {"file_id": self.cleaned_data["id"], "name": file.name, "content": file.read()}


class ExportForm(forms.Form):
    """Which part of the register."""

    under = forms.ChoiceField(required=False, label=_("Village"))
    label = forms.ChoiceField(required=False, label=_("Label"))

    def __init__(self, *args: Any, villages: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"].choices = [("", _("All villages")), *villages.items()]  # type: ignore[attr-defined]
        labels = [(one.value, LabelKind(one).label) for one in OPEN_LABELS]
        self.fields["label"].choices = [("", _("All children")), *labels]  # type: ignore[attr-defined]

    def narrow(self, rows: ChildQuerySet, *, on: date) -> ChildQuerySet:
        given = self.cleaned_data if self.is_valid() else {}
        found = rows.under(given["under"]) if given.get("under") else rows
        return found.with_label(LabelKind(given["label"]), on=on) if given.get("label") else found
