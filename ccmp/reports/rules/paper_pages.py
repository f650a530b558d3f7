"""A paper as its template prints it: every sentence, title and table of one edition."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccmp.moments import Month
from ccmp.places.models import PROGRAMME_CODE
from ccmp.reports.enums import Edition
from ccmp.reports.rules import findings, lines, sections, wording
from ccmp.reports.rules.figures import MET, SHORT, SILENT
from ccmp.reports.rules.needs import HOURS
from ccmp.reports.rules.published import Breakdowns, MonthOfHours, Paper, VillageRow
from ccmp.reports.rules.sheet_findings import sheet_finding, unclaimed_sentence
from ccmp.reports.rules.wording import number

MOST_ROWS_OF_A_HEAT_MAP = 36
MOST_ACTIVITIES_ON_THE_WALL = 6


@dataclass(frozen=True)
class Imprint:
    """What a report's row adds to its figures: version, code, day, what it replaces."""

    version: int
    code: str
    frozen_on: date
    changes: tuple[tuple[str, str, str], ...] = ()  # what, before, now
    supersedes_version: int | None = None


@dataclass(frozen=True)
class KeyFigure:
    label: str
    big: str
    rest: str


@dataclass(frozen=True)
class CountyBlock:
    """A county's villages in the foundation's annexes."""

    name: str
    say: str
    hours: list[lines.HoursLine]
    rows: list[lines.Line]


@dataclass(frozen=True)
class Page:
    """Everything that a paper's template names. Titles state the finding."""

    paper: Paper
    imprint: Imprint
    month: Month
    html_title: str
    foot_place: str
    foot_version: str
    month_name: str
    authority: str
    title: str
    opening: str
    cut_off: str
    signed_on: str
    needs: list[lines.NeedLine]
    needs_left_out: str
    figures: list[KeyFigure]

    @property
    def breakdowns(self) -> Breakdowns | None:
        return self.paper.breakdowns

    @property
    def trend(self) -> tuple[MonthOfHours, ...]:
        return self.paper.hours

    @property
    def year(self) -> int:
        return self.month.year


def page_of(paper: Paper, imprint: Imprint) -> Page:
    month = Month.parse(paper.month)
    is_programme = paper.place_code == PROGRAMME_CODE
    name = _("All villages of the programme") if is_programme else paper.place
    return Page(
        paper=paper,
        imprint=imprint,
        month=month,
        html_title=f"{name} {wording.full_month(month)} {Edition(paper.edition).label}",
        foot_place=_foot_place(paper, name, wording.full_month(month)),
        foot_version=_foot_version(paper, imprint),
        month_name=wording.full_month(month),
        authority=paper.authority or _("Children's Companion Mothers Program"),
        title=_("Children's Clubs and services for children in %(month)s") % {"month": wording.full_month(month)},
        opening=findings.opening(paper, whole=_("the programme") if is_programme else _("the county")),
        cut_off=wording.cut_off_in_text(paper.cut_off),
        signed_on=wording.full_day(imprint.frozen_on),
        needs=lines.need_lines(paper.needs, place=paper.place),
        needs_left_out=_left_out(paper),
        figures=_key_figures(paper),
    )


def _foot_place(paper: Paper, name: str, month: str) -> str:
    if paper.place_code == PROGRAMME_CODE:
        return f"{name} {month}"
    code = paper.place_code if paper.edition == Edition.VILLAGE else paper.place_code[:6]
    return _("%(place)s (%(code)s), %(month)s") % {"place": name, "code": code, "month": month}


def _foot_version(paper: Paper, imprint: Imprint) -> str:
    return _("%(edition)s, version %(version)s, facts until %(moment)s") % {
        "edition": Edition(paper.edition).label,
        "version": imprint.version,
        "moment": wording.cut_off(paper.cut_off),
    }


def _left_out(paper: Paper) -> str:
    named = sum(need.kind == HOURS for need in paper.needs)
    wanting = sum(village.verdict in (SHORT, SILENT) for village in paper.villages)
    if wanting <= named:
        return ""
    return ngettext(
        "%(count)s more village stands in section 1.", "%(count)s more villages stand in section 1.", wanting - named
    ) % {"count": number(wanting - named)}


def _key_figures(paper: Paper) -> list[KeyFigure]:
    totals = paper.totals
    return [
        KeyFigure(
            _("Villages that met the standard each week"),
            number(totals.met),
            f"/ {number(totals.villages - totals.exempt)}",
        ),
        _pair(_("High-risk children visited in time"), totals.high_in_time, totals.high_due),
        _pair(_("Flags taken up in time"), totals.flags_in_time, totals.flags_raised),
        _pair(_("What children really received"), totals.tasks_confirmed, totals.tasks_completed),
    ]


def _pair(label: str, part: object, whole: object) -> KeyFigure:
    if not isinstance(part, int) or not isinstance(whole, int):
        return KeyFigure(label, "–", "")
    return KeyFigure(label, number(part) if whole else "–", f"/ {number(whole)}" if whole else _("none"))


# ── one edition each ───────────────────────────────────────────────────────────────────────────────────────────────


def county_context(paper: Paper, imprint: Imprint) -> dict[str, object]:
    short = [village for village in paper.villages if village.verdict in (SHORT, SILENT)]
    mapped = list(paper.villages[:MOST_ROWS_OF_A_HEAT_MAP])
    return {
        "page": page_of(paper, imprint),
        "sections": sections.sections_of(paper),
        "tables": sections.tables_of(paper),
        "heads": lines.week_heads(paper.villages),
        "hours": lines.hours_lines(paper.villages),
        "hours_total": lines.hours_total(paper.villages, paper.totals),
        "short": short,
        "mapped": mapped,
        "is_cut": len(mapped) < len(paper.villages),
        "average_title": findings.average_title(paper.hours[-1]) if paper.hours else "",
        "shortfall_title": findings.shortfall_title(short),
        "run_title": findings.run_title(mapped),
        "villages": lines.village_lines(paper.villages),
    }


def foundation_context(paper: Paper, imprint: Imprint) -> dict[str, object]:
    short = [village for village in paper.villages if village.verdict in (SHORT, SILENT)]
    places = lines.with_their_counties(paper)
    return {
        "page": page_of(paper, imprint),
        "sections": sections.sections_of(paper),
        "tables": sections.tables_of(paper),
        "heads": lines.week_heads(paper.villages),
        "columns": len(paper.villages[0].weeks) + 4,
        "places_hours": lines.place_hours_lines(places),
        "places_children": lines.place_children_lines(places),
        "arms": _arm_lines(paper),
        "short": short,
        "average_title": findings.average_title(paper.hours[-1]) if paper.hours else "",
        "shortfall_title": findings.shortfall_title(short),
        "blocks": _blocks(paper),
    }


def _arm_lines(paper: Paper) -> list[lines.Line]:
    from ccmp.places.enums import Arm  # a word for each arm, needed here alone

    if len(paper.by_arm) < 2:
        return []
    return [
        lines.Line(
            str(Arm(one.code).label),
            (
                number(one.villages),
                f"{wording.percent(one.met, one.villages - one.exempt)}%" if one.villages > one.exempt else "–",
                wording.hours(one.open_minutes // one.week_count) if one.week_count else "–",
                f"{wording.percent(one.visits_in_time, one.visits_due)}%" if one.visits_due else "–",
                number(one.activities),
                number(one.children),
            ),
        )
        for one in paper.by_arm
    ]


def _blocks(paper: Paper) -> list[CountyBlock]:
    names = {one.code: one.name for one in paper.provinces}
    blocks = []
    for county in paper.counties:
        villages = [village for village in paper.villages if village.county_code == county.code]
        blocks.append(
            CountyBlock(
                name=f"{names.get(county.above_code, '')} {county.name}".strip(),
                say=findings.hours_title(county),
                hours=lines.hours_lines(villages),
                rows=lines.village_lines(villages),
            )
        )
    return blocks


def village_context(paper: Paper, imprint: Imprint) -> dict[str, object]:
    village = paper.villages[0]
    month = Month.parse(paper.month)
    return {
        "page": page_of(paper, imprint),
        "village": village,
        "finding": sheet_finding(village),
        "holidays": findings.holiday_sentence(paper),
        "counts": _wall_counts(paper, village),
        "benefits": unclaimed_sentence(village),
        "activities": lines.activity_lines(paper.activities[:MOST_ACTIVITIES_ON_THE_WALL]),
        "openings": lines.opening_lines(paper.openings),
        "next_month": wording.month_name(month.next()),
        "is_met": village.verdict == MET,
    }


def _wall_counts(paper: Paper, village: VillageRow) -> list[KeyFigure]:
    return [
        KeyFigure(_("came to the club"), number(village.children_attending), pgettext("after a number", "children")),
        KeyFigure(_("times they came"), number(village.attendances), pgettext("after a number", "times")),
        KeyFigure(_("home visits"), number(paper.totals.visits_made), pgettext("after a number", "visits")),
        KeyFigure(_("things settled"), wording.published(village.needs_met), pgettext("after a number", "things")),
    ]


CONTEXTS = {Edition.COUNTY: county_context, Edition.FOUNDATION: foundation_context, Edition.VILLAGE: village_context}
