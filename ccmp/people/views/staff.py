"""Who serves where; and one person's file, checks and postings."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import day_of, now
from ccmp.people.forms.staff import UNPOSTED, CheckFields, EndForm, FileFields, InPersonForm, StaffFilter
from ccmp.people.kept import areas_within, people_kept_by, staff_kept_by, unposted_kept_by
from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.people.rules.posting import check_may_keep_person, check_may_see_staff
from ccmp.people.services.accounts import fill_in_file, record_check
from ccmp.people.services.passwords import door_of
from ccmp.people.services.portrait import CHECK_SOON, counts_of, homes_within, parts_of_person, portrait_of
from ccmp.people.services.postings import end_posting
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal, permits
from ccmp.web.forms import refuse

ROWS = 60


def staff(request: HttpRequest) -> HttpResponse:
    """The list: who serves, whose check is due, who no longer serves; accounts without a post."""
    user, today = signed_in(request), day_of(now())
    check_may_see_staff(user)
    form = StaffFilter(request.GET, areas=areas_within(reach_of(user, "people.view_staff")))
    kept, unposted = form.narrow(staff_kept_by(user)), unposted_kept_by(user).matching(form.words)
    rows = unposted.in_order() if form.tab_now == UNPOSTED else form.of_tab(kept, on=today)
    context = {
        "filter": form,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "counts": counts_of(kept, on=today) | {"unposted": unposted.count()},
        "may_post": bool(reach_of(user, "people.post_staff")),
        "today": today,
        "soon": today + CHECK_SOON,
    }
    return render(request, "people/list.html", context)


def person(
    request: HttpRequest, person_id: UUID, *, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """One person: postings, background checks, the companion mother's file."""
    user, at = signed_in(request), now()
    shown = get_object_or_404(people_kept_by(user), pk=person_id)
    portrait = portrait_of(shown, staff_kept_by(user), on=day_of(at))
    acts: dict[str, forms.Form] = {
        "file": FileFields(initial=portrait.file_facts, homes=homes_within(user, of=shown)),
        "check": CheckFields(),
        "end": EndForm(initial={"ends_at": at}),
        "door": InPersonForm(),
    }
    may_keep = permits(check_may_keep_person, user, shown)
    context = {"person": shown, "portrait": portrait, "acts": acts | (bound or {}), "may_keep": may_keep, "now": at}
    context["door"] = door_of(shown, by=user, at=at)
    context |= {"today": day_of(at), "soon": day_of(at) + CHECK_SOON, "parts": parts_of_person(shown, user, at=at)}
    return render(request, "people/person.html", context, status=status)


@require_POST
def keep_file(request: HttpRequest, person_id: UUID) -> HttpResponse:
    shown = _kept(request, person_id)
    form = FileFields(request.POST, homes=homes_within(signed_in(request), of=shown))
    return _act(
        request, shown, "file", form,
        lambda: fill_in_file(user=shown, **form.facts(), by=signed_in(request), at=now()), _("The file is kept."),
    )  # fmt: skip


@require_POST
def keep_check(request: HttpRequest, person_id: UUID) -> HttpResponse:
    shown, form = _kept(request, person_id), CheckFields(request.POST)
    return _act(
        request, shown, "check", form,
        lambda: record_check(user=shown, **form.cleaned_data, by=signed_in(request), at=now()), _("The check is noted."),
    )  # fmt: skip


@require_POST
def end(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """End a posting; from then on it reaches nothing."""
    posting = get_object_or_404(staff_kept_by(signed_in(request)).select_related("user"), pk=posting_id)
    form = EndForm(request.POST)
    return _act(
        request, posting.user, "end", form,
        lambda: end_posting(
            posting_id=posting.id, ends_at=form.cleaned_data["ends_at"], by=signed_in(request), at=now()
        ),
        _("The posting has its end."),
    )  # fmt: skip


def _kept(request: HttpRequest, person_id: UUID) -> User:
    return get_object_or_404(people_kept_by(signed_in(request)), pk=person_id)


def _act(
    request: HttpRequest, shown: User, name: str, form: forms.Form, do: Callable[[], object], said: str
) -> HttpResponse:
    """Do it, or show the person again with what was typed and why not."""
    if form.is_valid():
        try:
            do()
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, said)
            return redirect("people:person", shown.id)
    return person(request, shown.id, bound={name: form}, status=409)
