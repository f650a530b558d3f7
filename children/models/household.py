from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from ccmp.sealed import SealedTextField
from children.enums import IncapacityReason, IncomeSource


class HouseholdQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def in_order(self) -> "HouseholdQuerySet":
        return self.order_by("neighbourhood", "head_name", "id")


class Household(VillageFact):
    """The home in which children live; brothers and sisters share it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    head_name = models.CharField(max_length=60)
    neighbourhood = models.CharField(max_length=60, blank=True)  # 村民组
    address = SealedTextField(blank=True)
    income = ArrayField(models.CharField(max_length=16, choices=IncomeSource.choices), default=list, blank=True)
    aid = models.CharField(max_length=200, blank=True)  # aid received beside the benefits, in words

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["village_code", "head_name"], name="households_of_a_village")]
        constraints = [models.CheckConstraint(condition=~Q(head_name=""), name="a_household_is_named_for_its_head")]

    def __str__(self) -> str:
        return self.head_name


class RelativeQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"


class Relative(VillageFact):
    """A grown-up of the family: a parent, grandparent or other carer, with dated facts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="relatives")
    name = models.CharField(max_length=60)
    born_on = models.DateField(null=True, blank=True)
    phone = SealedTextField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True)  # blind, of its digits: for search
    resident_id = SealedTextField(blank=True)
    resident_id_index = models.CharField(max_length=64, blank=True)  # blind; the same person may stand in two homes
    works_at = models.CharField(max_length=120, blank=True)  # the employer; where she is, her stays away say
    address = SealedTextField(blank=True)  # of who does not live in the child's home
    died_on = models.DateField(null=True, blank=True)
    missing_since = models.DateField(null=True, blank=True)  # out of contact, nobody knows where
    declared_missing_on = models.DateField(null=True, blank=True)  # by a court

    objects = RelativeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(declared_missing_on__isnull=True) | Q(declared_missing_on__gte=F("missing_since")),
                name="a_court_declares_missing_who_is_missing",
            ),
            models.CheckConstraint(
                condition=Q(resident_id="", resident_id_index="") | (~Q(resident_id="") & ~Q(resident_id_index="")),
                name="a_relatives_id_number_is_found_again",
            ),
        ]
        indexes = [
            models.Index(fields=["village_code"], name="relatives_of_a_village"),
            models.Index(fields=["phone_index"], condition=~Q(phone_index=""), name="relatives_by_phone"),
            models.Index(fields=["resident_id_index"], condition=~Q(resident_id_index=""), name="relatives_by_id"),
        ]

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
