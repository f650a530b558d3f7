from ccmp.reports.models.report import Report, ReportFile, ReportHasMovedOn, ReportMove
from ccmp.reports.models.run import MonthRun, VillageMonth

__all__ = ["MonthRun", "Report", "ReportFile", "ReportHasMovedOn", "ReportMove", "VillageMonth"]
