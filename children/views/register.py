from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.searches import is_search, to_what_is_found, words_of
from ccmp.web.sent import is_from_phone, made_at
from children.forms.registration import RegistrationForm
from children.models import Household
from children.models.household import HouseholdQuerySet
from children.rules.registration import check_may_register
from children.services.home import homes_found, with_children
from children.services.register import register_child
from children.services.similar import holder_in

NEW_HOME = "new"
HOMES = 30


def register(request: HttpRequest) -> HttpResponse:
    """Register a child: first whose home, then the child and its grown-ups."""
    user = signed_in(request)
    village_code = user.post.place_code if user.post else ""
    check_may_register(user, village_code)
    if is_search(request):
        return to_what_is_found(request)
    homes = Household.objects.visible_to(user).under(village_code)
    asked = request.GET.get("household", "")
    if not asked:
        return _choose_home(request, homes)
    household = None if asked == NEW_HOME else get_object_or_404(homes, pk=_uuid(asked))
    return _fill_in(request, village_code, household)


def _choose_home(request: HttpRequest, homes: HouseholdQuerySet) -> HttpResponse:
    words = words_of(request)[:60]
    rows = homes_found(homes, words) if words else with_children(homes.in_order())
    page = Paginator(rows, HOMES).get_page(request.GET.get("page"))
    return render(request, "children/choose_home.html", {"page": page, "words": words})


def _fill_in(request: HttpRequest, village_code: str, household: Household | None) -> HttpResponse:
    at, status = now(), 200
    form = RegistrationForm(
        request.POST or None, village_code=village_code, household=household, from_phone=is_from_phone(request)
    )
    if form.is_valid():
        try:
            child = register_child(entry=form.entry(made_at=made_at(request, at)), by=signed_in(request), at=at)
            messages.success(request, _("%(name)s is in the register.") % {"name": child.name})
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            form.alike = [*holder_in(refusal), *form.alike]
            status = 409
    return TemplateResponse(request, "children/register.html", {"form": form, "household": household}, status=status)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
