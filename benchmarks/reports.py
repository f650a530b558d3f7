"""How long a month's reports take, as ratios within one run. Needs a database with a demo in it:

    VAR=/tmp/bench .venv/bin/python manage.py demo --villages 213 --months 6 --seed 7
    VAR=/tmp/bench .venv/bin/python benchmarks/reports.py 2026-10

Prints the figures' one pass (seconds, queries, and how the time grows with the villages), and what this program adds to
WeasyPrint's own time for the same HTML.
"""

import math
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")

import django  # noqa: E402

django.setup()

from ccmp.walls.asking import WHOLE, let_ask  # noqa: E402

let_ask(lambda _statement: WHOLE)  # each request asks as its own user

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from weasyprint import HTML  # noqa: E402

from ccmp.moments import Month, day_of, now  # noqa: E402
from ccmp.places.models import PROGRAMME_CODE, Place  # noqa: E402
from ccmp.reports.enums import Edition  # noqa: E402
from ccmp.reports.models import MonthRun, Report, VillageMonth  # noqa: E402
from ccmp.reports.rules import periods  # noqa: E402
from ccmp.reports.rules.canonical import plain  # noqa: E402
from ccmp.reports.rules.paper_pages import Imprint  # noqa: E402
from ccmp.reports.services.collect import collect_village_months  # noqa: E402
from ccmp.reports.services.freezing import paper_for  # noqa: E402
from ccmp.reports.services.paper_html import html_of  # noqa: E402
from ccmp.reports.services.runs import enrolments_of  # noqa: E402
from ccmp.reports.services.workbook import workbook_of  # noqa: E402
from ccmp.web import pdf  # noqa: E402

SHEETS = 40
ROUNDS = 3


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The best of a few rounds, in seconds."""
    best = math.inf
    for _round in range(rounds):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def figures(month: Month) -> list:
    """The one pass, for all villages and for a tenth of them."""
    place = Place.objects.get(pk=PROGRAMME_CODE)
    everybody = enrolments_of(place, month)
    cut_off = periods.regular_cut_off(month)

    def count(some: list) -> list:
        return collect_village_months(month=month, enrolments=some, cut_off=cut_off)

    tenth = everybody[:: max(1, len(everybody) // 21)]
    with CaptureQueriesContext(connection) as many:
        found = count(everybody)
    with CaptureQueriesContext(connection) as few:
        count(tenth)
    whole, part = timed(lambda: count(everybody)), timed(lambda: count(tenth))
    exponent = math.log(whole / part) / math.log(len(everybody) / len(tenth))
    children = sum(one.children for one in found)
    print(f"figures: {len(everybody)} villages, {children} children: {whole:.2f} s in {len(many)} queries")
    print(
        f"         {len(tenth)} villages: {part:.2f} s in {len(few)} queries; cost grows with exponent {exponent:.2f} (budget 1.05)"
    )
    return found


def papers(month: Month, found: list) -> None:
    """Everything from frozen figures to PDF and table, against WeasyPrint's own time for the same HTML."""
    run = MonthRun(
        month=str(month),
        place_code=PROGRAMME_CODE,
        cut_off_at=periods.regular_cut_off(month),
        editions=[],
        started_at=now(),
        touched_at=now(),
    )
    run.save()
    try:
        VillageMonth.objects.bulk_create(
            [VillageMonth(run=run, village_code=one.code, figures=plain(one)) for one in found]
        )
        counties = sorted({one.county_code for one in found})
        wanted = [(Edition.FOUNDATION, PROGRAMME_CODE), *((Edition.COUNTY, code) for code in counties)]
        wanted += [(Edition.VILLAGE, one.code) for one in found[:SHEETS]]
        reports = [
            Report(run=run, month=str(month), place_code=code, edition=edition, cut_off_at=run.cut_off_at)
            for edition, code in wanted
        ]
        _compare(reports)
    finally:
        run.delete()


def _compare(reports: list[Report]) -> None:
    imprint = Imprint(version=1, code="0000-0000-0000-0000", frozen_on=day_of(now()))
    html = {}

    def print_all() -> None:
        for report in reports:
            paper = paper_for(report)
            html[report.place_code, report.edition] = page = html_of(paper, imprint)
            pdf.pdf_of(page, identifier=b"0" * 16)
            workbook_of(paper, imprint)

    def weasyprint_alone() -> None:
        font_config, sheets, fetcher = pdf._prepared()
        for page in html.values():
            HTML(string=page, url_fetcher=fetcher).write_pdf(
                stylesheets=sheets, font_config=font_config, pdf_variant=pdf.VARIANT
            )

    print_all()  # fonts and templates are read once in a process
    alone, ours = timed(weasyprint_alone, 2), timed(print_all, 2)
    print(
        f"papers:  {len(reports)} reports: {ours:.1f} s, WeasyPrint alone {alone:.1f} s: ratio {ours / alone:.2f} (budget 1.1)"
    )
    started = time.perf_counter()
    foundation = next(report for report in reports if report.edition == Edition.FOUNDATION)
    content = pdf.pdf_of(html[foundation.place_code, foundation.edition], identifier=b"0" * 16)
    print(f"         the foundation edition: {time.perf_counter() - started:.1f} s, {len(content) // 1024} KB")


if __name__ == "__main__":
    asked = Month.parse(sys.argv[1]) if len(sys.argv) > 1 else Month.of(day_of(now())).previous()
    papers(asked, figures(asked))
