from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import now
from ccmp.people.forms.accounts import AccountForm, OwnPasswordForm, SignInForm
from ccmp.people.models import Posting, User
from ccmp.people.services.accounts import end_tokens
from ccmp.people.services.sign_ins import note_failed_sign_in, note_sign_in, note_sign_out
from ccmp.people.signed_in import signed_in
from ccmp.people.trail import note


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Public by name: the door."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            note_sign_in(signed_in(self.request), at=now())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        note_failed_sign_in(self.request.POST.get("username", ""), at=now())
        return super().form_invalid(form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    note_sign_out(signed_in(request), at=now())
    logout(request)
    response = redirect("people:sign-in")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The language of the door, before anybody has signed in."""
    response = redirect("people:sign-in")
    if request.POST.get("language") in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, request.POST["language"], samesite="Lax", httponly=True)
    return response


def account(request: HttpRequest) -> HttpResponse:
    """My own page: who I am here, language, type size, password, the way out."""
    user: User = request.user  # type: ignore[assignment]
    form = AccountForm(request.POST or None, initial={"language": user.language, "large_type": user.large_type})
    if request.method == "POST" and form.is_valid():
        user.language, user.large_type = form.cleaned_data["language"], form.cleaned_data["large_type"]
        user.save(update_fields=["language", "large_type"])
        messages.success(request, _("Saved."))
        return redirect("people:account")
    postings = Posting.objects.of(user).current().with_place().in_order()
    return TemplateResponse(request, "people/account.html", {"form": form, "postings": postings})


def change_password(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        end_tokens(user=user)
        note(by=user, at=now(), did="changed the password", on=user)
        update_session_auth_hash(request, user)
        messages.success(request, _("Your new password counts from now on."))
        return redirect("people:account")
    return render(request, "people/password.html", {"form": form})
