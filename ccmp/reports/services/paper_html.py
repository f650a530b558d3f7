"""The HTML of a report's paper, from its frozen figures alone."""

from django.template.loader import render_to_string
from django.utils import translation

from ccmp.reports.enums import Edition
from ccmp.reports.rules.paper_pages import CONTEXTS, Imprint
from ccmp.reports.rules.published import Paper


def html_of(paper: Paper, imprint: Imprint, *, language: str = "zh-hans") -> str:
    edition = Edition(paper.edition)
    with translation.override(language):
        return render_to_string(f"reports/papers/{edition}.html", dict(CONTEXTS[edition](paper, imprint)))
