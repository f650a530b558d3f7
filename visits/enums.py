from django.db import models
from django.utils.translation import gettext_lazy as _


class RiskLevel(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")
    NOT_ASSESSED = "none", _("not assessed yet")


class Outcome(models.TextChoices):
    """What became of a visit. Only a completed one counts; the others are attempts."""

    COMPLETED = "completed", _("visited")
    NOBODY_HOME = "nobody_home", _("nobody at home")
    REFUSED = "refused", _("the family refused")
    CHILD_AWAY = "child_away", _("the child was away")


class OverrideReason(models.TextChoices):
    """What makes a child high-risk without a score."""

    VIOLENCE = "violence", _("violence")
    TRAFFICKING = "trafficking", _("trafficking")
    RUNAWAY = "runaway", _("ran away")
    CATASTROPHE = "catastrophe", _("a catastrophe in the family")
    DANGER_TO_LIFE = "danger_to_life", _("danger to life")


class Closing(models.TextChoices):
    """Why a visit's deadline no longer runs."""

    VISITED = "visited", _("visited")
    PULLED_FORWARD = "pulled_forward", _("pulled forward by a raised level")
    LEFT = "left", _("left the register")


class FlagKind(models.TextChoices):
    NO_GUARDIAN = "no_guardian", _("No guardian")
    ALONE_UNDER_16 = "alone_under_16", _("Under 16, living alone")
    UNATTENDED_UNDER_8 = "unattended_under_8", _("Under 8, unattended")
    UNFIT_CARER = "unfit_carer", _("Unfit carer")
    PARENTS_SILENT = "parents_silent", _("Parents out of contact")
    DROPPED_OUT = "dropped_out", _("Dropped out of school")
    NO_HUKOU = "no_hukou", _("No hukou")
    DOMESTIC_VIOLENCE = "domestic_violence", _("Suspected domestic violence")
    SEXUAL_ABUSE = "sexual_abuse", _("Suspected sexual abuse")
    BULLYING = "bullying", _("Suspected bullying")
    SELF_HARM = "self_harm", _("Risk of self-harm")
    SERIOUS_ILLNESS = "serious_illness", _("Serious illness")
    DISABILITY_UNCERTIFIED = "disability_uncertified", _("Disability without certificate")
    CHILD_OF_PRISONER = "child_of_prisoner", _("Child of a prisoner")
    CHILD_OF_DRUG_USER = "child_of_drug_user", _("Child of a drug user")
    HAZARD = "hazard", _("Drowning or home hazard")
    MALNUTRITION = "malnutrition", _("Malnutrition")
    EARLY_PREGNANCY = "early_pregnancy", _("Early pregnancy or marriage")
    CHILD_LABOUR = "child_labour", _("Child labour")
    VAGRANCY = "vagrancy", _("Vagrancy, unknown origin or missing")
    FAMILY_CHANGE = "family_change", _("Sudden change in the family")
    VISIT_OVERDUE = "visit_overdue", _("Visit overdue")


class Severity(models.TextChoices):
    MANDATORY = "mandatory", _("Mandatory report")
    SERIOUS = "serious", _("Serious")
    CONCERN = "concern", _("Concern")


class FlagState(models.TextChoices):
    RAISED = "raised", _("waiting for the county")
    ACKNOWLEDGED = "acknowledged", _("taken up by the county")
    REFERRED = "referred", _("with the departments")
    CLOSED = "closed", _("settled")
    DISMISSAL_PROPOSED = "dismissal_proposed", _("dismissal awaits a second officer")
    DISMISSED = "dismissed", _("dismissed")


NEXT_FLAG_STATES: dict[str, frozenset[str]] = {
    FlagState.RAISED: frozenset(
        {FlagState.ACKNOWLEDGED, FlagState.REFERRED, FlagState.DISMISSAL_PROPOSED, FlagState.DISMISSED}
    ),
    FlagState.ACKNOWLEDGED: frozenset(
        {FlagState.REFERRED, FlagState.CLOSED, FlagState.DISMISSAL_PROPOSED, FlagState.DISMISSED}
    ),
    FlagState.REFERRED: frozenset({FlagState.CLOSED}),
    FlagState.CLOSED: frozenset(),
    FlagState.DISMISSAL_PROPOSED: frozenset({FlagState.DISMISSED, FlagState.ACKNOWLEDGED}),
    FlagState.DISMISSED: frozenset(),
}


class FlagClockKind(models.TextChoices):
    ACKNOWLEDGE = "acknowledge", _("The county takes it up")
    WRITTEN_RECORD = "written_record", _("Written record at township and county")
    TELL_REPORTER = "tell_reporter", _("The reporter is told what became of it")
