"""What a child is on a day, by the law and by the evaluation. Nobody types it: it is worked out from dated facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LabelKind(models.TextChoices):
    LEFT_BEHIND = "left_behind", _("Rural left-behind child")
    LEFT_BY_BOTH = "left_by_both", _("Both parents away")
    LEFT_BY_ONE = "left_by_one", _("One parent away")
    ORPHAN = "orphan", _("Orphan")
    UNSUPPORTED = "unsupported", _("De facto unsupported")
    DESTITUTE = "destitute", _("Destitute")
    IN_DIFFICULTY = "in_difficulty", _("In difficulty")
    POVERTY = "poverty", _("In difficulty: a poor home")
    DISABILITY = "disability", _("In difficulty: a disability")
    ILLNESS = "illness", _("In difficulty: a serious illness")
    GUARDIANSHIP_MISSING = "guardianship_missing", _("In difficulty: nobody able to be the guardian")
    GUARDIANSHIP_IMPROPER = "guardianship_improper", _("In difficulty: harmed by who should look after it")
    MIGRANT = "migrant", _("Migrant child")
    UNATTENDED = "under_8_unattended", _("Under 8, and nobody looks after it")
    ALONE = "under_16_alone", _("Under 16, and living alone")


ALERTS = (LabelKind.UNATTENDED, LabelKind.ALONE)
# What rests on sealed grounds: shown only to who may see a child's grounds.
SEALED_LABELS = (LabelKind.DISABILITY, LabelKind.ILLNESS, LabelKind.GUARDIANSHIP_IMPROPER)
# Each has a twin in the database, by which a list can be narrowed.
OPEN_LABELS = (
    LabelKind.LEFT_BEHIND,
    LabelKind.LEFT_BY_BOTH,
    LabelKind.LEFT_BY_ONE,
    LabelKind.ORPHAN,
    LabelKind.UNSUPPORTED,
    LabelKind.DESTITUTE,
    LabelKind.MIGRANT,
    LabelKind.UNATTENDED,
    LabelKind.ALONE,
)
