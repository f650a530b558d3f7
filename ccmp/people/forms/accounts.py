from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Username and password, with an error that says what to do."""

    error_messages = {
        "invalid_login": _(
            "The username or the password is not right. Check both; the county office can give you a new password."
        ),
        "inactive": _("This account is closed. Ask the county office."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Username")
        self.fields["username"].help_text = _("Usually your mobile number")
        self.fields["password"].label = _("Password")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).replace(" ", "")


class AccountForm(forms.Form):
    """What a person chooses for herself."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("zh-hans", "中文"), ("en", "English")], widget=forms.RadioSelect
    )
    large_type = forms.BooleanField(label=_("Large type"), required=False)


class OwnPasswordForm(PasswordChangeForm):
    """The old password, and twice the new one. The page's first lines say what makes a good one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = ""
        self.fields["new_password2"].help_text = ""
