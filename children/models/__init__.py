from children.models.child import OF_AGE, STATUTORY_AGE, Child, Kinship, years_before
from children.models.guardianship import Guardianship
from children.models.household import Away, Household, Incapacity, Relative

__all__ = [
    "OF_AGE",
    "STATUTORY_AGE",
    "Away",
    "Child",
    "Guardianship",
    "Household",
    "Incapacity",
    "Kinship",
    "Relative",
    "years_before",
]
