"""The numbered sections of a paper: their titles, tables and sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccmp.reports.rules import findings, lines, wording
from ccmp.reports.rules.published import Paper
from ccmp.reports.rules.wording import number


@dataclass(frozen=True)
class Section:
    """A numbered section: the number as its language writes it, its subject and its finding."""

    number: str
    subject: str
    finding: str


def _section(at: int, subject: str, finding: str) -> Section:
    marks = "一二三四五六七八九"
    return Section(marks[at - 1] if wording.is_chinese() else str(at), subject, finding)


def sections_of(paper: Paper) -> dict[str, Section]:
    totals = paper.totals
    without = sum(not village.activities for village in paper.villages)
    return {
        "hours": _section(1, _("Opening hours"), findings.hours_title(totals)),
        "change": _section(2, pgettext("a section of a report", "Change"), findings.change_title(paper.hours)),
        "labels": _section(3, _("Registered children and labels"), findings.labels_title(totals)),
        "visits": _section(4, _("Home visits"), findings.visits_title(totals)),
        "activities": _section(5, _("Activities"), findings.activities_title(totals, without=without)),
        "flags": _section(6, _("Flags and their clocks"), findings.flags_title(paper.breakdowns)),
        "tasks": _section(7, _("Referrals and the departments' tasks"), findings.tasks_title(paper.breakdowns)),
        "take_up": _section(8, _("Benefits"), findings.take_up_title(totals)),
    }


def tables_of(paper: Paper) -> dict[str, object]:
    """The tables behind the sections; those told by level and department only where they may be shown."""
    told = paper.breakdowns
    tables: dict[str, object] = {
        "labels": lines.label_lines(paper.totals),
        "themes": lines.themes_sentence(paper),
        "clubs": _club_sentence(paper),
        "referrals": _referral_sentence(paper),
        "take_up": lines.take_up_lines(paper),
        "uncounted": _uncounted_sentence(paper),
    }
    if told is not None:
        tables |= {
            "visits": lines.visit_lines(told, paper.totals),
            "attempts": lines.attempts_sentence(told, paper.totals),
            "flags": lines.flag_lines(told),
            "tasks": lines.task_lines(told, place=paper.place),
        }
    return tables


def _club_sentence(paper: Paper) -> str:
    totals = paper.totals
    if not totals.sessions:
        return _("No club session was recorded.")
    text = _("The clubs opened %(sessions)s times; %(children)s children came %(times)s times.") % {
        "sessions": number(totals.sessions),
        "children": number(totals.children_attending),
        "times": number(totals.attendances),
    }
    if not totals.empty_sessions:
        return text
    empty = ngettext(
        "%(count)s session was recorded with nobody in it.",
        "%(count)s sessions were recorded with nobody in them.",
        totals.empty_sessions,
    )
    return wording.sentences([text, empty % {"count": number(totals.empty_sessions)}])


def _uncounted_sentence(paper: Paper) -> str:
    """How many villages the figure is without; none of them has noted anything of benefits yet."""
    without = paper.totals.villages - paper.totals.take_up_villages
    if not without:
        return ""
    return ngettext(
        "%(count)s village had noted nothing of benefits yet and is not counted.",
        "%(count)s villages had noted nothing of benefits yet and are not counted.",
        without,
    ) % {"count": number(without)}


def _referral_sentence(paper: Paper) -> str:
    totals = paper.totals
    if totals.referrals_opened is None:
        return ""
    return _("%(opened)s referrals were opened and %(closed)s closed; %(open)s were open at the cut-off.") % {
        "opened": wording.published(totals.referrals_opened),
        "closed": wording.published(totals.referrals_closed),
        "open": wording.published(totals.referrals_open),
    }
