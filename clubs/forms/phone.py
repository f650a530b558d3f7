from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import ClockField, DayField, EntryForm, MomentField
from clubs.entries import ActivityEntry
from clubs.enums import Theme

MOST_VISITORS = 500


class OpenForm(EntryForm):
    """The door opens now: nothing to fill in but the id that the page made."""


class CloseForm(forms.Form):
    """When the door closed: now, unless it was left open."""

    closed_at = MomentField(label=_("When did you close?"), required=False)


class SessionForm(EntryForm):
    """A session that was not recorded while it ran."""

    day = DayField(label=_("Which day?"))
    opened = ClockField(label=_("Opened at"))
    closed = ClockField(label=_("Closed at"))
    visitors = forms.IntegerField(
        label=_("Others who came and are not in the register"), min_value=0, max_value=MOST_VISITORS, initial=0
    )


class RollForm(forms.Form):
    visitors = forms.IntegerField(
        label=_("Others who came and are not in the register"), min_value=0, max_value=MOST_VISITORS, initial=0
    )


class ActivityForm(EntryForm):
    theme = forms.ChoiceField(label=_("What was it about?"), choices=Theme.choices)
    title = forms.CharField(label=_("In your own words"), max_length=60, required=False)
    held_at = MomentField(label=_("When did it begin?"))
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=5, max_value=600, initial=40)
    children = forms.IntegerField(label=_("How many children?"), min_value=0, max_value=1000)
    adults = forms.IntegerField(label=_("How many grown-ups?"), min_value=0, max_value=1000, initial=0)

    def entry(self, village_code: str) -> ActivityEntry:
        """The activity as the service takes it."""
        return ActivityEntry(village_code=village_code, made_at=self.cleaned_data["held_at"], **self.cleaned_data)


class ClosureForm(EntryForm):
    starts_on = DayField(label=_("From which day?"))
    ends_on = DayField(label=_("Until which day? (that day included)"))
    reason = forms.CharField(label=_("Why?"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class OpeningTimesForm(forms.Form):
    """One opening a day; a day left empty is told as shut."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            self.fields[f"opens{number}"] = ClockField(label=_("%(day)s from") % {"day": name}, required=False)
            self.fields[f"closes{number}"] = ClockField(label=_("%(day)s until") % {"day": name}, required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for number in range(len(WEEKDAYS)):
            opens, closes = cleaned.get(f"opens{number}"), cleaned.get(f"closes{number}")
            if bool(opens) != bool(closes) and not self.errors:
                self.add_error(f"closes{number}", _("Give both times of the day, or neither."))
        return cleaned

    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The name of each day with its two fields."""
        return [(str(name), self[f"opens{day}"], self[f"closes{day}"]) for day, name in enumerate(WEEKDAYS)]

    def times(self) -> list[tuple[int, time, time]]:
        said = self.cleaned_data
        days = range(len(WEEKDAYS))
        return [(day, said[f"opens{day}"], said[f"closes{day}"]) for day in days if said[f"opens{day}"]]
