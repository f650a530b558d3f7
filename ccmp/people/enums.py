from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    COMPANION_MOTHER = "companion_mother", _("Companion mother")
    CHILD_DIRECTOR = "child_director", _("Child director")
    TOWNSHIP_SUPERVISOR = "township_supervisor", _("Township supervisor")
    COUNTY_OFFICER = "county_officer", _("County officer")
    DEPARTMENT_OFFICER = "department_officer", _("Department officer")
    FOUNDATION_OFFICER = "foundation_officer", _("Foundation officer")
    RESEARCHER = "researcher", _("Researcher")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


VILLAGE_ROLES = (Role.COMPANION_MOTHER, Role.CHILD_DIRECTOR)


class TryKind(models.TextChoices):
    """At what somebody tries, where tries are counted."""

    ACCOUNT = "account", _("tries at an account")
    ADDRESS = "address", _("tries from an address")
    SECOND_STEP = "second_step", _("tries of a second step")
    MAIL = "mail", _("letters asked for")


class TokenScope(models.TextChoices):
    READ = "read", _("Reads")
    WRITE = "write", _("Reads and writes")


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    NOT_STATED = "9", _("not stated")


class Schooling(models.TextChoices):
    """What a companion mother finished, lowest first."""

    PRIMARY = "primary", _("Primary school")
    JUNIOR = "junior", _("Junior middle school")
    SENIOR = "senior", _("Senior high school or vocational school")
    COLLEGE = "college", _("College")
    UNIVERSITY = "university", _("University or higher")


SENIOR_OR_EQUIVALENT = (Schooling.SENIOR, Schooling.COLLEGE, Schooling.UNIVERSITY)


class CheckResult(models.TextChoices):
    CLEAR = "clear", _("No record")
    RECORD = "record", _("Record found")


class DepartmentKind(models.TextChoices):
    """The departments of One Bond; which of them leads differs by county."""

    CIVIL_AFFAIRS = "civil_affairs", _("Civil affairs")
    EDUCATION = "education", _("Education")
    PUBLIC_SECURITY = "public_security", _("Public security")
    HEALTH = "health", _("Health")
    MEDICAL_INSURANCE = "medical_insurance", _("Medical insurance")
    JUSTICE = "justice", _("Justice")
    DISABLED_FEDERATION = "disabled_federation", _("Disabled Persons' Federation")
    WOMENS_FEDERATION = "womens_federation", _("Women's Federation")
    YOUTH_LEAGUE = "youth_league", _("Youth League")
    LABOUR = "labour", _("Labour and social security")
    PROCURATORATE = "procuratorate", _("Procuratorate")
    COURT = "court", _("Court")
    FINANCE = "finance", _("Finance")
    AGRICULTURE = "agriculture", _("Agriculture and rural affairs")
    HOUSING = "housing", _("Housing")
    TOWNSHIP = "township", _("Township government")
    CHARITY = "charity", _("Charity")
