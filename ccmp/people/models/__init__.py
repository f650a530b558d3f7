from ccmp.people.models.companion_file import BackgroundCheck, CompanionFile
from ccmp.people.models.department import Department
from ccmp.people.models.permissions import PlaceUserObjectPermission
from ccmp.people.models.posting import MomentRange, Posting
from ccmp.people.models.token import ApiToken
from ccmp.people.models.user import User

__all__ = [
    "ApiToken",
    "BackgroundCheck",
    "CompanionFile",
    "Department",
    "MomentRange",
    "PlaceUserObjectPermission",
    "Posting",
    "User",
]
