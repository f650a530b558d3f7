from children.models.child import OF_AGE, STATUTORY_AGE, Child, Kinship, years_before
from children.models.difference import Difference, FileChange
from children.models.guardianship import Guardianship
from children.models.household import Away, Household, Incapacity, Relative

__all__ = [
    "OF_AGE",
    "STATUTORY_AGE",
    "Away",
    "Child",
    "Difference",
    "FileChange",
    "Guardianship",
    "Household",
    "Incapacity",
    "Kinship",
    "Relative",
    "years_before",
]
