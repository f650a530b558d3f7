from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from visits.forms.police import PoliceForm
from visits.models import Flag
from visits.rules.visits import check_may_raise_flag
from visits.services.flags import tell_police


def tell(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """After the call: whom of the police she told, and when."""
    user, at, status = signed_in(request), now(), 200
    flag = get_object_or_404(Flag.objects.visible_to(user).select_related("child"), pk=flag_id)
    check_may_raise_flag(user, flag.village_code)
    form = PoliceForm(request.POST or None, initial={"police_told_at": at})
    if form.is_valid():
        try:
            tell_police(flag_id=flag.id, **form.told(), by=user, at=at)
            messages.success(request, _("Noted. The county sees it too."))
            return redirect("visits:flag", flag.id)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "visits/police.html", {"form": form, "flag": flag}, status=status)
