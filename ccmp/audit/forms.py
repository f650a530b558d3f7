from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccmp.audit.models import EntryQuerySet
from ccmp.audit.reading import GROUPS
from ccmp.moments import start_of
from ccmp.places.models import Place
from ccmp.web.forms import DayField

WHAT = [
    ("", _("Everything")),
    ("opened", _("Opened or seen")),
    ("taken", _("Printed, downloaded, taken out")),
    ("coming", _("Signing in and out")),
    ("keeping", _("Accounts, posts, places")),
    ("refused", _("Refusals only")),
]


class TrailFilter(forms.Form):
    """Which lines one looks at: it lives in the URL, but for a name, which stands in no address of a child's."""

    who = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
    what = forms.ChoiceField(required=False, choices=WHAT)
    area = forms.ChoiceField(required=False)
    since = DayField(label=pgettext_lazy("days of the trail", "from"), required=False)
    until = DayField(label=pgettext_lazy("days of the trail", "to"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Everywhere")), *((one.prefix, one.name) for one in areas)]  # type: ignore[attr-defined]
        said = {"who": _("Who"), "what": _("What"), "area": _("Where")}
        for name, label in said.items():
            self.fields[name].widget.attrs |= {"aria-label": label}
        self.fields["who"].widget.attrs["placeholder"] = _("Name or account")

    def narrow(self, entries: EntryQuerySet) -> EntryQuerySet:
        """What does not read as a filter narrows nothing."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if who := asked.get("who"):
            entries = entries.filter(Q(by__full_name__icontains=who) | Q(by__username=who))
        if asked.get("what"):
            entries = entries.filter(did__in=GROUPS[asked["what"]])
        if asked.get("area"):
            entries = entries.filter(village_code__startswith=asked["area"])
        if asked.get("since"):
            entries = entries.filter(at__gte=start_of(asked["since"]))
        if asked.get("until"):
            entries = entries.filter(at__lt=start_of(asked["until"] + timedelta(days=1)))
        return entries.filter(pk__lt=asked["before"]) if asked.get("before") else entries
