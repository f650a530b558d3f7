"""The phones of the villages at the desk: who has not synced, what was refused, which phone is taken out of use."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.kept import areas_within
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.phone.forms.phones import PhoneFilter
from ccmp.phone.models import OutboxEntry, Phone
from ccmp.phone.models.entry import OutboxEntryQuerySet
from ccmp.phone.models.phone import PhoneQuerySet
from ccmp.phone.rules.phones import check_may_revoke, check_may_see_phones
from ccmp.phone.services.entry_read import kind_in_words, read_entry
from ccmp.phone.services.ledger import counts_of, lines_of, unheard_before, unsynced_days
from ccmp.phone.services.phones import revoke_phone
from ccmp.places.rules.standards import value

ROWS = 60


def phones(request: HttpRequest) -> HttpResponse:
    """The list: who was not heard of for longest stands first."""
    user, at = signed_in(request), now()
    check_may_see_phones(user)
    form = PhoneFilter(request.GET, areas=areas_within(reach_of(user, "phone.view_phone")))
    seen = form.narrow(Phone.objects.visible_to(user))
    entries = form.narrow_entries(OutboxEntry.objects.visible_to(user).refused())
    context = {
        "filter": form,
        "days": unsynced_days(at=at),
        "counts": counts_of(seen, entries, before=unheard_before(at=at)),
        "reads_entries": bool(reach_of(user, "phone.view_outboxentry")),
        "may_revoke": bool(reach_of(user, "phone.revoke_phone")),
        "keeps_staff": bool(reach_of(user, "people.view_staff")),
    }
    rows = _entry_rows(request, entries) if form.shows_entries else _phone_rows(request, form, seen, at)
    return render(request, "phones/list.html", context | rows)


def _entry_rows(request: HttpRequest, entries: OutboxEntryQuerySet) -> dict[str, Any]:
    page = Paginator(entries.for_ledger().newest_first(), ROWS).get_page(request.GET.get("page"))
    return {"page": page, "rows": [(entry, kind_in_words(entry.kind)) for entry in page]}


def _phone_rows(request: HttpRequest, form: PhoneFilter, seen: PhoneQuerySet, at: datetime) -> dict[str, Any]:
    of_tab = form.of_tab(seen, before=unheard_before(at=at)).for_ledger()
    page = Paginator(of_tab, ROWS).get_page(request.GET.get("page"))
    return {"page": page, "rows": lines_of(page, at=at)}


def revoke(request: HttpRequest, phone_id: UUID) -> HttpResponse:
    """Ask once, then take the phone out of use."""
    user, at = signed_in(request), now()
    phone = get_object_or_404(Phone.objects.visible_to(user).for_ledger(), pk=phone_id)
    check_may_revoke(user, phone)
    if request.method == "POST":
        revoke_phone(phone_id=phone.pk, by=user, at=at)
        messages.success(request, _("%(name)s's phone is out of use.") % {"name": phone.user.full_name})
        return redirect("phones:list")
    days = value("phone.days_without_contact", on=day_of(at))
    return render(request, "phones/revoke.html", {"line": lines_of([phone], at=at)[0], "days": days})


def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One refused entry, as the server keeps it. Whoever reads it is noted."""
    user, at = signed_in(request), now()
    found = get_object_or_404(OutboxEntry.objects.visible_to(user).for_ledger(), pk=entry_id)
    record(by=user, at=at, did="read", on=found)
    context = {"read": read_entry(found, user), "keeps_staff": bool(reach_of(user, "people.view_staff")), "now": at}
    return render(request, "phones/entry.html", context)
