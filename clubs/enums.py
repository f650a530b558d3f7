from django.db import models
from django.utils.translation import gettext_lazy as _


class WeekState(models.TextChoices):
    MET = "met", _("met")
    SHORT = "short", _("short")
    EXEMPT = "exempt", _("exempt")
    RUNNING = "running", _("running")
    SILENT = "silent", _("nothing recorded")


class DayType(models.TextChoices):
    """What a day asks of the club."""

    TERM = "term", _("school day")
    HOLIDAY = "holiday", _("school holiday")
    EXEMPT = "exempt", _("exempt")


class Theme(models.TextChoices):
    """What a themed activity is about."""

    DROWNING = "drowning", _("Water safety")
    TRAFFIC = "traffic", _("Road safety")
    FIRE = "fire", _("Fire and electricity")
    ABUSE_PREVENTION = "abuse_prevention", _("Protecting one's body")
    BULLYING = "bullying", _("Against bullying")
    DISEASE = "disease", _("Infectious disease")
    FOOD = "food", _("Food safety")
    HYGIENE = "hygiene", _("Washing and brushing")
    FEELINGS = "feelings", _("Feelings and courage")
    PARENTING = "parenting", _("Class for parents")
    VIDEO_CALL = "video_call", _("Video call with mum and dad")
    HOMEWORK = "homework", _("Homework and reading")
    PLAY = "play", _("Sports and play")
    OTHER = "other", _("Something else")
