from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
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


class LinesFilter(forms.Form):
    """Who and when, of lines that were noted one after another. `SAID`: what each field without words beside it is called."""

    SAID: ClassVar[dict[str, str | Promise]] = {}

    who = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
    since = DayField(label=pgettext_lazy("days of the trail", "from"), required=False)
    until = DayField(label=pgettext_lazy("days of the trail", "to"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in {"who": _("Who"), **self.SAID}.items():
            self.fields[name].widget.attrs["aria-label"] = label
        self.fields["who"].widget.attrs["placeholder"] = _("Name or account")

    def asked(self) -> dict[str, Any]:
        """What was filled in, the days as moments: since then, and until before then. What does not read narrows nothing."""
        self.is_valid()
        told = {name: value for name, value in self.cleaned_data.items() if value}
        if "since" in told:
            told["since"] = start_of(told["since"])
        if "until" in told:
            told["until"] = start_of(told["until"] + timedelta(days=1))
        return told


class TrailFilter(LinesFilter):
    """Which lines one looks at: it lives in the URL, but for a name, which stands in no address of a child's."""

    SAID = {"what": _("What"), "area": _("Where")}

    what = forms.ChoiceField(required=False, choices=WHAT)
    area = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, areas: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Everywhere")), *((one.prefix, one.name) for one in areas)]  # type: ignore[attr-defined]

    def narrow(self, entries: EntryQuerySet) -> EntryQuerySet:
        asked = self.asked()
        if who := asked.get("who"):
            entries = entries.filter(Q(by__full_name__icontains=who) | Q(by__username=who))
        if asked.get("what"):
            entries = entries.filter(did__in=GROUPS[asked["what"]])
        if asked.get("area"):
            entries = entries.filter(village_code__startswith=asked["area"])
        if asked.get("since"):
            entries = entries.filter(at__gte=asked["since"])
        if asked.get("until"):
            entries = entries.filter(at__lt=asked["until"])
        return entries.filter(pk__lt=asked["before"]) if asked.get("before") else entries
