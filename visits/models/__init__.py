from visits.models.flag import Flag, FlagClock, FlagHasMovedOn, FlagMove
from visits.models.visit import Visit, VisitDeadline

__all__ = ["Flag", "FlagClock", "FlagHasMovedOn", "FlagMove", "Visit", "VisitDeadline"]
