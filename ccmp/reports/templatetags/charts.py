"""Charts as SVG written by a template: the same on a page and in a PDF, without a chart library."""

from collections.abc import Sequence

from django import template

from ccmp.moments import Month
from ccmp.reports.rules import drawings
from ccmp.reports.rules.figures import Week
from ccmp.reports.rules.published import MonthOfHours, VillageRow

register = template.Library()


@register.inclusion_tag("reports/charts/trend.html")
def trend_chart(months: Sequence[MonthOfHours]) -> dict[str, object]:
    return {"drawing": drawings.trend(months)}


@register.inclusion_tag("reports/charts/bars.html")
def shortfall_chart(villages: Sequence[VillageRow]) -> dict[str, object]:
    return {"drawing": drawings.shortfall_bars(villages)}


@register.inclusion_tag("reports/charts/heat.html")
def heat_chart(villages: Sequence[VillageRow], month: Month) -> dict[str, object]:
    return {"drawing": drawings.heat(villages, month=month)}


@register.inclusion_tag("reports/charts/wall_weeks.html")
def wall_chart(weeks: Sequence[Week]) -> dict[str, object]:
    return {"drawing": drawings.wall_weeks(weeks)}
