"""A file is confirmed with the family, and checked by the township's supervisor."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ccmp.identifiers import new_id
from ccmp.people.entries import Entry
from ccmp.people.models import User
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from children.models.child import Child, Kinship
from children.models.difference import FileChange


class ConfirmationQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"


class Confirmation(Entry):
    """That somebody of the family said on a day: what the file says is so."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="confirmations")
    on = models.DateField()
    with_whom = models.CharField(max_length=60)
    version = models.PositiveIntegerField()  # of the file, as it was read out

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(with_whom=""), name="a_file_is_confirmed_with_somebody"),
        ]
        indexes = [models.Index(fields=["child", "on"], name="confirmations_of_a_child")]

    def __str__(self) -> str:
        return f"{self.on}"


class FileCheckQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def open(self) -> Self:
        """Sent back, and not answered yet."""
        return self.filter(is_sent_back=True, answered_at__isnull=True)

    def last_word(self) -> Self:
        """Of each file the newest check."""
        later = FileCheck.objects.filter(child=OuterRef("child"), checked_at__gt=OuterRef("checked_at"))
        return self.filter(~Exists(later))

    def settling(self) -> Self:
        """In order, and nothing that the file shows was changed or confirmed since, nor was it checked anew."""
        since = Q(recorded_at__gt=OuterRef("checked_at"))
        changes = FileChange.objects.filter(since)
        kin = Kinship.objects.filter(child=OuterRef(OuterRef("child"))).values("relative")
        unchanged = (
            ~Exists(changes.filter(child=OuterRef("child")))
            & ~Exists(changes.filter(child__household=OuterRef("child__household")).of_home())
            & ~Exists(changes.filter(relative__in=kin))
        )
        unconfirmed = ~Exists(Confirmation.objects.filter(since, child=OuterRef("child")))
        return self.last_word().filter(unchanged, unconfirmed, is_sent_back=False)


class FileCheck(VillageFact):
    """The supervisor's word on a file: it is in order, or it goes back with a remark."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="checks")
    version = models.PositiveIntegerField()  # of the file that was checked
    is_sent_back = models.BooleanField()
    remark = models.TextField(blank=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = FileCheckQuerySet.as_manager()

    class Meta:
        permissions = [("check_file", "Can check files and send them back")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_sent_back=False) | ~Q(remark=""), name="a_file_goes_back_with_a_remark"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, is_sent_back=True),
                name="only_what_was_sent_back_is_answered_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(is_sent_back=True, answered_at__isnull=True),
                name="a_file_is_sent_back_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["child", "checked_at"], name="checks_of_a_child")]

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """The twin of FileCheckQuerySet.open."""
        return self.is_sent_back and self.answered_at is None
