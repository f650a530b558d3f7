"""Where the marks of the charts stand. The template writes the SVG, the same for page and paper."""

from ccmp.reports.rules.drawings.bars import shortfall_bars
from ccmp.reports.rules.drawings.heat import heat
from ccmp.reports.rules.drawings.trend import trend
from ccmp.reports.rules.drawings.wall import wall_weeks

__all__ = ["heat", "shortfall_bars", "trend", "wall_weeks"]
