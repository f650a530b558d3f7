from clubs.models.club import Club, ClubClosure, OpeningTime
from clubs.models.session import Activity, Attendance, ClubSession

__all__ = ["Activity", "Attendance", "Club", "ClubClosure", "ClubSession", "OpeningTime"]
