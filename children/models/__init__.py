from children.models.child import OF_AGE, STATUTORY_AGE, Child, Kinship, years_before
from children.models.difference import Difference, FileChange
from children.models.entitlement import Application, ApplicationMove, TakeUpRun, Unclaimed
from children.models.guardianship import Guardianship
from children.models.household import Away, Household, Incapacity, Relative
from children.models.means import ChildGround, HouseholdMeans

__all__ = [
    "OF_AGE",
    "STATUTORY_AGE",
    "Application",
    "ApplicationMove",
    "Away",
    "Child",
    "ChildGround",
    "Difference",
    "FileChange",
    "Guardianship",
    "Household",
    "HouseholdMeans",
    "Incapacity",
    "Kinship",
    "Relative",
    "TakeUpRun",
    "Unclaimed",
    "years_before",
]
