"""Reach: the one way in which a user comes to rows. May she do this, and here?

Both are read in one query: a posting that holds now, of a role with the permission, at a place where django-guardian
says that she may `serve`. Nothing held means nothing seen.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from ccmp.moments import day_of
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import PlaceUserObjectPermission, Posting, User
from ccmp.people.rules.roles import roles_with
from ccmp.places.enums import Level
from ccmp.places.models import PREFIX_DIGITS, Place, PlaceCodeField
from ccmp.places.rules.standards import value

Somebody = User | AnonymousUser
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


@dataclass(frozen=True)
class Reach:
    """The code prefixes under which a user holds one permission."""

    prefixes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.prefixes)

    def covers(self, code: str) -> bool:
        return code.startswith(self.prefixes) if self.prefixes else False

    def rows(self, queryset: Rows, *, column: str = "village_code") -> Rows:
        """The rows whose place code lies within reach. An empty reach is no row at all."""
        if not self.prefixes:
            return queryset.none()
        if "" in self.prefixes:
            return queryset
        within = Q()
        for prefix in self.prefixes:
            within |= Q(**{f"{column}__startswith": prefix})
        return queryset.filter(within)


def reach_of(user: Somebody, permission: str) -> Reach:
    """Where a user holds a permission (`app.codename`) now. Read once for a user object, which lives one request."""
    roles = roles_with(permission)
    return Reach(tuple(sorted({prefix for role, prefix in _read_once(user) if role in roles})))


def roles_held(user: Somebody) -> frozenset[str]:
    """The roles that a user holds now, wherever. It costs no query besides that of `reach_of`."""
    return frozenset(role for role, _prefix in _read_once(user))


def _read_once(user: Somebody) -> list[tuple[str, str]]:
    if not isinstance(user, User) or not user.is_active:
        return []
    if "_reach" not in user.__dict__:
        user.__dict__["_reach"] = _held(user)
    held: list[tuple[str, str]] = user.__dict__["_reach"]
    return held


def _held(user: User) -> list[tuple[str, str]]:
    """The roles that a user holds now, each with the prefix of the place where she may serve. One query."""
    posts = Posting.objects.of(user).current().filter(Exists(_serves(user)))
    rows = posts.values_list("role", "place_code", "place__level").distinct()
    return [(role, code[: PREFIX_DIGITS[Level(level)]]) for role, code, level in rows]


def posts_held(user: Somebody) -> list[str]:
    """The posts that a user holds now, as `role:prefix`. What `reach_of` reads, read once for both."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if "_reach" not in user.__dict__:
        user.__dict__["_reach"] = _held(user)
    return sorted({f"{role}:{prefix}" for role, prefix in user.__dict__["_reach"]})


def _serves(user: User) -> "models.QuerySet[PlaceUserObjectPermission]":
    return PlaceUserObjectPermission.objects.filter(
        user=user, permission__codename="serve", content_object=OuterRef("place_code")
    )


def as_of(user: User, moment: datetime, *, at: datetime, posts: list[Posting] | None = None) -> User:
    """The same user with the post and the reach that she had at a moment, for what she wrote down then and sends now.

    It is for writing through the outbox alone: nothing is read by it. `posts`: those of `posts_to_write_by`, where many
    entries come at once.
    """
    usable = posts_to_write_by(user, at=at) if posts is None else posts
    held = [post for post in usable if post.holds(at=moment)]
    then = copy(user)
    then.__dict__["_writes_as_of"] = moment
    then.__dict__["post"] = held[0] if held else None
    then.__dict__["_reach"] = [
        (post.role, post.place_code[: PREFIX_DIGITS[Level(post.place.level)]]) for post in held if post.place
    ]
    return then


def writes_as_of(user: Somebody) -> datetime | None:
    """The moment as of which this user writes, when it is one of `as_of`."""
    return user.__dict__.get("_writes_as_of")


def posts_to_write_by(user: User, *, at: datetime) -> list[Posting]:
    """The postings by which she may still send what she wrote under them, the newest first. One query.

    Those that hold at `at`, earlier ones of the same kind there, and those in a village that ended a few days before:
    what was written in time is not lost with the post.
    """
    running = Posting.objects.of(user).holding(at=at).filter(place_code=OuterRef("place_code"), role=OuterRef("role"))
    still_serves = Exists(_serves(user)) & Exists(running)
    days = timedelta(days=value("phone.days_after_a_posting", on=day_of(at)))
    just_ended = Q(role__in=VILLAGE_ROLES, ends_at__lte=at, ends_at__gte=at - days)
    usable = Posting.objects.of(user).filter(still_serves | just_ended)
    return list(usable.with_place().order_by("-starts_at", "-id"))


def may(user: Somebody, permission: str, *, at_place: str) -> bool:
    """May this user do this at this place (12-digit code)?"""
    return reach_of(user, permission).covers(at_place)


class VillageFactQuerySet(models.QuerySet[Any]):
    """Rows that belong to a village. `view_permission` is what one needs to see them."""

    view_permission = ""

    def visible_to(self, user: Somebody) -> Self:
        return reach_of(user, self.view_permission).rows(self)

    def under(self, code_prefix: str) -> Self:
        return self.filter(village_code__startswith=code_prefix)


class VillageFact(models.Model):
    """A fact of one village: scope is one prefix test on its code."""

    village_code = PlaceCodeField()
    village = models.ForeignObject(
        Place, on_delete=models.DO_NOTHING, from_fields=["village_code"], to_fields=["code"], related_name="+"
    )

    class Meta:
        abstract = True
