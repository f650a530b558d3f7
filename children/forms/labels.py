from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import DayField

FIRST_DAY = date(2015, 10, 1)  # the programme's: no standard counts before


class DayForm(forms.Form):
    """The day for which labels are asked; it lives in the address."""

    on = DayField(label=_("The day"), required=False)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data or None, initial={"on": today})
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise forms.ValidationError(_("That day is still to come. Choose today or a day before."))
        if on < FIRST_DAY:
            raise forms.ValidationError(
                _("Labels are worked out from 1 October 2015 on. Choose that day or a later one.")
            )
        return on

    def day(self) -> date:
        """The day that was asked for; today while there is none that can be understood."""
        return self.cleaned_data["on"] if self.is_valid() else self.today
