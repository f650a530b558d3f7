from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import day_of, now
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.forms.contact import ContactForm
from children.forms.due import NarrowByPlace
from children.models import Child, Relative
from children.rules.correction import check_may_change
from children.services.contact import note_contact, silent_lines, silent_parents
from children.services.due import places_counted

ROWS = 50


def contact(request: HttpRequest, child_id: UUID, relative_id: UUID) -> HttpResponse:
    """Note that a parent who is away was in touch."""
    user, at, status = signed_in(request), now(), 200
    child = get_object_or_404(Child.objects.visible_to(user), pk=child_id)
    kinship = get_object_or_404(child.kinships.select_related("relative"), relative=relative_id)
    check_may_change(user, child)
    form = ContactForm(request.POST or None, initial={"on": day_of(at)})
    if form.is_valid():
        try:
            note_contact(entry=form.entry(child.id, relative_id, made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, _("Noted."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    shown = {"child": child, "kinship": kinship, "form": form}
    return TemplateResponse(request, "children/contact.html", shown, status=status)


def silent(request: HttpRequest) -> HttpResponse:
    """The parents away from whom nobody heard for too long."""
    user, on = signed_in(request), day_of(now())
    children = Child.objects.visible_to(user).in_register(on=on)
    silent_ones = silent_parents(Relative.objects.visible_to(user), on=on)
    form = NarrowByPlace(request.GET, places=places_counted(Counter(one.village_code for one in silent_ones)))
    page = Paginator(form.narrowed(silent_ones), ROWS).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "rows": silent_lines(page, children, on=on), "on": on}
    on_phone = user.role_now in VILLAGE_ROLES
    return render(request, "children/silent_phone.html" if on_phone else "children/silent.html", shown)
