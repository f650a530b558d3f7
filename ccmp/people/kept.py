"""What one keeps by one's post: staff, accounts, villages of the programme, school terms, departments. No case data."""

from django.db.models import Exists, OuterRef, Q

from ccmp.people.models import CompanionFile, Department, Posting, User
from ccmp.people.models.department import DepartmentQuerySet
from ccmp.people.models.posting import PostingQuerySet
from ccmp.people.models.user import UserQuerySet
from ccmp.people.reach import Reach, reach_of
from ccmp.places.enums import Level
from ccmp.places.models import PREFIX_DIGITS, Enrolment, Place, SchoolTerm
from ccmp.places.models.calendar import SchoolTermQuerySet
from ccmp.places.models.place import PlaceQuerySet
from ccmp.places.models.village import EnrolmentQuerySet


def staff_kept_by(user: User) -> PostingQuerySet:
    """Who serves, served or will serve within reach."""
    return reach_of(user, "people.view_staff").rows(Posting.objects.all(), column="place_code")


def people_kept_by(user: User) -> UserQuerySet:
    """People with a post within reach now or once, or who live there by their file. The programme keeps all accounts."""
    reach = reach_of(user, "people.view_staff")
    posted = reach.rows(Posting.objects.filter(user=OuterRef("pk")), column="place_code")
    at_home = reach.rows(CompanionFile.objects.filter(user=OuterRef("pk")), column="home_code")
    if not reach:
        return User.objects.none()
    return User.objects.all() if "" in reach.prefixes else User.objects.filter(Exists(posted) | Exists(at_home))


def unposted_kept_by(user: User) -> UserQuerySet:
    """Of these, who holds no post now."""
    return people_kept_by(user).filter(~Exists(Posting.objects.filter(user=OuterRef("pk")).current()))


def village_reach(user: User) -> Reach:
    """Where a user sees which villages take part: who enrols them, and who keeps their county's terms."""
    return Reach(reach_of(user, "places.enrol_village").prefixes + reach_of(user, "places.keep_terms").prefixes)


def villages_kept_by(user: User) -> EnrolmentQuerySet:
    return village_reach(user).rows(Enrolment.objects.all())


def counties_kept_by(user: User) -> PlaceQuerySet:
    """The counties whose terms and departments a user keeps."""
    reach = reach_of(user, "places.keep_terms")
    return reach.rows(Place.objects.at_level(Level.COUNTY), column="code").in_order()


def terms_kept_by(user: User) -> SchoolTermQuerySet:
    return reach_of(user, "places.keep_terms").rows(SchoolTerm.objects.all(), column="county_code")


def departments_kept_by(user: User) -> DepartmentQuerySet:
    return reach_of(user, "people.keep_departments").rows(Department.objects.all(), column="county_code")


def areas_within(reach: Reach) -> list[Place]:
    """By what a list within a reach is narrowed: the programme's counties, or the townships of a county. Two queries."""
    level = Level.COUNTY if "" in reach.prefixes else Level.TOWNSHIP
    villages = reach.rows(Enrolment.objects.all()).values_list("village_code", flat=True)
    codes = {code[: PREFIX_DIGITS[level]].ljust(12, "0") for code in villages}
    return list(Place.objects.filter(code__in=codes).in_order())


def places_to_post_at(user: User, *, county: str = "") -> PlaceQuerySet:
    """The places at which a user may post people: a county's own, its townships and villages of the programme.

    `county` (six digits) chooses one for who posts anywhere; without it, the programme and its counties.
    """
    reach = reach_of(user, "people.post_staff")
    within = reach.rows(Place.objects.all(), column="code")
    if "" in reach.prefixes and not county:
        counties = [place.code for place in areas_within(reach)]
        return within.filter(Q(level=Level.PROGRAMME) | Q(code__in=counties)).in_order()
    of_county = within.filter(code__startswith=county)
    enrolled = Enrolment.objects.filter(village_code=OuterRef("code"))
    has_villages = Q(level__in=[Level.COUNTY, Level.TOWNSHIP]) | (Q(level=Level.VILLAGE) & Exists(enrolled))
    return of_county.filter(has_villages).in_order()
