from django.db import models
from django.utils.translation import gettext_lazy as _

from ccmp.people.enums import Sex


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
    OTHER = "other", _("another reason of the same weight")


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


class LeftBy(models.TextChoices):
    """The evaluation's wider label: which parents are away for work, whatever the other one can do."""

    BOTH = "both", _("Both parents away")
    ONE = "one", _("One parent away")
    NONE = "none", _("No parent away")


class FileField(models.TextChoices):
    """What of a child's file may be said anew, by whoever changes files of the village."""

    NAME = "name", _("Name")
    SEX = "sex", _("Sex")
    BORN_ON = "born_on", _("Born on")
    ETHNIC_GROUP = "ethnic_group", _("Ethnic group")
    ETHNIC_WORDS = "ethnic_words", _("Ethnic group in words")
    HUKOU = "hukou", _("Hukou")
    NO_ID_REASON = "no_id_reason", _("Why there is no ID number")
    SCHOOL_STAGE = "school_stage", _("School")
    IS_BOARDING = "is_boarding", _("Boards at school")
    HEAD_NAME = "head_name", _("Head of the household")
    NEIGHBOURHOOD = "neighbourhood", _("Hamlet")
    ADDRESS = "address", _("Way to the home")
    WHEREABOUTS = "whereabouts", _("Where a parent is")


# Brothers and sisters share their home: what is said of it through one file is said for all of them.
OF_THE_HOME = (FileField.HEAD_NAME, FileField.NEIGHBOURHOOD, FileField.ADDRESS)
OF_THE_CHILD = tuple(one for one in FileField if one not in (*OF_THE_HOME, FileField.WHEREABOUTS))


class Kept(models.TextChoices):
    """What became of two values of one field."""

    HELD = "held", _("the value in the file")
    BROUGHT = "brought", _("the other value")
    WITHDRAWN = "withdrawn", _("taken back by who brought it")


class Means(models.TextChoices):
    """What is known of a home's means: dated facts, shared by its children."""

    MINIMUM_LIVING = "minimum_living", _("The home receives the minimum living allowance")
    DESTITUTE = "destitute", _("The home is supported as destitute")
    MONITORED = "monitored", _("The home is monitored against a return to poverty")
    LOW_INCOME = "low_income", _("Income per head under the local standard, by what the family says")
    EMERGENCY = "emergency", _("An accident, a sudden illness or a heavy expense")


class Ground(models.TextChoices):
    """Facts of a child's health by which it is in difficulty. They lie sealed, and stand on its own file alone."""

    DISABILITY = "disability", _("Disability, with a certificate")
    NEEDS_CARE = "needs_care", _("Needs care for long")
    ILLNESS = "illness", _("Serious illness")
    INFECTED = "infected", _("HIV infection")


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


__all__ = [
    "CONFIDENTIAL_GROUNDS",
    "FATHERS",
    "MOTHERS",
    "NEXT_APPLICATION_STATES",
    "OF_THE_CHILD",
    "OF_THE_HOME",
    "RUNNING_APPLICATIONS",
    "ApplicationState",
    "ApplicationStep",
    "CareKind",
    "DisabilityKind",
    "Doer",
    "EntitlementState",
    "EthnicGroup",
    "FileField",
    "Ground",
    "Hukou",
    "IncapacityReason",
    "Kept",
    "LeftBy",
    "Means",
    "NoIdReason",
    "Relation",
    "SchoolStage",
    "Sex",
    "Whereabouts",
]
