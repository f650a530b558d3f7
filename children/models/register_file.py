"""A register that is brought as a file, and stands aside until somebody has said that it shall be taken in."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.people.reach import Somebody, VillageFact, VillageFactQuerySet
from ccmp.refusals import Refusal
from children.enums import NEXT_IMPORT_STATES, ImportState


class RegisterFileHasMovedOn(Refusal):
    """It was taken in, or put away, before."""

    sentence = _("This file has moved on since you opened the page. Open it again to see where it stands.")


class RegisterFileQuerySet(VillageFactQuerySet):
    view_permission = "children.import_children"

    def visible_to(self, user: Somebody) -> Self:
        """Her own, where she may still bring a register: a file as it was brought is nobody else's to read."""
        return super().visible_to(user).filter(uploaded_by_id=user.pk)

    def newest_first(self) -> Self:
        return self.order_by("-uploaded_at", "id")


class RegisterFile(VillageFact):
    """One upload. The file and what was read of it lie sealed on disk or here, and are removed when it is over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    content = models.BinaryField(null=True)  # sealed; gone once the register has it, or it was put away
    preview = models.BinaryField(null=True)  # sealed JSON: each row with what would become of it
    annotated = models.BinaryField(null=True)  # sealed: the same file with what is wrong said at each cell
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READING)
    done = models.PositiveIntegerField(default=0)  # rows
    rows = models.PositiveIntegerField(null=True, blank=True)
    found = models.JSONField(default=dict)  # how many rows are new, changed, the same, refused; no child's name
    trouble = models.TextField(blank=True)  # why the whole file could not be read, or was not taken

    objects = RegisterFileQuerySet.as_manager()

    class Meta:
        permissions = [
            ("import_children", "Can bring a register as a file"),
            ("export_children", "Can take the register out as a file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows__isnull=True) | Q(done__lte=models.F("rows")),
                name="no_more_rows_are_done_than_there_are",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "uploaded_at"], name="register_files_of_a_village")]

    def __str__(self) -> str:
        return self.name

    def move_to(self, state: ImportState) -> None:
        """The one door from state to state. Raises RegisterFileHasMovedOn when there is no way from here."""
        if state not in NEXT_IMPORT_STATES[self.state]:
            raise RegisterFileHasMovedOn()
        self.state = state
