from ccmp.reports.views.acts import again, restate, start
from ccmp.reports.views.downloads import figures, pdf, xlsx
from ccmp.reports.views.ledger import list_reports, report, verify

__all__ = ["again", "figures", "list_reports", "pdf", "report", "restate", "start", "verify", "xlsx"]
