from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.audit.forms import LinesFilter
from ccmp.changes.reading import BY_HAND, BY_PROGRAM, Asked
from ccmp.changes.words import KINDS

HOW = [("", _("In any way")), (BY_PROGRAM, _("By way of the program")), (BY_HAND, _("By hand, past the program"))]


class ChangesFilter(LinesFilter):
    """Which changes one looks at. It lives in the URL: who did it, never whom it is about."""

    SAID = {"kind": _("Record"), "row": _("Number of the record"), "how": _("How")}

    kind = forms.ChoiceField(required=False)
    row = forms.CharField(required=False, max_length=40, widget=forms.TextInput(attrs={"type": "search"}))
    how = forms.ChoiceField(required=False, choices=HOW)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Every kind of record")), *KINDS.items()]  # type: ignore[attr-defined]
        self.fields["row"].widget.attrs["placeholder"] = _("Number of the record")

    def narrowed(self) -> Asked:
        return Asked(**self.asked())
