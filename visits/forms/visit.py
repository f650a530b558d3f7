"""The form of a home visit: the checklist is data, so its fields are made from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccmp.web.forms import EntryForm, MomentField, StateChoices, needed_by_another
from children.models import Child
from visits.entries import VisitEntry
from visits.enums import FlagKind, Outcome, OverrideReason
from visits.models import Visit
from visits.rules.checklists import CURRENT, DANGER, FINE, WORRY, Item, checklist

RATINGS = [(str(FINE), _("fine")), (str(WORRY), _("a worry")), (str(DANGER), pgettext_lazy("a rating", "danger"))]
RATING_STATES = {str(FINE): "met", str(WORRY): "short", str(DANGER): "danger"}
A_NOTE = 2000


@dataclass(frozen=True)
class ItemField:
    """One question as the page asks it: its choices, its note, and what was answered last time."""

    item: Item
    field: forms.BoundField
    note: forms.BoundField
    last: tuple[str, Any] | None

    @property
    def is_danger(self) -> bool:
        return self.field.value() == str(DANGER)

    @property
    def kind(self) -> str:
        return str(FlagKind(self.item.report).label) if self.item.report else ""


class VisitForm(EntryForm):
    """What was seen at the door. Whether it can be true is for the rules; here it is only read."""

    made_at = MomentField(label=_("When were you there?"))
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=Outcome.choices,
        initial=Outcome.COMPLETED,
        widget=forms.RadioSelect(attrs={"data-of": "2"}),
    )
    seen_alone = forms.TypedChoiceField(
        label=_("Did you talk with the child alone?"),
        choices=[("yes", pgettext_lazy("talked alone?", "Yes")), ("no", pgettext_lazy("talked alone?", "No"))],
        coerce=lambda chosen: chosen == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"data-of": "2"}),
    )
    not_alone_because = forms.CharField(label=_("If not, why not?"), required=False, max_length=200)
    override = forms.ChoiceField(
        label=_("Has something grave happened?"),
        help_text=_("With any of these the risk is high, whatever else was answered."),
        choices=[("", _("No, nothing of this kind")), *OverrideReason.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("Anything else"),
        help_text=_("What the child said, in the child's own words; what you promised."),
        required=False,
        max_length=A_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, last: Visit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last
        self.checklist = checklist(CURRENT)
        needed_by_another(self.fields["not_alone_because"])
        for item in self.checklist.items:
            self.fields[f"item_{item.id}"] = forms.ChoiceField(
                label=item.words, choices=RATINGS, required=False, widget=StateChoices(states=RATING_STATES)
            )
            self.fields[f"note_{item.id}"] = forms.CharField(
                label=_("What did you see?"),
                help_text=_("Write what you saw and heard, in their words. You need not guess who did it."),
                required=False,
                max_length=A_NOTE,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def items(self) -> Iterator[ItemField]:
        for item in self.checklist.items:
            yield ItemField(item, self[f"item_{item.id}"], self[f"note_{item.id}"], self._last(item))

    @property
    def answered(self) -> int:
        return sum(bool(one.field.value()) for one in self.items)

    @property
    def left(self) -> int:
        return len(self.checklist.items) - self.answered

    def _last(self, item: Item) -> tuple[str, Any] | None:
        if self.last is None:
            return None
        rating = self.last.answers.get(item.id)
        return (
            ("exempt", _("not asked")) if rating is None else (RATING_STATES[str(rating)], dict(RATINGS)[str(rating)])
        )

    def entry(self, child: Child) -> VisitEntry:
        """The visit as the service takes it."""
        given = self.cleaned_data
        ids = [item.id for item in self.checklist.items]
        return VisitEntry(
            id=given["id"],
            child=child.id,
            made_at=given["made_at"],
            outcome=given["outcome"],
            checklist=self.checklist.version,
            answers={item: int(given[f"item_{item}"]) for item in ids if given[f"item_{item}"]},
            notes={item: given[f"note_{item}"] for item in ids if given[f"note_{item}"]},
            note=given["note"],
            seen_alone=given["seen_alone"],
            not_alone_because=given["not_alone_because"],
            override=given["override"],
        )
