from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccmp.moments import day_of, now
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.web.searches import is_search, to_what_is_found, words_of
from children.forms.find import FindChildren
from children.models import Child
from children.rules.reading import check_may_read_register
from children.services.beside import marks_of
from children.services.found_once import FoundOnce
from children.services.waiting import waiting_for

ROWS = 50
BESIDE = ("household", "village")


def find(request: HttpRequest) -> HttpResponse:
    """The register of today: by name, or what is found by a name, a number or a telephone. What was said is in no address."""
    check_may_read_register(signed_in(request))
    if is_search(request):
        return to_what_is_found(request, fields=["label"])
    if "left" in request.GET:
        return _who_left(request)
    on, words = day_of(now()), words_of(request)
    form = FindChildren({**request.GET.dict(), "q": words})
    children = form.narrow(Child.objects.visible_to(signed_in(request)).in_register(on=on), on=on)
    page = FoundOnce(children, ROWS, beside=BESIDE).get_page(request.GET.get("page"))
    on_phone = signed_in(request).role_now in VILLAGE_ROLES
    sign = request.GET.get("search", "")
    shown = {"finder": form, "words": words, "sign": sign, "page": page, "on": on} | _beside(
        signed_in(request), list(page), on=on
    )
    return render(request, "children/list_phone.html" if on_phone else "children/list.html", shown)


def _who_left(request: HttpRequest) -> HttpResponse:
    """Whose file lies here still: from there a child is noted as back. Who left long ago is on no phone."""
    on, words = day_of(now()), words_of(request)
    form = FindChildren({"q": words})
    rows = form.narrow(Child.objects.visible_to(signed_in(request)).no_more_in_register(on=on), on=on)
    page = FoundOnce(rows, ROWS, beside=BESIDE).get_page(request.GET.get("page"))
    return render(request, "children/left.html", {"finder": form, "words": words, "page": page, "on": on})


def _beside(user: User, children: list[Child], *, on: date) -> dict[str, object]:
    """What stands beside the names, and over the list."""
    marks = marks_of(children, on=on)
    return {
        "rows": [(child, marks.get(child.id)) for child in children],
        "waiting": waiting_for(user, on=on),
        "may_register": bool(reach_of(user, "children.add_child")),
    }
