"""What is asked about one child: why its numbers are shown, why nothing may be deleted, what its guardian asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.privacy.enums import RequestKind, RequestState, WhyShown
from ccmp.privacy.services.requests import Asked
from ccmp.web.forms import DayField, EntryForm, needed_by_another
from children.enums import Relation

LINES: dict[str, Any] = {"data-of": "lines"}
WORDS: dict[str, Any] = {"max_length": 400, "widget": forms.Textarea(attrs={"rows": 3})}


class ShowNumbersForm(forms.Form):
    use_required_attribute = False
    why = forms.ChoiceField(
        label=_("What do you need them for?"), choices=WhyShown.choices, widget=forms.RadioSelect(attrs=LINES)
    )
    words = needed_by_another(
        forms.CharField(
            label=_("In your words"),
            required=False,
            help_text=_("Needed for “something else”. No numbers here."),
            **WORDS,
        )
    )


class HoldForm(forms.Form):
    use_required_attribute = False
    why = forms.CharField(
        label=_("Why may nothing be deleted?"), help_text=_("The case, the court, the letter with its number."), **WORDS
    )
    until = DayField(
        label=_("Until when?"), required=False, help_text=_("Leave it empty if nobody knows: it is lifted here then.")
    )


class AskForm(EntryForm):
    kind = forms.ChoiceField(
        label=_("What does the guardian ask for?"), choices=RequestKind.choices, widget=forms.RadioSelect(attrs=LINES)
    )
    asked_by = forms.CharField(label=_("Who asks?"), max_length=60, help_text=_("Name, as on the identity card."))
    relation = forms.ChoiceField(label=_("Who is that to the child?"), choices=Relation.choices)
    words = needed_by_another(
        forms.CharField(
            label=_("What exactly?"), required=False, help_text=_("What is wrong, or what is to be deleted."), **WORDS
        )
    )

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(given["id"], RequestKind(given["kind"]), given["asked_by"], given["relation"], given["words"])


class AnswerForm(forms.Form):
    use_required_attribute = False
    state = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[
            (RequestState.DONE, _("Done, as it was asked")),
            (RequestState.DECLINED, _("Declined, with a reason")),
            (RequestState.WITHDRAWN, _("The guardian took it back")),
        ],
        widget=forms.RadioSelect(attrs=LINES),
    )
    words = needed_by_another(
        forms.CharField(
            label=_("What the guardian is told"), required=False, help_text=_("Needed when it is declined."), **WORDS
        )
    )

    def answer(self) -> dict[str, Any]:
        """As `answer_request` takes it."""
        return {"state": RequestState(self.cleaned_data["state"]), "words": self.cleaned_data["words"]}
