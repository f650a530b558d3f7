"""A list of files, narrowed to a township or a village. It lives in the address; what is not understood narrows nothing."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.people.reach import VillageFactQuerySet
from children.services.due import TOWNSHIP_DIGITS, PlaceWithCount

Rows = TypeVar("Rows", bound=VillageFactQuerySet)


class OfAVillage(Protocol):
    @property
    def village_code(self) -> str: ...


Fact = TypeVar("Fact", bound=OfAVillage)


class NarrowByPlace(forms.Form):
    under = forms.ChoiceField(required=False, widget=forms.Select(attrs={"aria-label": _("Village")}))

    def __init__(self, *args: Any, places: Sequence[PlaceWithCount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.prefix, _named(one)) for one in places]
        self.fields["under"].choices = [("", _("All villages")), *named]  # type: ignore[attr-defined]

    @property
    def digits(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("under") or ""

    def narrow(self, rows: Rows) -> Rows:
        return rows.filter(village_code__startswith=self.digits)

    def narrowed(self, rows: Iterable[Fact]) -> list[Fact]:
        """The same of rows that are read already."""
        return [one for one in rows if one.village_code.startswith(self.digits)]


def _named(place: PlaceWithCount) -> str:
    """A village stands further in than its township: 「　云脚村 12」."""
    indent = "" if len(place.prefix) == TOWNSHIP_DIGITS else "\u3000"
    return f"{indent}{place.name} {place.number}"
