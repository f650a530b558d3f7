"""What lies round a post whatever its role may do: the places that it serves, and their school terms. No case data."""

from django.db.models import Exists, OuterRef

from ccmp.people.models import PlaceUserObjectPermission, Posting, User
from ccmp.people.reach import Reach
from ccmp.places.enums import Level
from ccmp.places.models import PREFIX_DIGITS, Place, SchoolTerm
from ccmp.places.models.calendar import SchoolTermQuerySet
from ccmp.places.models.place import PlaceQuerySet
from ccmp.places.rules.division_codes import prefix_of


def postings_that_serve(user: User) -> list[Posting]:
    """The postings that hold now, at places where the user may `serve`."""
    serves = PlaceUserObjectPermission.objects.filter(
        user=user, permission__codename="serve", content_object=OuterRef("place_code")
    )
    return list(Posting.objects.of(user).current().filter(Exists(serves)).with_place().in_order())


def served_by(user: User) -> Reach:
    """The code prefixes of all the places that a user serves now. None at all without a post."""
    return Reach(tuple(sorted({prefix_of(posting.place_code) for posting in postings_that_serve(user)})))


def places_in_reach(user: User) -> PlaceQuerySet:
    return served_by(user).rows(Place.objects.all(), column="code")


def terms_in_reach(user: User) -> SchoolTermQuerySet:
    """The terms of every county that a post lies in or reaches over."""
    county = PREFIX_DIGITS[Level.COUNTY]
    prefixes = tuple(sorted({prefix[:county] for prefix in served_by(user).prefixes}))
    return Reach(prefixes).rows(SchoolTerm.objects.all(), column="county_code")
