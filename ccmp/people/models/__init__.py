from ccmp.people.models.companion_file import BackgroundCheck, CompanionFile
from ccmp.people.models.department import Department
from ccmp.people.models.door_try import DoorTry
from ccmp.people.models.open_session import OpenSession
from ccmp.people.models.permissions import PlaceUserObjectPermission
from ccmp.people.models.posting import MomentRange, Posting
from ccmp.people.models.second_factor import RecoveryCode, SecondFactor
from ccmp.people.models.token import ApiToken
from ccmp.people.models.user import User

__all__ = [
    "ApiToken",
    "BackgroundCheck",
    "CompanionFile",
    "Department",
    "DoorTry",
    "MomentRange",
    "OpenSession",
    "PlaceUserObjectPermission",
    "Posting",
    "RecoveryCode",
    "SecondFactor",
    "User",
]
