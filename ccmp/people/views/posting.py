"""Taking people on, and posting them."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ccmp.moments import day_of, now, start_of
from ccmp.people.enums import CheckResult, Role
from ccmp.people.forms.staff import AccountFields, CheckFields, FileFields, PostForm
from ccmp.people.kept import areas_within, people_kept_by, places_to_post_at
from ccmp.people.models import Posting, User
from ccmp.people.reach import reach_of
from ccmp.people.rules.posting import check_may_take_on, is_programme_wide, roles_to_post
from ccmp.people.services.portrait import homes_within
from ccmp.people.services.staffing import Account, Check, File, post_by_account, take_on
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.asked import word_asked
from ccmp.web.forms import refuse

FILE, CHECK = "file", "check"


def add(request: HttpRequest) -> HttpResponse:
    """An account, with a mother's file and her background check."""
    user, sent = signed_in(request), request.POST if request.method == "POST" else None
    check_may_take_on(user)
    is_blank_allowed = is_programme_wide(user)
    form, homes = AccountFields(sent), homes_within(user)
    file = FileFields(sent, prefix=FILE, homes=homes, empty_permitted=is_blank_allowed)
    check = CheckFields(sent, prefix=CHECK, empty_permitted=True)
    is_valid = [part.is_valid() for part in (form, file, check)]
    if sent is not None and all(is_valid) and (person := _take_on(request, form, file, check)):
        messages.success(request, _("%(name)s has an account now. Post her next.") % {"name": person})
        return redirect("people:person", person.id)
    context = {"form": form, "file": file, "check": check, "is_file_needed": not is_blank_allowed}
    return render(request, "people/add.html", context, status=409 if sent is not None else 200)


def _take_on(request: HttpRequest, form: AccountFields, file: FileFields, check: CheckFields) -> User | None:
    """The new person; none when it was refused, and then the form says why."""
    noted = check.cleaned_data if check.has_changed() else None
    try:
        return take_on(
            account=Account(**form.cleaned_data),
            file=File(**file.facts()) if file.has_changed() else None,
            check=Check(**noted | {"result": CheckResult(noted["result"])}) if noted else None,
            by=signed_in(request),
            at=now(),
        )
    except Refusal as refusal:
        refuse(file if refusal.field in file.fields else check if refusal.field in check.fields else form, refusal)
    return None


def post(request: HttpRequest) -> HttpResponse:
    """Who serves as what, where. A refused posting names the criterion that is not met."""
    user, sent = signed_in(request), request.POST if request.method == "POST" else None
    check_may_take_on(user)
    county, today = word_asked(request, "county"), day_of(now())
    places = list(places_to_post_at(user, county=county))
    form = PostForm(sent, roles=roles_to_post(user), places=places, today=today, initial=_asked_for(request))
    if form.is_valid() and (posting := _post(request, form, today=today)):
        messages.success(request, _("Posted. What belongs to the post opens to her on that day."))
        return redirect("people:person", posting.user_id)
    counties = areas_within(reach_of(user, "people.post_staff")) if is_programme_wide(user) else []
    context = {"form": form, "counties": counties, "county": county}
    return render(request, "people/post.html", context, status=409 if sent is not None else 200)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """What the page that led here already knows: whom, or which place lacks somebody."""
    person = people_kept_by(signed_in(request)).filter(username=word_asked(request, "account")).first()
    known = {"username": person.username if person else "", "place_code": word_asked(request, "place")}
    return known | {"role": Role.COMPANION_MOTHER}


def _post(request: HttpRequest, form: PostForm, *, today: date) -> Posting | None:
    """The posting; none when it was refused, and then the form says why."""
    asked, at = form.cleaned_data, now()
    try:
        return post_by_account(
            account=Account(asked["username"], asked["full_name"], asked["password"], office=asked["office"]),
            role=Role(asked["role"]),
            place=form.place,
            department=asked["department"],
            is_substitute=asked["is_substitute"],
            starts_at=_from(asked["starts_on"], today=today, at=at),
            by=signed_in(request),
            at=at,
        )
    except Refusal as refusal:
        refuse(form, refusal)
    return None


def _from(day: date, *, today: date, at: datetime) -> datetime:
    """A post of today begins now, after whoever left it this morning; any other at the day's start."""
    return at if day == today else start_of(day)
