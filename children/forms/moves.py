"""That a child left or is back; where it goes in the programme, and what the other village answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.enums import MoveKind
from children.models import Household
from children.rules.moves import LEAVING, MoveEntry
from children.rules.transfers import AskEntry, Home, TransferEntry
from children.services.transfers import number_mark

NEW_HOME = "new"
HANDOVER_STEPS = [("hand", _("Hand the child over")), ("decline", _("Decline"))]
TAKEOVER_STEPS = [("take", _("Take the child over")), ("decline", _("Decline"))]
WORDS: dict[str, Any] = {"max_length": 400, "required": False, "widget": forms.Textarea(attrs={"rows": 3})}


def _text(label: Any, help_text: Any, *, length: int = 120) -> forms.CharField:
    return needed_by_another(forms.CharField(label=label, help_text=help_text, max_length=length, required=False))  # type: ignore[return-value]


class LeaveForm(EntryForm):
    """Why a child no longer belongs to the register. A death is asked for once more, by the child's name."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(one.value, one.label) for one in LEAVING],
        widget=forms.RadioSelect(attrs={"data-of": "lines"}),
    )
    on = DayField(label=_("On which day?"), help_text=_("The first day on which the child is no longer here."))
    where = _text(_("Where to, when it moved away?"), _("Province and town, for example Dongguan in Guangdong."))
    note = _text(_("Why was it a mistake?"), _("Only when it was registered by mistake."), length=400)
    sure = needed_by_another(forms.BooleanField(label=_("Yes, the child has died"), required=False))

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == MoveKind.DIED and not given.get("sure"):
            asked = _("You note that %(name)s has died. If that is so, tick this and keep it once more.")
            self.add_error("sure", asked % {"name": self.name})
        return given

    def entry(self, child_id: UUID, *, made_at: datetime) -> MoveEntry:
        given = self.cleaned_data
        kind = MoveKind(given["kind"])
        where = given["where"] if kind == MoveKind.LEFT else ""
        return MoveEntry(child_id, kind, given["on"], where, given["note"], given["id"], made_at)


class ReturnForm(EntryForm):
    on = DayField(label=_("Since which day does the child belong to the register again?"))
    note = forms.CharField(label=_("Anything to remember"), **WORDS)

    def entry(self, child_id: UUID, *, made_at: datetime) -> MoveEntry:
        given = self.cleaned_data
        return MoveEntry(child_id, MoveKind.RETURNED, given["on"], "", given["note"], given["id"], made_at)


class TransferForm(EntryForm):
    """To a village that was chosen on the page before."""

    village_id = forms.CharField(widget=forms.HiddenInput, max_length=12)
    on = DayField(label=_("Since which day does the child live there?"))
    words = forms.CharField(
        label=_("Words to the other companion mother"), help_text=_("What she should know on the first day."), **WORDS
    )

    def entry(self, child_id: UUID, *, made_at: datetime) -> TransferEntry:
        given = self.cleaned_data
        return TransferEntry(child_id, given["village_id"], given["on"], given["words"], given["id"], made_at)


class AnswerForm(EntryForm):
    """Yes or no to a transfer, and why not."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("step") == "decline" and not given.get("words", "").strip():
            self.add_error("words", _("Write why not: the other village reads it."))
        return given


class HomeForm(EntryForm):
    """In which home the child lives: one of the village, or a new one."""

    home = needed_by_another(forms.ChoiceField(label=_("In which home will the child live?"), required=False))
    head_name = _text(_("A new home: the name of its head"), _("Leave it out when you chose a home."), length=60)
    neighbourhood = _text(_("A new home: the hamlet"), "", length=60)

    def __init__(self, *args: Any, homes: Sequence[Household], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose one")),
            (NEW_HOME, _("A new home")),
            *((str(one.id), home_said(one.head_name, one.neighbourhood)) for one in homes),
        ]

    def told_home(self) -> Home:
        given = self.cleaned_data
        if given["home"] in ("", NEW_HOME):
            return Home(None, given["head_name"], given["neighbourhood"])
        return Home(UUID(given["home"]))


def home_said(head_name: str, neighbourhood: str) -> str:
    return f"{head_name}·{neighbourhood}" if neighbourhood else head_name


class TakeOverForm(AnswerForm, HomeForm):
    step = forms.ChoiceField(
        label=_("What do you answer?"), choices=TAKEOVER_STEPS, widget=forms.RadioSelect(attrs={"data-of": "2"})
    )
    words = needed_by_another(forms.CharField(label=_("When you decline: why not?"), **WORDS))
    field_order = ("step", "home", "head_name", "neighbourhood", "words")


class HandOverForm(AnswerForm):
    step = forms.ChoiceField(
        label=_("What do you answer?"), choices=HANDOVER_STEPS, widget=forms.RadioSelect(attrs={"data-of": "2"})
    )
    words = needed_by_another(
        forms.CharField(
            label=_("Words to the other companion mother"), help_text=_("When you decline: why not."), **WORDS
        )
    )


class AskForm(HomeForm):
    """The number is typed, never part of an address."""

    resident_id = forms.CharField(
        label=_("The child's full ID number"),
        help_text=_("As on the hukou booklet: 18 characters."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    on = DayField(label=_("Since which day does the child live here?"))
    words = forms.CharField(label=_("Words to the village that keeps the file"), **WORDS)
    field_order = ("resident_id", "on", "home", "head_name", "neighbourhood", "words")

    def entry(self, village_code: str, *, made_at: datetime) -> AskEntry:
        given = self.cleaned_data
        number = given["resident_id"]
        return AskEntry(
            number,
            number_mark(number),
            village_code,
            given["on"],
            self.told_home(),
            given["words"],
            given["id"],
            made_at,
        )
