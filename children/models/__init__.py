from children.models.child import Child, Kinship
from children.models.confirmation import Confirmation, FileCheck
from children.models.consent import Consent
from children.models.difference import Difference, FileChange
from children.models.entitlement import Application, ApplicationMove, TakeUpRun, Unclaimed
from children.models.guardianship import CareBar, Guardianship, ParentContact
from children.models.household import Away, Household, Incapacity, Relative
from children.models.labelled import OF_AGE, STATUTORY_AGE, years_before
from children.models.means import ChildGround, HouseholdMeans
from children.models.register_file import RegisterFile
from children.models.stay import Move, PastHukou, PastStay, Transfer, TransferMove
from children.models.take_up_month import TakeUpMonth

__all__ = [
    "OF_AGE",
    "STATUTORY_AGE",
    "Application",
    "ApplicationMove",
    "Away",
    "CareBar",
    "Child",
    "ChildGround",
    "Confirmation",
    "Consent",
    "Difference",
    "FileChange",
    "FileCheck",
    "Guardianship",
    "Household",
    "HouseholdMeans",
    "Incapacity",
    "Kinship",
    "Move",
    "ParentContact",
    "PastHukou",
    "PastStay",
    "RegisterFile",
    "Relative",
    "TakeUpMonth",
    "TakeUpRun",
    "Transfer",
    "TransferMove",
    "Unclaimed",
    "years_before",
]
