"""Where am I signed in: browsers and programs, and ending them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import now
from ccmp.people.services.sessions import browsers_of, end_one, end_others, tokens_of
from ccmp.people.signed_in import signed_in


def sessions(request: HttpRequest) -> HttpResponse:
    user, at = signed_in(request), now()
    browsers = browsers_of(user, key=request.session.session_key, at=at)
    context = {"browsers": browsers, "tokens": tokens_of(user, at=at), "form": None}
    return render(request, "people/sessions.html", context)


@require_POST
def end_one_of_mine(request: HttpRequest) -> HttpResponse:
    try:
        number = UUID(request.POST.get("number", ""))
    except ValueError:
        raise Http404 from None
    if not end_one(number=number, by=signed_in(request), at=now()):
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("people:sessions")


@require_POST
def end_all_others(request: HttpRequest) -> HttpResponse:
    end_others(by=signed_in(request), key=request.session.session_key, at=now())
    messages.success(request, _("Signed out everywhere but here."))
    return redirect("people:sessions")
