"""The grown-ups of a family, and who looks after a child."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    """GB/T 4761."""

    FATHER = "51", _("father")
    MOTHER = "52", _("mother")
    STEPFATHER = "57", _("stepfather or adoptive father")
    STEPMOTHER = "58", _("stepmother or adoptive mother")
    PATERNAL_GRANDFATHER = "61", _("father's father")
    PATERNAL_GRANDMOTHER = "62", _("father's mother")
    MATERNAL_GRANDFATHER = "63", _("mother's father")
    MATERNAL_GRANDMOTHER = "64", _("mother's mother")
    SIBLING = "70", _("brother or sister")
    FATHERS_ELDER_BROTHER = "81", _("father's elder brother")
    FATHERS_ELDER_BROTHERS_WIFE = "82", _("wife of father's elder brother")
    FATHERS_YOUNGER_BROTHER = "83", _("father's younger brother")
    MOTHERS_BROTHER = "85", _("mother's brother")
    MOTHERS_BROTHERS_WIFE = "86", _("wife of mother's brother")
    MOTHERS_SISTER = "88", _("mother's sister")
    FATHERS_SISTER = "90", _("father's sister")
    OTHER_RELATIVE = "97", _("other relative")
    NOT_RELATED = "99", _("not related")


FATHERS = (Relation.FATHER, Relation.STEPFATHER)
MOTHERS = (Relation.MOTHER, Relation.STEPMOTHER)


class IncapacityReason(models.TextChoices):
    """Why a parent cannot act as a guardian (国发〔2016〕13号)."""

    SEVERE_DISABILITY = "severe_disability", _("severe disability (level 1 or 2)")
    SERIOUS_ILLNESS = "serious_illness", _("serious illness")
    SERVING_SENTENCE = "serving_sentence", _("serving a sentence")
    MENTAL_DISABILITY = "mental_disability", _("mental or intellectual disability (level 3 or 4)")
    REHABILITATION = "rehabilitation", _("in custody or compulsory rehabilitation")
    REVOKED = "revoked", _("guardianship revoked by a court")
    DEPORTED = "deported", _("deported")
    OTHER = "other", _("another reason of the same weight")


# They have a term, which is known when they begin.
BY_TERM = (IncapacityReason.SERVING_SENTENCE, IncapacityReason.REHABILITATION)
# Whoever is so is not at home.
HELD_ELSEWHERE = (*BY_TERM, IncapacityReason.DEPORTED)


class Whereabouts(models.TextChoices):
    """Where a grown-up of the family is, as the page asks; the file keeps dated facts."""

    HOME = "home", _("at home")
    AWAY = "away", _("away for work")
    MISSING = "missing", _("out of contact")
    DEAD = "dead", _("has died")


class CareKind(models.TextChoices):
    """How a child is looked after, as the national form asks."""

    NONE = "none", _("nobody looks after the child")
    INCAPABLE_PARENT = "incapable_parent", _("a parent who is not able to")
    ENTRUSTED_WEAK = "entrusted_weak", _("entrusted, but the carer is weak")
    FAIR = "fair", _("fairly well looked after")
    GOOD = "good", _("well looked after")


class CareBarKind(models.TextChoices):
    """Why somebody may not be entrusted with a child (Law on the Protection of Minors, art. 22)."""

    ABUSE = "abuse", _("has abused a child")
    ABANDONMENT = "abandonment", _("has abandoned a child")
    TRAFFICKING = "trafficking", _("has trafficked a child")
    VIOLENCE = "violence", _("has been violent")
    DRUGS = "drugs", _("takes drugs")
    GAMBLING = "gambling", _("gambles")
    NO_CAPACITY = "no_capacity", _("is not of full civil capacity")


class ContactHow(models.TextChoices):
    """How parents who are away were in touch with child and carer."""

    CALL = "call", _("by telephone")
    VIDEO = "video", _("by video call")
    MESSAGE = "message", _("by message")
    AT_HOME = "at_home", _("came home")
