from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from ccmp.sealed import SealedTextField
from children.enums import IncapacityReason


class HouseholdQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def matching(self, words: str) -> "HouseholdQuerySet":
        """Homes of a head, hamlet or child whose name has these characters."""
        text = "".join(words.replace("\x00", "").split())  # a NUL from an address is no word; PostgreSQL takes none
        if not text:
            return self
        by_child = self.model.objects.filter(children__name__contains=text).values("pk")
        found = Q(head_name__contains=text) | Q(neighbourhood__contains=text) | Q(pk__in=by_child)
        return self.filter(found)

    def in_order(self) -> "HouseholdQuerySet":
        return self.order_by("neighbourhood", "head_name", "id")


class Household(VillageFact):
    """The home in which children live; brothers and sisters share it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    head_name = models.CharField(max_length=60)
    neighbourhood = models.CharField(max_length=60, blank=True)  # 村民组
    address = models.CharField(max_length=200, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["village_code", "head_name"], name="households_of_a_village")]
        constraints = [models.CheckConstraint(condition=~Q(head_name=""), name="a_household_is_named_for_its_head")]

    def __str__(self) -> str:
        return self.head_name


class Relative(VillageFact):
    """A grown-up of the family: a parent, grandparent or other carer, with dated facts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="relatives")
    name = models.CharField(max_length=60)
    born_on = models.DateField(null=True, blank=True)
    phone = SealedTextField(blank=True)
    died_on = models.DateField(null=True, blank=True)
    missing_since = models.DateField(null=True, blank=True)  # out of contact, nobody knows where

    def __str__(self) -> str:
        return self.name


class Away(models.Model):
    """A stay away from the village for work, from a day until a day."""

    relative = models.ForeignKey(Relative, on_delete=models.PROTECT, related_name="stays_away")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day back home
    where = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="a_stay_away_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["relative"], condition=Q(until__isnull=True), name="one_is_away_in_one_place"
            ),
        ]
        indexes = [models.Index(fields=["relative", "since"], name="stays_away_of_a_relative")]

    def __str__(self) -> str:
        return f"{self.since}–{self.until or ''}"


class Incapacity(models.Model):
    """A time during which a parent cannot act as a guardian, and why."""

    relative = models.ForeignKey(Relative, on_delete=models.PROTECT, related_name="incapacities")
    reason = models.CharField(max_length=20, choices=IncapacityReason.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="an_incapacity_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
