"""The villages of the programme; a county's school terms and departments."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import day_of, now
from ccmp.people.enums import DepartmentKind
from ccmp.people.forms.places import DepartmentForm, EnrolForm, TermForm, VillageFilter
from ccmp.people.kept import (
    areas_within,
    counties_kept_by,
    departments_kept_by,
    terms_kept_by,
    village_reach,
    villages_kept_by,
)
from ccmp.people.reach import reach_of
from ccmp.people.rules.county import check_may_keep_county, check_may_see_villages
from ccmp.people.services.county import add_department, add_term, close_department, remove_term
from ccmp.people.services.villages import take_in_village, village_rows, without_a_mother
from ccmp.people.signed_in import signed_in
from ccmp.places.enums import Arm
from ccmp.places.models import Place
from ccmp.places.rules.standards import required_hours
from ccmp.refusals import Refusal
from ccmp.web.asked import word_asked
from ccmp.web.forms import refuse

ROWS = 60


def villages(request: HttpRequest, *, bound: EnrolForm | None = None, status: int = 200) -> HttpResponse:
    """Which villages take part, since when, in which arm, and who serves there."""
    user, today = signed_in(request), day_of(now())
    check_may_see_villages(user)
    form = VillageFilter(request.GET, areas=areas_within(village_reach(user)))
    part = form.narrow(villages_kept_by(user)).current(on=today)
    vacant = without_a_mother(part)
    shown = vacant if form.is_vacant else part
    page = Paginator(shown.select_related("village").in_order(), ROWS).get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "page": page,
        "rows": village_rows(list(page)),
        "counts": {"all": part.count(), "vacant": vacant.count()},
        "enrol": (bound or EnrolForm(initial={"starts_on": today})) if reach_of(user, "places.enrol_village") else None,
        "may_post": bool(reach_of(user, "people.post_staff")),
    }
    return render(request, "places/villages.html", context, status=status)


@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    form = EnrolForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data | {"arm": Arm(form.cleaned_data["arm"])}
        try:
            enrolment = take_in_village(**asked, by=signed_in(request), at=now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("%(village)s takes part. Post its mother next.") % {"village": enrolment.village}
            )
            return redirect("places:villages")
    return villages(request, bound=form, status=409)


def terms(request: HttpRequest, *, bound: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    """A county's school terms, which tell the hours that are required; and the departments that take its tasks."""
    user, county = signed_in(request), _county(request)
    counties = list(counties_kept_by(user))
    context = {
        "county": county,
        "counties": counties if len(counties) > 1 else [],
        "terms": terms_kept_by(user).filter(county_code=county.code).in_order(),
        "departments": departments_kept_by(user).of_county(county.code).order_by("is_closed", "name", "id"),
        "acts": {"term": TermForm(prefix="term"), "department": DepartmentForm(prefix="department")} | (bound or {}),
        "required": required_hours(on=day_of(now())),
        "today": day_of(now()),
    }
    return render(request, "places/terms.html", context, status=status)


def _county(request: HttpRequest) -> Place:
    """The county that `?county=` names, else the first one kept."""
    user, asked = signed_in(request), word_asked(request, "county")
    check_may_keep_county(user)
    kept = counties_kept_by(user)
    county = kept.filter(code=asked).first() if asked else kept.first()
    if county is None:
        raise Http404
    return county


@require_POST
def keep_term(request: HttpRequest) -> HttpResponse:
    county, form = _county(request), TermForm(request.POST, prefix="term")
    return _act(
        request, county, "term", form,
        lambda: add_term(county_code=county.code, **form.cleaned_data, by=signed_in(request), at=now()),
        _("The term stands in the calendar."),
    )  # fmt: skip


@require_POST
def drop_term(request: HttpRequest, term_id: int) -> HttpResponse:
    """A mistyped term; removed twice, it is gone all the same."""
    term = get_object_or_404(terms_kept_by(signed_in(request)).select_related("county"), pk=term_id)
    remove_term(term_id=term.id, by=signed_in(request), at=now())
    messages.success(request, _("“%(term)s” no longer stands in the calendar.") % {"term": term})
    return redirect(_back_to(term.county))


@require_POST
def keep_department(request: HttpRequest) -> HttpResponse:
    county, form = _county(request), DepartmentForm(request.POST, prefix="department")
    return _act(
        request, county, "department", form,
        lambda: add_department(
            county_code=county.code,
            name=form.cleaned_data["name"],
            kind=DepartmentKind(form.cleaned_data["kind"]),
            phone=form.cleaned_data["phone"],
            by=signed_in(request),
            at=now(),
        ),
        _("The department can be sent tasks. Post its officer next."),
    )  # fmt: skip


@require_POST
def drop_department(request: HttpRequest, department_id: UUID) -> HttpResponse:
    """A department that takes no more tasks; closed twice, it is closed."""
    found = get_object_or_404(departments_kept_by(signed_in(request)).select_related("county"), pk=department_id)
    close_department(department_id=found.id, by=signed_in(request), at=now())
    messages.success(request, _("“%(department)s” takes no more tasks.") % {"department": found})
    return redirect(_back_to(found.county))


def _back_to(county: Place) -> str:
    return f"{reverse('places:terms')}?county={county.code}"


def _act(
    request: HttpRequest, county: Place, name: str, form: forms.Form, do: Callable[[], object], said: str
) -> HttpResponse:
    """Do it, or show the page again with what was typed and why not."""
    if form.is_valid():
        try:
            do()
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, said)
            return redirect(_back_to(county))
    return terms(request, bound={name: form}, status=409)
