from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.people.reach import Somebody, reach_of
from ccmp.privacy.enums import Verdict, WhyOpened
from ccmp.privacy.models.about_a_child import AboutAChildQuerySet
from ccmp.sealed import SealedTextField
from children.models import Child


class OpeningQuerySet(AboutAChildQuerySet):
    """The child's own county sees and judges them; who opened it sees hers while it lasts."""

    view_permission = "privacy.change_opening"

    def visible_to(self, user: Somebody, *, opened_at: datetime | None = None) -> Self:
        """With a moment: those of her own by which she may read a file then, as long as her post lets her open any."""
        if opened_at is None:
            return super().visible_to(user)
        if not isinstance(user, User) or not reach_of(user, "privacy.add_opening"):
            return self.none()
        return self.filter(by=user, ends_at__gt=opened_at, began_at__lte=opened_at)

    def to_judge(self) -> Self:
        return self.filter(judged_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-began_at", "-id")


class Opening(models.Model):
    """Breaking the glass: somebody reads the file of one child outside her reach, for a reason, for some hours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="openings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=WhyOpened.choices)
    words = SealedTextField(blank=True)  # emptied after some years: see data/retention.yaml
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    times_read = models.PositiveIntegerField(default=0)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    judgement = SealedTextField(blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("began_at")), name="an_opened_file_closes_again"),
            models.CheckConstraint(
                condition=Q(verdict="", judged_by__isnull=True, judged_at__isnull=True)
                | (~Q(verdict="") & Q(judged_by__isnull=False, judged_at__isnull=False)),
                name="an_opening_is_judged_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("by")), name="nobody_judges_what_she_opened"
            ),
        ]
        indexes = [
            models.Index(fields=["by", "ends_at"], name="openings_of_a_user"),
            models.Index(fields=["child", "began_at"], name="openings_of_a_child"),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.began_at:%Y-%m-%d %H:%M}"

    def is_open_to(self, user: User, *, at: datetime) -> bool:
        """The twin of OpeningQuerySet.visible_to with a moment, of who may open any."""
        return self.by_id == user.id and self.began_at <= at < self.ends_at
