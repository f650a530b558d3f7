from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.privacy.enums import NEXT_REQUEST_STATES, RequestKind, RequestState
from ccmp.privacy.models.about_a_child import AboutAChildQuerySet
from ccmp.refusals import Refusal
from ccmp.sealed import SealedTextField
from children.enums import Relation
from children.models import Child


class RequestHasMovedOn(Refusal):
    """Somebody answered it before."""

    sentence = _("This request has been answered since you opened the page. Open it again to see how.")


class GuardianRequestQuerySet(AboutAChildQuerySet):
    view_permission = "privacy.view_guardianrequest"

    def waiting(self) -> Self:
        return self.filter(state=RequestState.WAITING)

    def overdue(self, *, at: datetime) -> Self:
        """Not answered, and past the last day."""
        return self.waiting().filter(due_at__lt=at)

    def answered(self) -> Self:
        return self.exclude(state=RequestState.WAITING)

    def most_urgent_first(self) -> Self:
        return self.order_by("due_at", "id")

    def answered_last_first(self) -> Self:
        return self.order_by(F("answered_at").desc(nulls_last=True), "id")


class GuardianRequest(models.Model):
    """A guardian asks to read, to have, to correct or to delete what is kept about a child. Answered in time, with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="guardian_requests")
    kind = models.CharField(max_length=8, choices=RequestKind.choices)
    asked_by = models.CharField(max_length=60)  # the guardian's name
    relation = models.CharField(max_length=2, choices=Relation.choices)
    asked_at = models.DateTimeField()
    words = SealedTextField(blank=True)  # what is to be corrected, or deleted
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")  # who wrote it down
    due_at = models.DateTimeField()
    rule = models.CharField(max_length=60)  # the name of the standard that set it
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.WAITING)
    answer = SealedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = GuardianRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=""), name="a_request_is_asked_by_somebody"),
            models.CheckConstraint(condition=Q(due_at__gte=F("asked_at")), name="a_request_is_due_after_it_is_asked"),
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=RequestState.WAITING) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="an_answered_request_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.DECLINED) | ~Q(answer=""), name="a_declined_request_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=RequestState.WAITING), name="requests_to_answer"),
            models.Index(fields=["child"], name="requests_about_a_child"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_overdue(self, *, at: datetime) -> bool:
        """The twin of GuardianRequestQuerySet.overdue."""
        return self.state == RequestState.WAITING and self.due_at < at

    @property
    def was_in_time(self) -> bool:
        return self.answered_at is not None and self.answered_at <= self.due_at

    def move_to(self, state: RequestState, *, by: User, at: datetime, answer: str = "") -> None:
        """The one door from state to state. Raises RequestHasMovedOn."""
        if state not in NEXT_REQUEST_STATES[self.state]:
            raise RequestHasMovedOn
        self.state, self.answer, self.answered_by, self.answered_at = state, answer, by, at
        self.save(update_fields=["state", "answer", "answered_by", "answered_at"])
