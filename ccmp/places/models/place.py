from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.places.enums import Level
from ccmp.places.models.fields import PlaceCodeField

PREFIX_DIGITS = {
    Level.PROGRAMME: 0,
    Level.PROVINCE: 2,
    Level.PREFECTURE: 4,
    Level.COUNTY: 6,
    Level.TOWNSHIP: 9,
    Level.VILLAGE: 12,
}
PROGRAMME_CODE = "000000000000"


class PlaceQuerySet(models.QuerySet["Place"]):
    def standing(self, *, on: date) -> Self:
        """Places whose code is valid on a day."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on)).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=on)
        )

    def under(self, place: "Place") -> Self:
        """Places of this place's subtree, itself included."""
        return self.filter(code__startswith=place.prefix)

    def at_level(self, level: Level) -> Self:
        return self.filter(level=level)

    def in_order(self) -> Self:
        return self.order_by("code")


class Place(models.Model):
    """A division: its 12-digit code, its level, and the days between which the code is valid."""

    code = PlaceCodeField(primary_key=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=12, choices=Level.choices)
    valid_from = models.DateField(null=True, blank=True)  # empty: since before anybody asks
    valid_until = models.DateField(null=True, blank=True)  # the first day on which it is no longer valid
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="former")
    is_demo = models.BooleanField(default=False)  # a fictional village with synthetic children

    objects = PlaceQuerySet.as_manager()

    class Meta:
        permissions = [
            ("serve", "Can serve here"),
            ("keep_terms", "Can keep school terms"),
            ("enrol_village", "Can enrol villages"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{12}$"), name="a_place_code_has_twelve_digits"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="a_place_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["level", "code"], name="places_by_level")]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The leading digits that every code of this subtree shares."""
        return self.code[: PREFIX_DIGITS[Level(self.level)]]

    def is_standing(self, *, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on < self.valid_until
        )

    def contains(self, village_code: str) -> bool:
        return village_code.startswith(self.prefix)

    @property
    def township_code(self) -> str:
        return self.code[:9].ljust(12, "0")

    @property
    def county_code(self) -> str:
        return county_code_of(self.code)


def county_code_of(code: str) -> str:
    """The 12-digit code of the county in which a place lies."""
    return code[:6].ljust(12, "0")
