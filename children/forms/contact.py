from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import DayField, EntryForm
from children.enums import ContactHow
from children.rules.contact import ContactEntry


class ContactForm(EntryForm):
    """That a parent who is away was in touch: two taps, when it was today."""

    on = DayField(label=_("On which day?"))
    how = forms.ChoiceField(
        label=_("How?"),
        choices=ContactHow.choices,
        initial=ContactHow.VIDEO,
        widget=forms.RadioSelect(attrs={"data-of": "2"}),
    )
    with_child = forms.BooleanField(label=_("Spoke with the child"), required=False, initial=True)
    with_carer = forms.BooleanField(label=_("Spoke with who looks after the child"), required=False)
    note = forms.CharField(
        label=_("What did they talk about?"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def entry(self, child_id: UUID, relative_id: UUID, *, made_at: datetime) -> ContactEntry:
        given: dict[str, Any] = self.cleaned_data
        return ContactEntry(
            child=child_id,
            relative=relative_id,
            on=given["on"],
            how=given["how"],
            with_child=given["with_child"],
            with_carer=given["with_carer"],
            note=given["note"],
            id=given["id"],
            made_at=made_at,
        )
