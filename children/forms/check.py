from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.web.forms import EntryForm
from children.forms.due import NarrowByPlace, Rows
from children.models import Child

IN_ORDER, BACK = "in_order", "back"


class CheckForm(EntryForm):
    """The supervisor's word; two buttons say which."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
    last = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    word = forms.ChoiceField(choices=[(IN_ORDER, ""), (BACK, "")], widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("What is missing or wrong"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def said(self) -> dict[str, Any]:
        """As check_file takes it."""
        given = self.cleaned_data
        word = {"check_id": given["id"], "version": given["version"], "last": given["last"], "remark": given["remark"]}
        return word | {"is_sent_back": given["word"] == BACK}

    def told(self, child: Child) -> str:
        sentence = _("%(name)s: sent back.") if self.cleaned_data["word"] == BACK else _("%(name)s: in order.")
        return str(sentence) % {"name": child.name}

    def again(self, version: int, last: str) -> "CheckForm":
        """The same words, about the file as it is now."""
        data = {name: self.data.get(name) for name in ("id", "word", "remark")}
        return CheckForm(data | {"version": version, "last": last})


class AnswerForm(forms.Form):
    """Which remark is answered: a later one is not meant."""

    check = forms.UUIDField()


class NarrowChecks(NarrowByPlace):
    what = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("All that wait")),
            ("came_back", _("Put right after a remark")),
            ("changed", _("Changed or confirmed since")),
            ("never", _("Never checked")),
        ],
        widget=forms.Select(attrs={"aria-label": _("Why it waits")}),
    )

    def narrow(self, rows: Rows) -> Rows:
        found = super().narrow(rows)
        match self.cleaned_data.get("what"):
            case "came_back":
                return found.filter(came_back=True)
            case "changed":
                return found.filter(was_checked=True, came_back=False)
            case "never":
                return found.filter(was_checked=False)
        return found
