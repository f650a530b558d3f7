from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.moments import Month, day_of
from ccmp.places.enums import Level
from ccmp.places.models import Place
from ccmp.web.spoken import spoken_month
from clubs.enums import WeekState
from clubs.models.club import ClubQuerySet

MONTHS_BACK = 12
COUNTED = (WeekState.MET, WeekState.SHORT, WeekState.SILENT, WeekState.EXEMPT)


class HoursFilter(forms.Form):
    """Which month, which part of one's reach. It lives in the URL; what makes no sense there is left aside."""

    month = forms.ChoiceField(required=False)
    under = forms.ChoiceField(required=False)
    which = forms.ChoiceField(
        required=False, choices=[("", ""), *((state, state) for state in COUNTED)], widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, clubs: ClubQuerySet, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_month = Month.of(day_of(at))
        months = [self.this_month]
        while len(months) < MONTHS_BACK:
            months.append(months[-1].previous())
        self.fields["month"].choices = [(str(one), spoken_month(one.first_day)) for one in months]  # type: ignore[attr-defined]
        self.fields["month"].widget.attrs["aria-label"] = _("Month")
        self.fields["under"].choices = [("", _("All places")), *_parts(clubs)]  # type: ignore[attr-defined]
        self.fields["under"].widget.attrs["aria-label"] = _("Place")

    @property
    def month_now(self) -> Month:
        asked = self.cleaned_data.get("month") if self.is_valid() else ""
        return Month.parse(asked) if asked else self.this_month

    @property
    def which_now(self) -> str:
        return str(self.cleaned_data.get("which", "")) if self.is_valid() else ""

    @property
    def page_now(self) -> int:
        text = self.data.get("page", "1")
        return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 else 1

    def narrow(self, clubs: ClubQuerySet) -> ClubQuerySet:
        asked = self.cleaned_data.get("under") if self.is_valid() else ""
        return clubs.under(asked) if asked else clubs


def _parts(clubs: ClubQuerySet) -> list[tuple[str, str]]:
    """The townships of one county; of several counties, the counties."""
    codes = list(clubs.values_list("village_code", flat=True))
    counties = {code[:6].ljust(12, "0") for code in codes}
    level = Level.COUNTY if len(counties) > 1 else Level.TOWNSHIP
    wanted = counties if len(counties) > 1 else {code[:9].ljust(12, "0") for code in codes}
    places = Place.objects.at_level(level).filter(pk__in=wanted).in_order()
    return [(place.prefix, place.name) for place in places]
