"""Who may be posted: the programme's criteria, each named when it is not met."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from ccmp.moments import day_of
from ccmp.people.enums import SENIOR_OR_EQUIVALENT, VILLAGE_ROLES, Role, Sex
from ccmp.people.models import CompanionFile, Department, Posting, User
from ccmp.people.reach import may, reach_of
from ccmp.places.enums import Level
from ccmp.places.models import Place, county_code_of
from ccmp.places.rules.standards import value
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


def check_may_post(by: User, role: Role, place: Place) -> None:
    """Counties post within their county; the foundation and administrators anywhere."""
    if not may(by, "people.post_staff", at_place=place.code):
        raise NotAllowed(_("You can post people within your own reach only. Choose a place of your county."))
    programme_wide = "" in reach_of(by, "people.post_staff").prefixes
    if role not in COUNTY_MAY_POST and not programme_wide:
        raise NotAllowed(
            _(
                "A county posts mothers, directors, supervisors and department officers. Ask the foundation for this one."
            )
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
    youngest, oldest = value("people.youngest_mother", on=on), value("people.oldest_mother", on=on)
    age = on.year - file.born_on.year - ((on.month, on.day) < (file.born_on.month, file.born_on.day))
    if file.sex != Sex.FEMALE:
        raise CannotBePosted(_("A companion mother is a woman. A man can serve as a child director."), field="user")
    if not youngest <= age <= oldest:
        raise CannotBePosted(
            _("A companion mother is %(youngest)d to %(oldest)d years old; by her file she is %(age)d.")
            % {"youngest": youngest, "oldest": oldest, "age": age},
            field="user",
        )
    if not file.is_full_time:
        raise CannotBePosted(_("A companion mother works full time; her file says part time."), field="user")
    if file.home_code[:9] != place.code[:9]:
        raise CannotBePosted(
            _("A companion mother lives where she serves; by her file she lives in another township."), field="user"
        )
    if file.schooling not in SENIOR_OR_EQUIVALENT:
        raise CannotBePosted(
            _("A companion mother has finished senior high school or the like; her file says less."), field="user"
        )


def is_village_post(role: Role) -> bool:
    return role in VILLAGE_ROLES


def check_is_running(posting: Posting, *, at_day: date) -> None:
    if posting.ends_at is not None and day_of(posting.ends_at) <= at_day:
        raise CannotBePosted(_("This posting has ended already."))
