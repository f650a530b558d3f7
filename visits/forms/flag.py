from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import EntryForm, MomentField
from children.models import Child
from visits.entries import FlagEntry
from visits.enums import FlagKind, Severity
from visits.rules.flag_kinds import kind_rule

NOT_FOR_PEOPLE = {FlagKind.VISIT_OVERDUE}  # it follows from the deadlines


def kinds_by_severity() -> list[tuple[Any, Any]]:
    """The kinds of flags, the gravest group first."""
    kinds = [kind for kind in FlagKind if kind not in NOT_FOR_PEOPLE]
    groups = [
        (severity.label, [(kind.value, kind.label) for kind in kinds if kind_rule(kind).severity == severity])
        for severity in Severity
    ]
    return [("", _("Choose what it is")), *groups]


class FlagForm(EntryForm):
    """Something is wrong with a child: what, who, what was seen."""

    child_words = forms.CharField(
        label=_("Which child is it?"),
        help_text=_("If you know the child, open its file and report from there. Else: boy or girl, age, where."),
        max_length=120,
        required=False,
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=kinds_by_severity)
    seen = forms.CharField(
        label=_("What did you see or hear?"),
        help_text=_("In their words. When, where, who told you. You need not be sure."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    situation = forms.CharField(
        label=_("Where is the child now, and who is with it?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    police_told_whom = forms.CharField(
        label=_("If you called the police: whom did you tell?"), max_length=80, required=False
    )
    police_told_at = MomentField(label=_("When did you call?"), required=False)
    visit = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, names_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if names_child:
            del self.fields["child_words"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("police_told_whom") and not given.get("police_told_at"):
            self.add_error("police_told_at", _("Say when you called; about will do."))
        return given

    def entry(self, village_code: str, child: Child | None, *, made_at: datetime) -> FlagEntry:
        """The flag as the service takes it."""
        given = self.cleaned_data
        return FlagEntry(
            id=given["id"],
            village_code=village_code,
            made_at=made_at,
            kind=given["kind"],
            seen=given["seen"],
            child=child.id if child else None,
            child_words=given.get("child_words", ""),
            visit=given["visit"],
            situation=given["situation"],
            police_told_at=given["police_told_at"],
            police_told_whom=given["police_told_whom"],
        )
