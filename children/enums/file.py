"""A child's file: what may be said anew of it, how it moves, who confirmed it, what was agreed to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FileField(models.TextChoices):
    """What of a child's file may be said anew, by whoever changes files of the village."""

    NAME = "name", _("Name")
    SEX = "sex", _("Sex")
    BORN_ON = "born_on", _("Born on")
    ETHNIC_GROUP = "ethnic_group", _("Ethnic group")
    ETHNIC_WORDS = "ethnic_words", _("Ethnic group in words")
    RESIDENT_ID = "resident_id", _("ID number")
    NO_ID_REASON = "no_id_reason", _("Why there is no ID number")
    HUKOU = "hukou", _("Hukou")
    HUKOU_COUNTY = "hukou_county", _("County of the hukou")
    HUKOU_PLACE = "hukou_place", _("Place of the hukou")
    LIVES_HERE_SINCE = "lives_here_since", _("Lives here since")
    SCHOOL_STAGE = "school_stage", _("School")
    SCHOOL_NAME = "school_name", _("Name of the school")
    IS_BOARDING = "is_boarding", _("Boards at school")
    HEALTH = "health", pgettext_lazy("of a child", "Health")
    HEAD_NAME = "head_name", _("Head of the household")
    NEIGHBOURHOOD = "neighbourhood", _("Hamlet")
    ADDRESS = "address", _("Way to the home")
    INCOME = "income", _("What the home lives on")
    AID = "aid", _("Aid received")
    WHEREABOUTS = "whereabouts", _("Where a parent is")
    ABILITY = "ability", _("Able to look after the child")
    DECLARED_MISSING = "declared_missing", _("Declared missing by a court")
    KIN_NAME = "kin_name", _("Name of a relative")
    KIN_BORN_ON = "kin_born_on", _("Birth date of a relative")
    KIN_PHONE = "kin_phone", _("Telephone of a relative")
    KIN_ID = "kin_id", _("ID number of a relative")
    KIN_WORK = "kin_work", _("Employer of a relative")
    KIN_ADDRESS = "kin_address", _("Address of a relative")
    CARE = "care", _("Who looks after the child")


# Brothers and sisters share their home: what is said of it through one file is said for all of them.
OF_THE_HOME = (FileField.HEAD_NAME, FileField.NEIGHBOURHOOD, FileField.ADDRESS, FileField.INCOME, FileField.AID)
# What is said of a grown-up holds for every child of hers.
OF_A_RELATIVE = (
    FileField.WHEREABOUTS,
    FileField.ABILITY,
    FileField.DECLARED_MISSING,
    FileField.KIN_NAME,
    FileField.KIN_BORN_ON,
    FileField.KIN_PHONE,
    FileField.KIN_ID,
    FileField.KIN_WORK,
    FileField.KIN_ADDRESS,
)
OF_THE_CHILD = tuple(one for one in FileField if one not in (*OF_THE_HOME, *OF_A_RELATIVE, FileField.CARE))
# They lie sealed: a history and a difference tell that they changed, and show them masked.
SEALED_FIELDS = (FileField.RESIDENT_ID, FileField.KIN_PHONE, FileField.KIN_ID, FileField.HEALTH)


class Kept(models.TextChoices):
    """What became of two values of one field."""

    HELD = "held", _("the value in the file")
    BROUGHT = "brought", _("the other value")
    WITHDRAWN = "withdrawn", _("taken back by who brought it")


class GoneWhy(models.TextChoices):
    """Why a child no longer belongs to the register of its village."""

    LEFT = "left", _("moved away, out of the programme's villages")
    TRANSFERRED = "transferred", _("moved to another village of the programme")
    DIED = "died", _("has died")
    OF_AGE = "of_age", _("came of age")
    MISTAKEN = "mistaken", _("registered by mistake")


class MoveKind(models.TextChoices):
    """What happened to a child's place in the register. Each is a row of its history."""

    LEFT = "left", _("moved away")
    RETURNED = "returned", _("came back")
    TRANSFERRED = "transferred", _("moved to another village of the programme")
    DIED = "died", _("has died")
    OF_AGE = "of_age", _("came of age")
    MISTAKEN = "mistaken", _("registered by mistake")


class TransferAsker(models.TextChoices):
    """From which side a transfer was begun: the village that the child leaves, or the one that found it."""

    OLD = "old", _("the village that the child leaves")
    NEW = "new", _("the village that the child came to")


class TransferState(models.TextChoices):
    WAITING = "waiting", _("waits for the other village")
    DONE = "done", _("handed over")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")
    OVER = "over", _("at an end by itself")  # the child died, came of age, or never was: there is nobody to hand over


NEXT_TRANSFER_STATES: dict[str, frozenset[str]] = {
    TransferState.WAITING: frozenset(
        {TransferState.DONE, TransferState.DECLINED, TransferState.WITHDRAWN, TransferState.OVER}
    ),
    TransferState.DONE: frozenset(),
    TransferState.DECLINED: frozenset(),
    TransferState.WITHDRAWN: frozenset(),
    TransferState.OVER: frozenset(),
}


class ConsentPurpose(models.TextChoices):
    """PIPL art. 29 and 31: each purpose is agreed to by itself."""

    CARE = "care", _("keeping the file and looking after the child")
    REFERRAL = "referral", _("telling departments what they need to help")
    EVALUATION = "evaluation", _("the evaluation, without a name")
    PICTURES = "pictures", _("pictures and films")


class ConsentEvidence(models.TextChoices):
    PAPER = "paper", _("signed on paper, which is kept")
    SCREEN = "screen", _("signed on the screen")


class ImportState(models.TextChoices):
    """Where an uploaded register stands. Nothing is in the register before DONE."""

    READING = "reading", _("being read")
    PREVIEW = "preview", _("read, waits for your word")
    UNREADABLE = "unreadable", _("could not be read")
    WRITING = "writing", _("being taken into the register")
    DONE = "done", _("in the register")
    REFUSED = "refused", _("not taken: the register changed meanwhile")
    DROPPED = "dropped", _("put away")


NEXT_IMPORT_STATES: dict[str, frozenset[str]] = {
    ImportState.READING: frozenset({ImportState.PREVIEW, ImportState.UNREADABLE, ImportState.DROPPED}),
    ImportState.PREVIEW: frozenset({ImportState.WRITING, ImportState.DROPPED, ImportState.READING}),
    ImportState.UNREADABLE: frozenset(),
    ImportState.WRITING: frozenset({ImportState.DONE, ImportState.REFUSED}),
    ImportState.DONE: frozenset(),
    ImportState.REFUSED: frozenset(),
    ImportState.DROPPED: frozenset(),
}
