"""Posting people, and ending their postings. Reach begins and ends with the posting."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import assign_perm, remove_perm

from ccmp.moments import day_of
from ccmp.people.enums import Role
from ccmp.people.models import Department, Posting, User
from ccmp.people.rules.posting import (
    CannotBePosted,
    check_companion_criteria,
    check_is_running,
    check_may_post,
    check_post,
    is_village_post,
)
from ccmp.people.services.door import shut_everything
from ccmp.people.trail import note
from ccmp.places.models import Place


def post_person(
    *,
    user: User,
    role: Role,
    place: Place,
    starts_at: datetime,
    by: User | None,
    at: datetime,
    department: Department | None = None,
    is_substitute: bool = False,
    ends_at: datetime | None = None,
) -> Posting:
    """Post a person as something somewhere. `by` is empty for the command line alone. Raises CannotBePosted, NotAllowed."""
    if by is not None:
        check_may_post(by, role, place)
    on = day_of(starts_at)
    check_post(role, place, department, on=on)
    if is_village_post(role):
        check_companion_criteria(user, place, is_mother=role == Role.COMPANION_MOTHER, on=on)
    try:
        with transaction.atomic():
            posting = Posting.objects.create(
                user=user,
                role=role,
                place_code=place.code,
                department=department,
                is_substitute=is_substitute,
                starts_at=starts_at,
                ends_at=ends_at,
                posted_by=by,
            )
            assign_perm("places.serve", user, place)
            note(by=by, at=at, did="posted", on=posting, role=str(role), user=str(user.pk))
    except IntegrityError as error:
        raise _clash(error, place) from None
    user.__dict__.pop("_reach", None)
    user.__dict__.pop("post", None)
    return posting


def _clash(error: IntegrityError, place: Place) -> Exception:
    if "a_village_has_one_mother_at_a_time" in str(error):
        return CannotBePosted(
            _("%(place)s already has somebody in this post at that time. End her posting first, or post a substitute.")
            % {"place": place.name},
            field="place_code",
        )
    if "nobody_holds_the_same_post_twice_at_once" in str(error):
        return CannotBePosted(_("This person already holds this post at that time."), field="user")
    return error


@transaction.atomic
def end_posting(*, posting_id: UUID, ends_at: datetime, by: User, at: datetime) -> Posting:
    """End a posting: from that minute on, nothing more is reached by it."""
    posting = Posting.objects.select_for_update(of=("self",)).select_related("user").get(pk=posting_id)
    place = Place.objects.get(pk=posting.place_code)
    check_may_post(by, Role(posting.role), place)
    check_is_running(posting, at_day=day_of(at))
    if ends_at <= posting.starts_at:
        raise CannotBePosted(_("A posting ends after it begins. Please check the day."), field="ends_at")
    posting.ends_at, posting.ended_by = ends_at, by
    posting.save(update_fields=["ends_at", "ended_by"])
    others = Posting.objects.of(posting.user).filter(place_code=place.code).exclude(pk=posting.pk)
    if ends_at <= at and not others.holding(at=at).exists():
        remove_perm("places.serve", posting.user, place)
    note(by=by, at=at, did="ended a posting", on=posting, role=posting.role, user=str(posting.user_id))
    if ends_at <= at:
        shut_everything(posting.user)
    return posting
