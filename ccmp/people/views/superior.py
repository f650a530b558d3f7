"""What a superior does at somebody's door, in person: a given password, a lost second step, a locked account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import now
from ccmp.people.forms.staff import InPersonForm
from ccmp.people.kept import people_kept_by
from ccmp.people.models import User
from ccmp.people.services.passwords import give_password, open_locked_account, take_second_step_away
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import proved_lately
from ccmp.people.views.staff import person


def _stands_before(request: HttpRequest, person_id: UUID) -> tuple[User, InPersonForm]:
    return get_object_or_404(people_kept_by(signed_in(request)), pk=person_id), InPersonForm(request.POST)


@require_POST
@proved_lately
def new_password(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A password for a day, on this page alone."""
    shown, form = _stands_before(request, person_id)
    if not form.is_valid():
        return person(request, shown.id, bound={"door": form}, status=409)
    password = give_password(user=shown, by=signed_in(request), at=now())
    return render(request, "people/given_password.html", {"person": shown, "password": password})


@require_POST
@proved_lately
def lost_second_step(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The old app counts no more; a new one is set up at the next sign-in."""
    shown, form = _stands_before(request, person_id)
    if not form.is_valid():
        return person(request, shown.id, bound={"door": form}, status=409)
    take_second_step_away(user=shown, by=signed_in(request), at=now())
    messages.success(request, _("The old app counts no more. At her next sign-in she sets a new one up."))
    return redirect("people:person", shown.id)


@require_POST
def unlock(request: HttpRequest, person_id: UUID) -> HttpResponse:
    shown, _form = _stands_before(request, person_id)
    open_locked_account(user=shown, by=signed_in(request), at=now())
    messages.success(request, _("The account is open. She can try again now."))
    return redirect("people:person", shown.id)
