from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WhyShown(models.TextChoices):
    """Why somebody needs a whole number."""

    APPLICATION = "application", _("To fill in an application to an office")
    SCHOOL = "school", _("To enrol the child in a school or kindergarten")
    HOSPITAL = "hospital", _("For a hospital, or the medical insurance")
    POLICE = "police", _("For the police, or a court")
    REACH = "reach", _("To reach the family")
    COMPARE = "compare", _("To compare it with the paper")
    OTHER = "other", pgettext_lazy("a reason", "Something else")


class RequestKind(models.TextChoices):
    """What a guardian may ask for: PIPL art. 45 to 47, regulation on the online protection of minors, art. 34."""

    VIEW = "view", _("To read what is kept")
    COPY = "copy", _("A copy of what is kept")
    CORRECT = "correct", _("To have something put right")
    DELETE = "delete", _("To have it deleted")


class RequestState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("a guardian's request", "waiting")
    DONE = "done", pgettext_lazy("a guardian's request", "done")
    DECLINED = "declined", pgettext_lazy("a guardian's request", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("a guardian's request", "taken back")


NEXT_REQUEST_STATES: dict[str, frozenset[str]] = {
    RequestState.WAITING: frozenset({RequestState.DONE, RequestState.DECLINED, RequestState.WITHDRAWN}),
    RequestState.DONE: frozenset(),
    RequestState.DECLINED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}


class WhyOpened(models.TextChoices):
    """Why somebody opens a file that is not within her reach."""

    DANGER = "danger", _("The child is in danger now")
    FOUND = "found", _("The child was found here, alone or lost")
    HOSPITAL = "hospital", _("The child was brought to a hospital here")
    POLICE = "police", _("The police or a court asks at once")


class Verdict(models.TextChoices):
    """What the child's county says of it afterwards."""

    RIGHT = "right", _("It was right")
    WRONG = "wrong", _("It was not right")


class IncidentKind(models.TextChoices):
    LOST_PHONE = "lost_phone", _("A phone or a computer is lost")
    SEEN = "seen", _("Somebody saw what is not hers to see")
    SENT_WRONG = "sent_wrong", _("Something was sent to the wrong place")
    BROKEN_IN = "broken_in", _("Somebody broke in, or may have")
    GONE = "gone", _("Data are lost or were changed")
    PAPER = "paper", _("A paper lay open, or is gone")


class IncidentState(models.TextChoices):
    REPORTED = "reported", pgettext_lazy("an incident", "reported")
    ASSESSED = "assessed", pgettext_lazy("an incident", "assessed")
    NOTIFIED = "notified", pgettext_lazy("an incident", "told to those concerned")
    CLOSED = "closed", pgettext_lazy("an incident", "closed")


NEXT_INCIDENT_STATES: dict[str, frozenset[str]] = {
    IncidentState.REPORTED: frozenset({IncidentState.ASSESSED}),
    IncidentState.ASSESSED: frozenset({IncidentState.NOTIFIED, IncidentState.CLOSED}),
    IncidentState.NOTIFIED: frozenset({IncidentState.CLOSED}),
    IncidentState.CLOSED: frozenset(),
}


class IncidentClockKind(models.TextChoices):
    ASSESS = "assess", _("To be assessed")
    NOTIFY = "notify", _("To be told to the authority and to those concerned")
