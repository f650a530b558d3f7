from ccmp.places.api.subtree import Subtree
from ccmp.reports.enums import Edition, ReportState
from ccmp.web.rest.bodies import Body, PageQuery
from ccmp.web.rest.fields import Choice, Id, MonthField, PlaceCode


class OrderBody(Body):
    """A place's month, in one edition."""

    id = Id(
        default=None, allow_null=True, help_text="The number of a report that is new; the answer says which one stands."
    )
    month = MonthField()
    place = PlaceCode()
    edition = Choice(Edition.choices)


class ReportsQuery(PageQuery):
    month = MonthField(required=False)
    under = Subtree()
    edition = Choice(Edition.choices, required=False)
    state = Choice(ReportState.choices, required=False)
