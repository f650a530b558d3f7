"""Who looks after a child, said anew."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.enums import CareBarKind, CareKind
from children.forms.family import NEW, NOBODY, carer_fields
from children.models import Child, Guardianship
from children.rules.care import CareEntry, told_care
from children.services.bars import BarEntry

Choices = list[tuple[str, str]]
PLAIN = ("carer", "carer_kind", "carer_since", "carer_is_entrusted", "carer_paper_signed_on")


class CareForm(EntryForm):
    """As the registration asks it, with the notices that entrusted care needs, and filled in as the file has it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=300, required=False)

    def __init__(self, data: Any = None, *, child: Child, care: Guardianship | None, among: Choices) -> None:
        self.child = child
        super().__init__(data, initial=_said(care))
        self.fields |= carer_fields({})
        self.fields["carer"].choices = [*among, (NEW, _("Somebody else, below")), (NOBODY, _("Nobody"))]  # type: ignore[attr-defined]
        self.fields["carer_id"].initial = new_id
        self.fields["carer_school_told_on"] = _notice(_("The parents told the school in writing on"))
        self.fields["carer_village_told_on"] = _notice(_("The parents told the village committee in writing on"))
        self.fields["because"] = forms.CharField(
            label=_("If somebody else did so before: why no longer?"), max_length=200, required=False
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("carer") == NEW and not given.get("carer_name"):
            self.add_error("carer_name", _("Write who looks after the child."))
        if given.get("carer") == NEW and not given.get("carer_relation"):
            self.add_error("carer_relation", _("Choose what this person is to the child."))
        if not given.get("carer_since") and "carer_since" not in self.errors:
            self.add_error("carer_since", _("Say since when; about will do."))
        return given

    def entry(self, *, made_at: datetime) -> CareEntry:
        given = self.cleaned_data
        chosen = given["carer"]
        is_new, nobody = chosen == NEW, chosen == NOBODY
        new = {name: given[f"carer_{name}"] for name in ("name", "relation", "phone", "born_on")} if is_new else {}
        kept = ("since", "paper_signed_on", "school_told_on", "village_told_on")
        return CareEntry(
            child=self.child.id,
            carer=None if nobody else given["carer_id"] if is_new else UUID(chosen),
            is_new=is_new,
            kind=CareKind.NONE if nobody else given["carer_kind"] or CareKind.FAIR,
            is_entrusted=given["carer_is_entrusted"] and not nobody,
            because=given["because"],
            seen=given["seen"],
            id=given["id"],
            made_at=made_at,
            **new,
            **{name: given[f"carer_{name}"] for name in kept},
        )


class BarForm(EntryForm):
    """Why somebody may not be entrusted with a child; or that it is so no longer."""

    kind = forms.ChoiceField(label=_("Why not?"), choices=[("", _("Choose one")), *CareBarKind.choices])
    on = DayField(label=_("Since when"), help_text=_("About will do. If it ended: the first day without it."))
    ends = forms.BooleanField(label=_("It does not hold any longer"), required=False)
    words = forms.CharField(
        label=_("What is known of it"),
        help_text=_("Who said so, and when. Kept sealed."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def entry(self, child_id: UUID, relative_id: UUID, *, made_at: datetime) -> BarEntry:
        given = self.cleaned_data
        return BarEntry(
            child_id, relative_id, given["kind"], given["on"], given["ends"], given["words"], given["id"], made_at
        )


def _notice(label: Any) -> forms.Field:
    return needed_by_another(DayField(label=label, required=False))


def _said(care: Guardianship | None) -> dict[str, Any]:
    if care is None:
        return {"seen": ""}
    return {
        "seen": told_care(care),
        "carer": str(care.carer_id) if care.carer_id else NOBODY,
        "carer_kind": care.kind if care.carer_id else CareKind.FAIR,
        "carer_since": care.since,
        "carer_is_entrusted": care.is_entrusted,
        "carer_paper_signed_on": care.paper_signed_on,
        "carer_school_told_on": care.school_told_on,
        "carer_village_told_on": care.village_told_on,
    }
