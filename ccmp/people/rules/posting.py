"""Who may be posted: the programme's criteria, each named when it is not met."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from ccmp.moments import day_of
from ccmp.people.enums import VILLAGE_ROLES, Role
from ccmp.people.models import CompanionFile, Department, Posting, User
from ccmp.people.reach import may, reach_of
from ccmp.people.rules.criteria import criteria_of
from ccmp.places.enums import Level
from ccmp.places.models import Place, county_code_of
from ccmp.refusals import NotAllowed, Refusal

LEVEL_OF_ROLE = {
    Role.COMPANION_MOTHER: Level.VILLAGE,
    Role.CHILD_DIRECTOR: Level.VILLAGE,
    Role.TOWNSHIP_SUPERVISOR: Level.TOWNSHIP,
    Role.COUNTY_OFFICER: Level.COUNTY,
    Role.DEPARTMENT_OFFICER: Level.COUNTY,
    Role.FOUNDATION_OFFICER: Level.PROGRAMME,
    Role.RESEARCHER: Level.PROGRAMME,
    Role.ADMINISTRATOR: Level.PROGRAMME,
    Role.AUDITOR: Level.PROGRAMME,
}
COUNTY_MAY_POST = (
    Role.COMPANION_MOTHER,
    Role.CHILD_DIRECTOR,
    Role.TOWNSHIP_SUPERVISOR,
    Role.DEPARTMENT_OFFICER,
)


class CannotBePosted(Refusal):
    """A person who does not meet a criterion, or a post that does not fit the place."""


def check_may_see_staff(by: User) -> None:
    if not reach_of(by, "people.view_staff"):
        raise NotAllowed(_("Your post does not include seeing who serves where."))


def check_may_take_on(by: User) -> None:
    if not reach_of(by, "people.post_staff"):
        raise NotAllowed(_("Your post does not include keeping staff."))


def check_may_post(by: User, role: Role, place: Place) -> None:
    """Counties post within their county; the foundation and administrators anywhere."""
    if not may(by, "people.post_staff", at_place=place.code):
        raise NotAllowed(_("You can post people within your own reach only. Choose a place of your county."))
    if role not in roles_to_post(by):
        raise NotAllowed(
            _(
                "A county posts mothers, directors, supervisors and department officers. Ask the foundation for this one."
            )
        )


def is_programme_wide(user: User) -> bool:
    """May this user post people anywhere, as anything?"""
    return "" in reach_of(user, "people.post_staff").prefixes


def roles_to_post(by: User) -> tuple[Role, ...]:
    """As what this user may post people, in the order in which they are offered."""
    return tuple(Role) if is_programme_wide(by) else COUNTY_MAY_POST


def check_may_keep_person(by: User, person: User) -> None:
    """May this user change a person's file, checks and password?

    A county keeps those who serve under it as nothing that a county may not post: otherwise a new password would open
    doors that its own reach does not.
    """
    check_may_take_on(by)
    reach = reach_of(by, "people.post_staff")
    held = Posting.objects.of(person).not_ended().values_list("role", "place_code")
    is_kept = all(role in COUNTY_MAY_POST and reach.covers(code) for role, code in held)
    if not is_kept and not is_programme_wide(by):
        raise NotAllowed(
            _("%(name)s also serves outside your county, or in its office. Ask the foundation.") % {"name": person}
        )


def check_post(role: Role, place: Place, department: Department | None, *, on: date) -> None:
    if place.level != LEVEL_OF_ROLE[role]:
        raise CannotBePosted(
            _("A %(role)s is posted to a %(level)s; %(place)s is none.")
            % {"role": role.label, "level": Level(LEVEL_OF_ROLE[role]).label, "place": place.name},
            field="place_code",
        )
    if not place.is_standing(on=on):
        raise CannotBePosted(_("%(place)s does not exist on that day.") % {"place": place.name}, field="place_code")
    if role == Role.DEPARTMENT_OFFICER and (department is None or department.county_code != county_code_of(place.code)):
        raise CannotBePosted(_("Choose the department of this county in which the officer serves."), field="department")


def check_companion_criteria(user: User, place: Place, *, is_mother: bool, on: date) -> None:
    """Raises CannotBePosted with the first criterion of One Person that is not met on a day.

    The background check binds mothers and directors alike (art. 62); the others bind mothers.
    """
    if is_mother:
        _check_file(CompanionFile.objects.filter(user=user).first(), place, on=on)
    if not user.background_checks.valid(on=on).exists():
        raise CannotBePosted(
            _("%(name)s has no valid background check. Enter a check of the last 12 months with no record first.")
            % {"name": user},
            field="user",
        )


def _check_file(file: CompanionFile | None, place: Place, *, on: date) -> None:
    if file is None:
        raise CannotBePosted(
            _("Fill in the companion mother's file first: the programme's criteria are checked on it."), field="user"
        )
    for criterion in criteria_of(file, on=on, place=place):
        if not criterion.is_met:
            raise CannotBePosted(criterion.refusal, field="user")


def is_village_post(role: Role) -> bool:
    return role in VILLAGE_ROLES


def check_is_running(posting: Posting, *, at_day: date) -> None:
    if posting.ends_at is not None and day_of(posting.ends_at) <= at_day:
        raise CannotBePosted(_("This posting has ended already."))
