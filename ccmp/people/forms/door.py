"""Forms of the door: the code of the second step, a mail address, a new password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The six digits of the app, or a recovery code."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Code from your phone"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )


class UsernameForm(forms.Form):
    """Whose password was forgotten."""

    use_required_attribute = False
    username = forms.CharField(label=_("Username"), max_length=60)

    def clean_username(self) -> str:
        return "".join(str(self.cleaned_data["username"]).split())


class MailForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        max_length=120,
        help_text=_("An address of the office. A link for a new password is sent there, and nothing else."),
    )


class NewPasswordForm(SetPasswordForm):
    """Twice the new one, after a link; Django has looked at the link already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = ""
        self.fields["new_password2"].help_text = ""
