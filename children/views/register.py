from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccmp.moments import now
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from children.forms.registration import RegistrationForm
from children.models import Household
from children.rules.registration import check_may_register
from children.services.register import register_child

NEW_HOME = "new"


def register(request: HttpRequest) -> HttpResponse:
    """Register a child: first whose home, then the child and its grown-ups."""
    user, at, status = request.user, now(), 200
    village_code = user.post.place_code if user.post else ""  # type: ignore[union-attr]
    check_may_register(user, village_code)  # type: ignore[arg-type]
    homes = Household.objects.visible_to(user).under(village_code)
    asked = request.GET.get("household", "")
    if not asked:
        rows = homes.prefetch_related("children").in_order()
        return render(request, "children/choose_home.html", {"homes": rows})
    household = None if asked == NEW_HOME else get_object_or_404(homes, pk=_uuid(asked))
    form = RegistrationForm(request.POST or None, village_code=village_code, household=household)
    if form.is_valid():
        try:
            child = register_child(entry=form.entry(made_at=at), by=user, at=at)  # type: ignore[arg-type]
            messages.success(request, _("%(name)s is in the register.") % {"name": child.name})
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return render(request, "children/register.html", {"form": form, "household": household}, status=status)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
