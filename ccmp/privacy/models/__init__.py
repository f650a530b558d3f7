from ccmp.privacy.models.clearing import Clearing, RetentionRun
from ccmp.privacy.models.hold import LegalHold, held_back
from ccmp.privacy.models.incident import Incident, IncidentClock, IncidentHasMovedOn, IncidentMove
from ccmp.privacy.models.opening import Opening
from ccmp.privacy.models.request import GuardianRequest, RequestHasMovedOn
from ccmp.privacy.models.study import Extract, Study
from ccmp.privacy.models.unmasking import Unmasking

__all__ = [
    "Clearing",
    "Extract",
    "GuardianRequest",
    "Incident",
    "IncidentClock",
    "IncidentHasMovedOn",
    "IncidentMove",
    "LegalHold",
    "Opening",
    "RequestHasMovedOn",
    "RetentionRun",
    "Study",
    "Unmasking",
    "held_back",
]
