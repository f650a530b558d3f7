"""Who makes a second step, how long a session lasts, and who opens the door again for whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from ccmp.people.enums import VILLAGE_ROLES, Role
from ccmp.people.models import CompanionFile, Posting, User
from ccmp.people.reach import Reach, reach_of
from ccmp.places.rules.standards import value
from ccmp.refusals import NotAllowed

COUNTY_OPENS_FOR = (*VILLAGE_ROLES, Role.TOWNSHIP_SUPERVISOR)


@dataclass(frozen=True)
class Times:
    """How long a session lasts: without a request, and at all."""

    idle: timedelta
    absolute: timedelta


def roles_of(posts: list[str]) -> set[Role]:
    """The roles of posts as `ccmp.people.reach.posts_held` tells them."""
    return {Role(post.partition(":")[0]) for post in posts}


def needs_second_step(posts: list[str]) -> bool:
    """Whoever holds a post outside a village: officials reach many children, or other people's accounts."""
    return bool(roles_of(posts) - set(VILLAGE_ROLES))


def times_of(posts: list[str], *, on: date) -> Times:
    """An office's, unless all that she holds is a village's post."""
    kind = "village" if posts and not needs_second_step(posts) else "office"
    return Times(
        timedelta(minutes=value(f"door.idle_minutes.{kind}", on=on)),
        timedelta(hours=value(f"door.absolute_hours.{kind}", on=on)),
    )


def proof_lasts(*, on: date) -> timedelta:
    return timedelta(minutes=value("door.proof_minutes", on=on))


def check_may_open_door(by: User, person: User) -> None:
    """May this user give a new password, take a lost second step away, open a locked account?

    The superior by place: a county's officer for mothers, directors and supervisors of the county, in person; for
    everybody else an administrator. Whoever can open a door could walk through it: so nobody opens a higher one.
    """
    if by.pk == person.pk:
        raise NotAllowed(_("Nobody opens the door to herself. Ask your superior."))
    if reach_of(by, "people.open_doors"):
        return
    if not _is_of_the_villages(person, reach_of(by, "people.open_village_doors")):
        raise NotAllowed(
            _(
                "A county opens the door to its own mothers, directors and supervisors; "
                "an administrator of the programme to everybody else."
            )
        )


def _is_of_the_villages(person: User, reach: Reach) -> bool:
    """All that she holds or will hold is a village's or township's post within reach; without a post, she lives there."""
    held = list(Posting.objects.of(person).not_ended().values_list("role", "place_code"))
    homes = CompanionFile.objects.filter(user=person).values_list("home_code", flat=True)
    if not held:
        return any(reach.covers(code) for code in homes)
    return all(role in COUNTY_OPENS_FOR and reach.covers(code) for role, code in held)
