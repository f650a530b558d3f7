from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.people.models import Department
from ccmp.web.forms import DayField, EntryForm
from referrals.entries import ReferralEntry, TaskEntry
from referrals.enums import ALWAYS_DISCLOSED, Disclosed, Result

CHOOSABLE = [(field.value, field.label) for field in Disclosed if field not in ALWAYS_DISCLOSED]


class TaskForm(forms.Form):
    """What one department is asked, and what it may know of the child for it."""

    use_required_attribute = False
    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"), empty_label=_("Choose"))
    title = forms.CharField(label=_("In a few words"), max_length=120)
    asked = forms.CharField(label=_("What is asked"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    done_when = forms.CharField(label=_("How one sees that it is done"), max_length=300, required=False)
    disclosed = forms.MultipleChoiceField(
        label=_("What else it may know of the child"),
        help_text=_(
            "Name, sex, birth date and where the child lives go with every task. Tick only what this task needs."
        ),
        choices=CHOOSABLE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, county_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = Department.objects.of_county(county_code).open().in_order()
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """The id is always new: what counts is whether anything was asked of anybody."""
        return bool({"department", "title", "asked", "done_when", "disclosed"} & set(self.changed_data))

    @property
    def is_left_empty(self) -> bool:
        return not self.has_changed()

    def entry(self) -> TaskEntry:
        said = self.cleaned_data
        return TaskEntry(
            id=said["id"],
            department=said["department"].id,
            title=said["title"],
            asked=said["asked"],
            disclosed=frozenset(said["disclosed"]),
            done_when=said["done_when"],
        )


class ReferralForm(EntryForm):
    """What the child is to have in the end, by when, and what the reporter is told."""

    goal = forms.CharField(
        label=_("The goal: what the child is to have in the end"),
        help_text=_("For example: back in the classroom, with a hukou"),
        max_length=200,
    )
    goal_due_on = DayField(label=_("By when"), required=False)
    without_consent_because = forms.CharField(
        label=_("Why it is sent although the family has not agreed"),
        help_text=_(
            "Nobody has agreed that departments are told of this child. Ask the family, or write why it cannot wait."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    answer = forms.CharField(
        label=_("A word to the reporter"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["without_consent_because"]

    def entry(self, flag_id: UUID, tasks: tuple[TaskEntry, ...]) -> ReferralEntry:
        said = self.cleaned_data
        return ReferralEntry(
            id=said["id"],
            goal=said["goal"],
            goal_due_on=said["goal_due_on"],
            answer=said["answer"],
            without_consent_because=said.get("without_consent_because", ""),
            flag=flag_id,
            tasks=tasks,
        )


class CloseForm(forms.Form):
    result = forms.ChoiceField(label=_("What became of it"), choices=Result.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In words"),
        help_text=_("The companion mother reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WordsForm(forms.Form):
    """A few words that go with a move."""

    words = forms.CharField(label=_("What you add"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
