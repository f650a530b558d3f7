"""Grounds of need, and how far a child is with what it is entitled to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Means(models.TextChoices):
    """What is known of a home's means: dated facts, shared by its children."""

    MINIMUM_LIVING = "minimum_living", _("The home receives the minimum living allowance")
    DESTITUTE = "destitute", _("The home is supported as destitute")
    MONITORED = "monitored", _("The home is monitored against a return to poverty")
    LOW_INCOME = "low_income", _("Income per head under the local standard, by what the family says")
    EMERGENCY = "emergency", _("An accident, a sudden illness or a heavy expense")


NO_MEANS = (Means.LOW_INCOME, Means.MINIMUM_LIVING, Means.DESTITUTE)  # without means of its own (国发〔2016〕14号)
POOR = (*NO_MEANS, Means.MONITORED)  # in difficulty by poverty (国发〔2016〕36号); an accident alone is none


class Ground(models.TextChoices):
    """Facts of a child's health by which it is in difficulty. They lie sealed, and stand on its own file alone."""

    DISABILITY = "disability", _("Disability, with a certificate")
    DIAGNOSED = "diagnosed", _("Disability by a hospital's diagnosis, no certificate yet")
    NEEDS_CARE = "needs_care", _("Needs care for long")
    ILLNESS = "illness", _("Serious illness")
    IMPROPER_CARE = "improper_care", _("Abused, abandoned or harmed by who should look after it")
    INFECTED = "infected", _("HIV infection")


OF_A_DISABILITY = (Ground.DISABILITY, Ground.DIAGNOSED)
CONFIDENTIAL_GROUNDS = (Ground.INFECTED,)  # noted and seen by the county's office alone


class DisabilityKind(models.TextChoices):
    SIGHT = "sight", _("sight")
    HEARING = "hearing", _("hearing")
    SPEECH = "speech", _("speech")
    LIMB = "limb", _("limb")
    INTELLECTUAL = "intellectual", _("intellectual")
    MENTAL = "mental", _("mental")
    AUTISM = "autism", _("autism")
    MULTIPLE = "multiple", _("multiple")


class EntitlementState(models.TextChoices):
    """How far a child is with one benefit, on a day."""

    NOT_ELIGIBLE = "not_eligible", _("does not qualify by the file")
    MAY_QUALIFY = "may_qualify", _("may qualify, to be checked")
    APPLIED = "applied", _("applied for")
    RECEIVING = "receiving", _("receiving")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended")


class Doer(models.TextChoices):
    """Who does the next step of an application."""

    FAMILY = "family", _("the family, with the village")
    SCHOOL = "school", _("the school")
    TOWNSHIP = "township", _("the township")
    COUNTY = "county", _("the county's civil affairs")
    DEPARTMENT = "department", _("the department in charge")


class ApplicationStep(models.TextChoices):
    """What can be noted of a benefit."""

    APPLIED = "applied", _("It was applied for")
    GRANTED = "granted", _("It was granted, and is received since")
    RECEIVED = "received", _("It is received already, since")
    REFUSED = "refused", _("It was refused")
    ENDED = "ended", _("It ended, or the application was taken back")


class ApplicationState(models.TextChoices):
    APPLIED = "applied", _("applied for")
    RECEIVING = "receiving", _("receiving")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended")


# Whoever was refused, or whose benefit ended, applies anew: that is another application.
NEXT_APPLICATION_STATES: dict[str, frozenset[str]] = {
    ApplicationState.APPLIED: frozenset({ApplicationState.RECEIVING, ApplicationState.REFUSED, ApplicationState.ENDED}),
    ApplicationState.RECEIVING: frozenset({ApplicationState.ENDED}),
    ApplicationState.REFUSED: frozenset(),
    ApplicationState.ENDED: frozenset(),
}
RUNNING_APPLICATIONS = (ApplicationState.APPLIED, ApplicationState.RECEIVING)
