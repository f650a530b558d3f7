from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """What a 12-digit division code stands for."""

    PROGRAMME = "programme", _("Programme")
    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")
    VILLAGE = "village", _("Village")


class Arm(models.TextChoices):
    """The arm of the evaluation that a village belongs to."""

    CCMP = "ccmp", _("Companion mother")
    GOVERNMENT = "government", _("Child director (government model)")


class DayKind(models.TextChoices):
    """A day that the State Council's yearly notice changes."""

    PUBLIC_HOLIDAY = "public_holiday", _("Public holiday")
    MAKEUP_WORKDAY = "makeup_workday", _("Make-up working day")
