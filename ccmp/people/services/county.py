"""What a county and the foundation keep: departments, school terms, villages of the programme."""

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ccmp.people.enums import DepartmentKind
from ccmp.people.models import Department, User
from ccmp.people.reach import may
from ccmp.people.trail import note
from ccmp.places.enums import Arm, Level
from ccmp.places.models import Enrolment, Place, SchoolTerm
from ccmp.refusals import NotAllowed, Refusal


class BadTerm(Refusal):
    """A school term that cannot be."""


class BadVillage(Refusal):
    """A village that cannot be enrolled as it is."""


@transaction.atomic
def add_department(
    *, county_code: str, kind: DepartmentKind, name: str, by: User | None, at: datetime, phone: str = ""
) -> Department:
    """Add a department of One Bond to a county, with the group that its tasks are granted to."""
    if by is not None and not may(by, "people.keep_departments", at_place=county_code):
        raise NotAllowed(_("You keep the departments of your own county only."))
    if not name.strip():
        raise Refusal(_("Write the department's name."), field="name")
    if Department.objects.of_county(county_code).filter(name=name.strip()).exists():
        raise Refusal(_("The county already has a department of this name."), field="name")
    group = Group.objects.create(name=f"department:{county_code}:{name.strip()}"[:150])
    department = Department.objects.create(
        county_code=county_code, kind=kind, name=name.strip(), phone=phone.strip(), group=group
    )
    note(by=by, at=at, did="added a department", on=department)
    return department


def add_term(
    *, county_code: str, name: str, starts_on: date, ends_on: date, by: User | None, at: datetime
) -> SchoolTerm:
    """Add a school term to a county's calendar: first and last day included, terms never overlap."""
    if by is not None and not may(by, "places.keep_terms", at_place=county_code):
        raise NotAllowed(_("You keep the school terms of your own county only."))
    if not name.strip():
        raise BadTerm(_("Write the term's name, for example “2026 autumn”."), field="name")
    if ends_on <= starts_on:
        raise BadTerm(_("The last day lies before the first. Please check both days."), field="ends_on")
    try:
        with transaction.atomic():
            term = SchoolTerm.objects.create(
                county_code=county_code, name=name.strip(), starts_on=starts_on, ends_on=ends_on
            )
            note(by=by, at=at, did="added a term", on=term)
            return term
    except IntegrityError as error:
        if "a_county_has_one_term_at_a_time" not in str(error):
            raise
        raise BadTerm(
            _("Another term of this county runs on some of these days. Change the days so that they do not overlap."),
            field="starts_on",
        ) from None


@transaction.atomic
def remove_term(*, term_id: int, by: User, at: datetime) -> None:
    """Take a mistyped term out of the calendar again."""
    term = SchoolTerm.objects.select_for_update(of=("self",)).get(pk=term_id)
    if not may(by, "places.keep_terms", at_place=term.county_code):
        raise NotAllowed(_("You keep the school terms of your own county only."))
    note(by=by, at=at, did="removed a term", on=term)
    term.delete()


@transaction.atomic
def enrol_village(
    *, code: str, name: str, arm: Arm, starts_on: date, by: User | None, at: datetime, is_demo: bool = False
) -> Enrolment:
    """A village joins the programme in one arm from a day on. An unknown village is added under its township."""
    if by is not None and not may(by, "places.enrol_village", at_place=code):
        raise NotAllowed(_("Villages are enrolled by the foundation."))
    township = Place.objects.filter(pk=code[:9].ljust(12, "0"), level=Level.TOWNSHIP).first()
    if len(code) != 12 or not code.isdigit() or code.endswith("000") or township is None:
        raise BadVillage(
            _("A village has a code of 12 digits, and its township must be known. Please check the code."), field="code"
        )
    if not name.strip():
        raise BadVillage(_("Write the village's name."), field="name")
    village, _is_new = Place.objects.get_or_create(
        code=code, defaults={"name": name.strip(), "level": Level.VILLAGE, "is_demo": is_demo}
    )
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(village_code=village.code, arm=arm, starts_on=starts_on)
            note(by=by, at=at, did="enrolled a village", on=enrolment, arm=str(arm))
            return enrolment
    except IntegrityError as error:
        if "a_village_is_in_one_arm_at_a_time" not in str(error):
            raise
        raise BadVillage(_("This village already takes part in the programme on that day."), field="code") from None


@transaction.atomic
def close_department(*, department_id: UUID, by: User, at: datetime) -> Department:
    """A department no longer takes tasks; what it was sent stays."""
    department = Department.objects.select_for_update(of=("self",)).get(pk=department_id)
    if not may(by, "people.keep_departments", at_place=department.county_code):
        raise NotAllowed(_("You keep the departments of your own county only."))
    department.is_closed = True
    department.save(update_fields=["is_closed"])
    note(by=by, at=at, did="closed a department", on=department)
    return department
