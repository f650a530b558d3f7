from ccmp.places.models.calendar import CalendarDay, SchoolTerm
from ccmp.places.models.fields import PlaceCodeField
from ccmp.places.models.place import PREFIX_DIGITS, PROGRAMME_CODE, Place, county_code_of
from ccmp.places.models.village import DateRange, Enrolment

__all__ = [
    "PREFIX_DIGITS",
    "PROGRAMME_CODE",
    "CalendarDay",
    "DateRange",
    "Enrolment",
    "Place",
    "PlaceCodeField",
    "SchoolTerm",
    "county_code_of",
]
