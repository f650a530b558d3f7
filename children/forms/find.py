from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from children.enums import ALERTS, OPEN_LABELS, LabelKind
from children.models.child import ChildQuerySet
from children.services.find import find_children

ALERTS_FIRST = (*ALERTS, *(kind for kind in OPEN_LABELS if kind not in ALERTS))
LONGEST = 60
WHAT_IS_LOOKED_FOR = _("Name, pinyin, ID number or telephone")


class FindChildren(forms.Form):
    """The register narrowed by what was said and by a label. Only the label lives in the address."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "aria-label": WHAT_IS_LOOKED_FOR,
                "placeholder": _("Name, pinyin or number"),
            }
        ),
    )
    label = forms.ChoiceField(
        required=False,
        widget=forms.Select(attrs={"aria-label": _("Label")}),
        choices=[("", _("All children")), *((kind.value, kind.label) for kind in ALERTS_FIRST)],
    )

    def narrow(self, children: ChildQuerySet, *, on: date) -> ChildQuerySet:
        """The children that were asked for, the nearest first; what cannot be understood narrows nothing."""
        asked = self.cleaned_data if self.is_valid() else {"q": "", "label": ""}
        found = find_children(children, asked["q"]) if asked["q"] else children.in_order()
        return found.with_label(LabelKind(asked["label"]), on=on) if asked["label"] else found
