from typing import Any

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
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import now
from ccmp.people.carrying import is_carried
from ccmp.people.door import begin
from ccmp.people.door_middleware import WHY
from ccmp.people.forms.accounts import AccountForm, OwnPasswordForm, SignInForm
from ccmp.people.models import Posting, User
from ccmp.people.reach import posts_held
from ccmp.people.rules.door import needs_second_step
from ccmp.people.services.passwords import choose_password
from ccmp.people.services.sign_ins import note_sign_in, note_sign_out
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import back
from ccmp.refusals import Refusal
from ccmp.web.device_words import device_words
from ccmp.web.forms import refuse


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Public by name: the door."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """A session of its own begins; what she typed before the last one ran out comes along."""
        at, user = now(), form.get_user()
        with transaction.atomic():
            response = super().form_valid(form)
            self.request.session.pop(WHY, None)
            words = device_words(self.request.headers.get("User-Agent", ""))
            begin(self.request.session, posts=posts_held(user), device=words, at=at)
            note_sign_in(user, at=at)
        return redirect(reverse("people:repeat")) if is_carried(self.request) else response

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        why = self.request.session.get(WHY, "")
        offers_letter = bool(settings.MAIL_FROM)
        return super().get_context_data(why=why, offers_letter=offers_letter, typed=is_carried(self.request), **more)


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
    context = {"form": form, "postings": postings, "takes_letters": bool(settings.MAIL_FROM)}
    context["makes_second_step"] = needs_second_step(posts_held(user))
    return TemplateResponse(request, "people/account.html", context)


def change_password(request: HttpRequest) -> HttpResponse:
    """Her own new password: when she wants one, and at once when somebody else knows the one she has."""
    user, form = signed_in(request), OwnPasswordForm(request.user, request.POST or None)
    if form.is_valid():
        try:
            password = form.cleaned_data["new_password1"]
            choose_password(user=user, password=password, at=now(), but=request.session.session_key)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your new password counts from now on. Everywhere else you are signed out."))
            return redirect(back(request) if "next" in request.POST else "people:account")
    page = "people/new_password.html" if user.must_change_password else "people/password.html"
    return render(request, page, {"form": form, "next": back(request)})
