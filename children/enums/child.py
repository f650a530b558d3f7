"""A child: who she is, and where she is in life."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EthnicGroup(models.TextChoices):
    """GB/T 3304, those that the programme's villages know best first; any other in words."""

    HAN = "01", _("Han")
    HUI = "03", _("Hui")
    TIBETAN = "04", _("Tibetan")
    UYGHUR = "05", _("Uyghur")
    MIAO = "06", _("Miao")
    YI = "07", _("Yi")
    ZHUANG = "08", _("Zhuang")
    BOUYEI = "09", _("Bouyei")
    MANCHU = "11", _("Manchu")
    DONG = "12", _("Dong")
    YAO = "13", _("Yao")
    BAI = "14", _("Bai")
    TUJIA = "15", _("Tujia")
    SHUI = "25", _("Shui")
    QIANG = "33", _("Qiang")
    MAONAN = "36", _("Maonan")
    GELAO = "37", _("Gelao")
    OTHER = "97", _("other, in words")


class Hukou(models.TextChoices):
    RURAL = "rural", _("Rural hukou")
    URBAN = "urban", _("Urban hukou")
    NONE = "none", _("No hukou yet")


class SchoolStage(models.TextChoices):
    NOT_YET = "not_yet", _("Not at school yet")
    KINDERGARTEN = "kindergarten", _("Kindergarten")
    PRIMARY = "primary", _("Primary school")
    JUNIOR = "junior", _("Junior middle school")
    SENIOR = "senior", _("Senior high school")
    VOCATIONAL = "vocational", _("Vocational school")
    DROPPED_OUT = "dropped_out", _("Dropped out")
    NOT_ENROLLED = "not_enrolled", _("Of school age, never enrolled")
    WORKING = "working", _("Left school, working or at home")


class NoIdReason(models.TextChoices):
    """Why a child has no resident ID number yet: counted and followed up."""

    NO_HUKOU = "no_hukou", _("Not registered in any hukou yet")
    NEWBORN = "newborn", _("Newborn, being registered")
    NOT_AT_HAND = "not_at_hand", _("The family does not have the number at hand")
    OTHER_PAPERS = "other_papers", _("Has only papers of Hong Kong, Macau, Taiwan or another country")


class LeftBy(models.TextChoices):
    """The evaluation's wider label: which parents are away for work, whatever the other one can do."""

    BOTH = "both", _("Both parents away")
    ONE = "one", _("One parent away")
    NONE = "none", _("No parent away")


class IncomeSource(models.TextChoices):
    """What a home lives on, as the national form asks."""

    MIGRANT_WORK = "migrant_work", _("work away from home")
    FARMING = "farming", _("farming")
    STATE_AID = "state_aid", _("aid by the state")
    RELATIVES = "relatives", _("help by relatives")
    OTHER = "other", _("something else")


class HealthState(models.TextChoices):
    """As the national form asks; the grounds of a child's health say it in full."""

    HEALTHY = "healthy", _("healthy")
    DISABLED = "disabled", _("has a disability")
    ILL = "ill", _("has an illness")
    DISABLED_AND_ILL = "both", _("has a disability and an illness")
