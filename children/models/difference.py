"""What was said anew of a child's file, and where two people said different things: nobody's word is written over."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.people.entries import Entry
from ccmp.people.models import User
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from ccmp.sealed import SealedTextField, SealedTextsField, blind_index
from children.enums import OF_A_RELATIVE, OF_THE_HOME, FileField, Kept
from children.models.child import Child
from children.models.household import Relative

OF_HOME = Q(taken__has_any_keys=[field.value for field in OF_THE_HOME])


def mark_of(text: str) -> str:
    """By which a sealed value of a difference is found again (64 hex digits)."""
    return blind_index(f"difference:{text}")


class FileChangeQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def shown_on(self, child: Child) -> Self:
        """Those that a child's file tells of: its own, its home's and its grown-ups', whichever child's file brought them.

        Two queries ahead: by keys the rows are found through their indexes.
        """
        at_home = list(Child.objects.filter(household=child.household_id).values_list("pk", flat=True))
        kin = list(child.kinships.values_list("relative", flat=True))
        of_home = Q(child__in=at_home) & OF_HOME
        return self.filter(Q(child=child) | of_home | Q(relative__in=kin))

    def of_home(self) -> Self:
        """Those that changed something of the home."""
        return self.filter(OF_HOME)


class FileChange(Entry):
    """One saying: which fields it changed, from what to what. What it could not change stands in its differences."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="changes")
    relative = models.ForeignKey(Relative, on_delete=models.PROTECT, null=True, blank=True, related_name="changes")
    # {field: [before, after]}, as text: see children.rules.file_fields; numbers masked, and each pair sealed
    taken = SealedTextsField(default=dict)

    objects = FileChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["child", "recorded_at"], name="changes_of_a_file")]

    def __str__(self) -> str:
        return ", ".join(self.taken)


class DifferenceQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def open(self) -> Self:
        return self.filter(decided_at__isnull=True)

    def about(self, child: Child, field: str, relative: Relative | None = None) -> Self:
        """Those of one field; of a home's or a parent's, whichever child's file brought it."""
        rows = self.filter(field=field)
        if relative is not None:
            return rows.filter(relative=relative)
        if field in OF_THE_HOME:
            return rows.filter(child__household=child.household_id)
        return rows.filter(child=child)

    def shown_on(self, child: Child) -> Self:
        """Those that a child's file tells of: its own, its home's and its grown-ups'."""
        of_home = Q(field__in=OF_THE_HOME, child__household=child.household_id)
        of_parents = Q(relative__in=child.kinships.values("relative"))
        return self.filter(Q(child=child) | of_home | of_parents)

    def with_tellers(self) -> Self:
        return self.select_related("child__household", "relative", "held_by", "brought_by", "village")

    def in_order(self) -> Self:
        return self.order_by("recorded_at", "id")


class Difference(VillageFact):
    """One field of a file, two values: the one that it holds, and another that somebody brought. A person decides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="differences")
    relative = models.ForeignKey(Relative, on_delete=models.PROTECT, null=True, blank=True, related_name="differences")
    field = models.CharField(max_length=16, choices=FileField.choices)
    held = SealedTextField(blank=True)  # what the file says; follows it until somebody has decided
    held_mark = models.CharField(max_length=64)  # blind, as brought_mark: equal texts are found without being read
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    brought = SealedTextField(blank=True)
    brought_mark = models.CharField(max_length=64)
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()  # by the sender's clock
    recorded_at = models.DateTimeField()  # by the server's
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    kept = models.CharField(max_length=10, choices=Kept.choices, blank=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        permissions = [("decide_difference", "Can decide which of two values holds")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, kept="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(kept="")),
                name="a_decided_difference_says_who_when_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(held_mark=F("brought_mark")) | ~Q(kept=""), name="an_open_difference_has_two_values"
            ),
            models.CheckConstraint(
                condition=Q(field__in=OF_A_RELATIVE, relative__isnull=False)
                | (~Q(field__in=OF_A_RELATIVE) & Q(relative__isnull=True)),
                name="what_is_said_of_a_relative_differs_about_one",
            ),
            models.UniqueConstraint(
                fields=["child", "field", "relative", "brought_mark"],
                condition=Q(decided_at__isnull=True),
                nulls_distinct=False,
                name="a_value_differs_once_until_it_is_decided",
            ),
        ]
        indexes = [
            models.Index(
                fields=["village_code", "recorded_at", "id"],
                condition=Q(decided_at__isnull=True),
                name="differences_to_decide",
            )
        ]

    def __str__(self) -> str:
        return self.get_field_display()

    @property
    def is_open(self) -> bool:
        """The twin of DifferenceQuerySet.open."""
        return self.decided_at is None
