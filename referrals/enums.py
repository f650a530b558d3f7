from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralState(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


NEXT_REFERRAL_STATES: dict[str, frozenset[str]] = {
    ReferralState.OPEN: frozenset({ReferralState.CLOSED}),
    ReferralState.CLOSED: frozenset(),
}


class Result(models.TextChoices):
    """What became of a referral when it was closed."""

    SOLVED = "solved", _("The child has what it needed")
    PARTLY = "partly", _("Partly: something could not be done")
    NOT_POSSIBLE = "not_possible", _("It could not be done")
    NOT_NEEDED = "not_needed", _("No longer needed")


class TaskState(models.TextChoices):
    SENT = "sent", _("waiting to be accepted")
    ACCEPTED = "accepted", _("being done")
    RETURNED = "returned", _("returned")
    COMPLETED = "completed", _("done, says the department")
    CONFIRMED = "confirmed", _("the child has it")
    WITHDRAWN = "withdrawn", _("withdrawn by the county")


NEXT_TASK_STATES: dict[str, frozenset[str]] = {
    TaskState.SENT: frozenset({TaskState.ACCEPTED, TaskState.RETURNED, TaskState.WITHDRAWN}),
    TaskState.ACCEPTED: frozenset({TaskState.COMPLETED, TaskState.RETURNED, TaskState.WITHDRAWN}),
    TaskState.RETURNED: frozenset({TaskState.SENT, TaskState.WITHDRAWN}),
    TaskState.COMPLETED: frozenset({TaskState.CONFIRMED, TaskState.SENT}),
    TaskState.CONFIRMED: frozenset(),
    TaskState.WITHDRAWN: frozenset(),
}


class ReturnReason(models.TextChoices):
    MISSING_PAPERS = "missing_papers", _("Papers are missing")
    NOT_OURS = "not_ours", _("Not ours (say whose)")
    NOT_ELIGIBLE = "not_eligible", _("The child does not qualify")
    OTHER = "other", _("Something else")


class TaskClockKind(models.TextChoices):
    ACCEPT = "accept", _("accept")
    COMPLETE = "complete", _("done")
    CONFIRM = "confirm", _("the child has it")


class Disclosed(models.TextChoices):
    """What a task may disclose of a child to the department that does it. Nothing else is shown."""

    NAME = "name", _("Name")
    SEX = "sex", _("Sex")
    BIRTH_DATE = "birth_date", _("Birth date")
    RESIDENT_ID = "resident_id", _("ID number")
    HUKOU = "hukou", _("Hukou")
    SCHOOL = "school", _("School")
    ADDRESS = "address", _("Where the child lives")
    CARER = "carer", _("Who looks after the child")
    CARER_PHONE = "carer_phone", _("The carer's telephone")
    PARENTS = "parents", _("Father and mother")
    WHAT_WAS_SEEN = "what_was_seen", _("What was seen")


ALWAYS_DISCLOSED = (Disclosed.NAME, Disclosed.SEX, Disclosed.BIRTH_DATE, Disclosed.ADDRESS)
