from django.contrib.postgres.fields import ArrayField
from django.db import models

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.people.reach import VillageFact
from ccmp.privacy.enums import WhyShown
from ccmp.privacy.models.about_a_child import AboutAChildQuerySet
from ccmp.sealed import SealedTextField
from children.models import Child


class UnmaskingQuerySet(AboutAChildQuerySet):
    view_permission = "privacy.view_unmasking"

    def newest_first(self) -> "UnmaskingQuerySet":
        return self.order_by("-at", "-id")


class Unmasking(VillageFact):
    """That somebody was shown a child's whole numbers, and why. Only ever added to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="unmaskings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=12, choices=WhyShown.choices)
    words = SealedTextField(blank=True)  # emptied after some years: see data/retention.yaml
    shown = ArrayField(models.CharField(max_length=40))  # names of fields, never a number

    objects = UnmaskingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["child", "at"], name="unmaskings_of_a_child")]

    def __str__(self) -> str:
        return f"{self.why} {self.at:%Y-%m-%d %H:%M}"
