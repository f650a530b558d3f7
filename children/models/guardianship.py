from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.people.entries import Entry
from ccmp.people.reach import VillageFactQuerySet
from ccmp.sealed import SealedTextField
from children.enums import CareKind, ContactHow
from children.models.child import Child
from children.models.household import Relative


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    def current(self, *, on: date) -> Self:
        return self.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gt=on))


class Guardianship(models.Model):
    """Who looks after a child, from a day until a day, and how well."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="guardianships")
    carer = models.ForeignKey(Relative, on_delete=models.PROTECT, null=True, blank=True, related_name="cares_for")
    kind = models.CharField(max_length=16, choices=CareKind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    is_entrusted = models.BooleanField(default=False)
    paper_signed_on = models.DateField(null=True, blank=True)  # 农村留守儿童委托监护责任确认书
    school_told_on = models.DateField(null=True, blank=True)  # the parents' written notice
    village_told_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="a_guardianship_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(until__isnull=True), name="a_child_has_one_carer_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(kind=CareKind.NONE, carer__isnull=True) | (~Q(kind=CareKind.NONE) & Q(carer__isnull=False)),
                name="a_carer_is_named_unless_there_is_none",
            ),
            models.CheckConstraint(
                condition=Q(is_entrusted=True)
                | Q(paper_signed_on__isnull=True, school_told_on__isnull=True, village_told_on__isnull=True),
                name="only_entrusted_care_has_a_paper_and_notices",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carer or '–'} {self.since}"


class CareBarQuerySet(VillageFactQuerySet):
    view_permission = "children.view_childground"  # as grave as a child's health

    def holding(self, *, on: date) -> Self:
        return self.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gt=on))


class CareBar(Entry):
    """Why somebody may not be entrusted with a child. It lies sealed; the row says only that there is a bar."""

    relative = models.ForeignKey(Relative, on_delete=models.PROTECT, related_name="care_bars")
    kind = SealedTextField()  # a CareBarKind
    words = SealedTextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = CareBarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="a_bar_to_care_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since}"


class ParentContactQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"


class ParentContact(Entry):
    """That a parent who is away was in touch with child and carer, as it was told. It counts for all her children."""

    relative = models.ForeignKey(Relative, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField()
    how = models.CharField(max_length=8, choices=ContactHow.choices)
    with_child = models.BooleanField(default=True)
    with_carer = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    objects = ParentContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(with_child=True) | Q(with_carer=True), name="a_contact_is_with_somebody")
        ]
        indexes = [models.Index(fields=["relative", "on"], name="contacts_of_a_parent")]

    def __str__(self) -> str:
        return f"{self.on} {self.how}"
