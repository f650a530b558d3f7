from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccmp.moments import day_of, now
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from children.forms.find import FindChildren
from children.models import Child
from children.services.beside import marks_of

ROWS = 50


def find(request: HttpRequest) -> HttpResponse:
    """The register of today, by name: found by characters, pinyin or initials."""
    on = day_of(now())
    form = FindChildren(request.GET)
    children = form.narrow(Child.objects.visible_to(signed_in(request)).in_register(on=on), on=on)
    page = Paginator(children.select_related("household", "village").in_order(), ROWS).get_page(request.GET.get("page"))
    marks = marks_of(list(page), on=on)
    on_phone = signed_in(request).role_now in VILLAGE_ROLES
    shown = {
        "finder": form,
        "words": request.GET.get("q", ""),
        "page": page,
        "rows": [(child, marks.get(child.id)) for child in page],
        "on": on,
        "may_register": bool(reach_of(signed_in(request), "children.add_child")),
    }
    return render(request, "children/list_phone.html" if on_phone else "children/list.html", shown)
