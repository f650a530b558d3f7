from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.places.models import Place
from visits.enums import FlagKind, Severity
from visits.models.flag import FlagQuerySet

WAITING, IN_WORK, ALL = "waiting", "in-work", "all"


class FlagFilter(forms.Form):
    """What the county looks at: it lives in the URL."""

    tab = forms.ChoiceField(choices=[(WAITING, ""), (IN_WORK, ""), (ALL, "")], required=False, widget=forms.HiddenInput)
    township = forms.ChoiceField(required=False)
    severity = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    q = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, townships: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].choices = [("", _("All townships")), *((one.prefix, one.name) for one in townships)]  # type: ignore[attr-defined]
        self.fields["severity"].choices = [("", _("Any severity")), *Severity.choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Any kind")), *FlagKind.choices]  # type: ignore[attr-defined]
        self.fields["township"].widget.attrs["aria-label"] = _("Township")
        self.fields["severity"].widget.attrs["aria-label"] = _("Severity")
        self.fields["kind"].widget.attrs["aria-label"] = _("Kind")
        self.fields["q"].widget.attrs |= {
            "aria-label": _("Find a child or a village"),
            "placeholder": _("Child, village"),
        }

    @property
    def tab_now(self) -> str:
        return (self.is_valid() and self.cleaned_data["tab"]) or WAITING

    def narrow(self, flags: FlagQuerySet) -> FlagQuerySet:
        """The flags that the filter leaves, in the order in which they press. A filter that makes no sense is none."""
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("township"):
            flags = flags.under(asked["township"])
        if asked.get("severity"):
            flags = flags.filter(severity=asked["severity"])
        if asked.get("kind"):
            flags = flags.filter(kind=asked["kind"])
        return flags.about(asked.get("q", ""))

    def of_tab(self, flags: FlagQuerySet) -> FlagQuerySet:
        if self.tab_now == WAITING:
            return flags.awaiting_county().most_urgent_first()
        if self.tab_now == IN_WORK:
            return flags.in_work().most_urgent_first()
        return flags.with_acknowledge_due().newest_first()


class AcknowledgeForm(forms.Form):
    answer = forms.CharField(
        label=_("A word to the reporter"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class SettleForm(forms.Form):
    settled = forms.CharField(
        label=_("What was done"),
        help_text=_("The reporter reads it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DismissForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it dismissed?"),
        help_text=_("Written for the reporter, who gets it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
