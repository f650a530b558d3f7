"""A new password by letter, for whoever wrote a mail address down; and the address itself."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ccmp.moments import now
from ccmp.people.forms.door import MailForm, NewPasswordForm, UsernameForm
from ccmp.people.services.letters import count_letter, whose_link
from ccmp.people.services.passwords import choose_password, keep_mail_address
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import proved_lately
from ccmp.people.tasks import send_letter
from ccmp.refusals import Refusal
from ccmp.web.client_address import client_address
from ccmp.web.forms import refuse


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """The same answer for every name: if it has a mail address, a letter is on its way."""
    if not settings.MAIL_FROM:
        raise Http404
    form, is_sent = UsernameForm(request.POST or None), False
    if form.is_valid():
        name, site = form.cleaned_data["username"], f"{request.scheme}://{request.get_host()}"
        try:
            count_letter(username=name, address=client_address(request), at=now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            send_letter.delay(username=name, site=site)
            is_sent = True
    return render(request, "people/forgotten.html", {"form": form, "is_sent": is_sent})


@login_not_required
def from_letter(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The link counts an hour, and once. The second step is still asked for."""
    user = whose_link(uid, token)
    form = NewPasswordForm(user, request.POST or None) if user is not None else None
    if user is not None and form is not None and form.is_valid():
        try:
            choose_password(user=user, password=form.cleaned_data["new_password1"], at=now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your new password counts from now on. Sign in with it."))
            return redirect("people:sign-in")
    response = render(request, "people/from_letter.html", {"form": form, "counts": user is not None})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@proved_lately
def mail(request: HttpRequest) -> HttpResponse:
    """Where a link for a new password may be sent: whoever can read that mailbox gets it."""
    if not settings.MAIL_FROM:
        raise Http404
    user, form = signed_in(request), MailForm(request.POST or None, initial={"email": signed_in(request).email})
    if form.is_valid():
        keep_mail_address(user=user, email=form.cleaned_data["email"], at=now())
        messages.success(request, _("Saved."))
        return redirect("people:account")
    return render(request, "people/mail.html", {"form": form})
