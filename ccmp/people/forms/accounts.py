from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from ccmp.moments import now
from ccmp.people.services.door import let_in
from ccmp.refusals import Refusal
from ccmp.web.client_address import client_address
from ccmp.web.forms import refuse


class SignInForm(AuthenticationForm):
    """Username and password, with an error that says what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Username")
        self.fields["username"].help_text = _("Usually your mobile number")
        self.fields["password"].label = _("Password")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).replace(" ", "")

    def clean(self) -> dict[str, Any]:
        """Django's own would neither count tries nor know of passwords that were given for a day."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and password:
            try:
                address = client_address(self.request) if self.request else ""
                self.user_cache = let_in(self.request, username=name, password=password, address=address, at=now())
            except Refusal as refusal:
                refuse(self, refusal)
        return self.cleaned_data


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
