from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from children.enums import LeftBy
from children.models.child import ChildQuerySet

LEFT_BEHIND = "left_behind"


class FindChildren(forms.Form):
    """The register narrowed by a name and a label; it lives in the address."""

    q = forms.CharField(
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={"type": "search", "aria-label": _("Name or pinyin"), "placeholder": _("Name or pinyin")}
        ),
    )
    label = forms.ChoiceField(
        required=False,
        widget=forms.Select(attrs={"aria-label": _("Label")}),
        choices=[
            ("", _("All children")),
            (LEFT_BEHIND, _("Rural left-behind")),
            (LeftBy.BOTH.value, LeftBy.BOTH.label),
            (LeftBy.ONE.value, LeftBy.ONE.label),
        ],
    )

    def narrow(self, children: ChildQuerySet, *, on: date) -> ChildQuerySet:
        """The children that were asked for; what cannot be understood narrows nothing."""
        if not self.is_valid():
            return children
        wanted = self.cleaned_data["label"]
        found = children.matching(self.cleaned_data["q"])
        if wanted == LEFT_BEHIND:
            return found.left_behind(on=on)
        return found.with_left_by(on=on).filter(left_by=wanted) if wanted else found
