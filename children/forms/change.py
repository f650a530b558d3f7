"""A child's file as it may be said anew, with what stood in each field when the page was opened."""

import json
from copy import deepcopy
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import EntryForm
from children.enums import NoIdReason
from children.forms.registration import HOME, RegistrationForm
from children.models import Child
from children.rules.file_fields import fields_of, text_of, texts_of
from children.services.correct import Correction


class SeenField(forms.CharField):
    """What the page showed when it was opened: names of fields → texts, as JSON. It comes back as it went."""

    default_error_messages = {"invalid": _("Something of this page was lost on the way. Open it again.")}

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, max_length=4000)

    def clean(self, value: Any) -> dict[str, str]:
        text = super().clean(value)
        try:
            seen = json.loads(text)
        except ValueError:
            seen = None
        if not isinstance(seen, dict) or not all(isinstance(one, str) for one in seen.values()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return seen


def seen_text(texts: dict[str, str]) -> str:
    """As a browser's JSON.stringify writes it: page and phone make the same."""
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))


class ChangeForm(EntryForm):
    """The child's own fields and those of its home. Each as in its registration, and filled in as the file has it."""

    seen = SeenField()

    def __init__(self, data: Any = None, *, child: Child) -> None:
        self.child = child
        texts = texts_of(child)
        own = {name: getattr(child.household if name in HOME else child, name) for name in texts}
        super().__init__(data, initial=own | {"seen": seen_text(texts)})
        self.fields |= {name.value: _asked(name) for name in fields_of(child)}

    @property
    def child_part(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in HOME]

    @property
    def home_part(self) -> list[forms.BoundField]:
        return [self[name] for name in HOME]

    def entry(self, *, made_at: datetime) -> Correction:
        given = self.cleaned_data
        said = {name.value: text_of(given[name]) for name in fields_of(self.child)}
        return Correction(given["id"], self.child.id, made_at, said, given["seen"])


def _asked(name: str) -> forms.Field:
    """A field of the registration's form. Why there is no ID number is asked of one who has none, so it is needed."""
    if name == "no_id_reason":
        return forms.ChoiceField(label=_("Why is there no ID number?"), choices=NoIdReason.choices)
    return deepcopy(RegistrationForm.declared_fields[name])
