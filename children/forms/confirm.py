"""With whom a file was gone through, and the list of those that are due."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.models import Child, Kinship
from children.services.confirm import ConfirmationEntry

SOMEBODY_ELSE = "else"


class ConfirmForm(EntryForm):
    """Who is chosen from the grown-ups of the file; the page writes them out. `version`: of the file that it read out."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
    with_whom = forms.ChoiceField(label=_("With whom did you go through it?"), widget=forms.RadioSelect)
    whom_else = needed_by_another(forms.CharField(label=_("If somebody else: the name"), max_length=60, required=False))
    on = DayField(label=_("On which day?"))

    def __init__(self, data: Any = None, *, child: Child | None = None, on: date | None = None) -> None:
        super().__init__(data, initial={"on": on, "version": child.version if child else None})
        self.child = child
        self.names = names_of(child.family) if child else {}
        if child:
            chosen: Any = self.fields["with_whom"]
            chosen.choices = [*self.names.items(), (SOMEBODY_ELSE, "")]

    @property
    def chosen(self) -> UUID | None:
        """The grown-up who was chosen, for the page that writes the choices out."""
        return chosen_in(self, "with_whom")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("with_whom") == SOMEBODY_ELSE and not given.get("whom_else"):
            self.add_error("whom_else", _("Write the name of who it was."))
        return given

    def entry(self, *, made_at: datetime) -> ConfirmationEntry:
        given = self.cleaned_data
        with_whom = given["whom_else"] if given["with_whom"] == SOMEBODY_ELSE else self.names[given["with_whom"]]
        assert self.child is not None
        return ConfirmationEntry(given["id"], self.child.id, made_at, given["on"], with_whom, given["version"])


def chosen_in(form: forms.Form, name: str) -> UUID | None:
    try:
        return UUID(str(form[name].value()))
    except ValueError:
        return None


def names_of(family: Iterable[Kinship]) -> dict[str, str]:
    """The grown-ups of a file by id. Of the dead too: what was written before somebody died still comes in."""
    return {str(one.relative_id): one.relative.name for one in family}
