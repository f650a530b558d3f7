"""What a month's figures say, in sentences. Each title of a paper states its finding; zero and all are said as such."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccmp.moments import Month
from ccmp.reports.rules import wording
from ccmp.reports.rules.figures import MET, RUNNING, SHORT, SILENT, Week
from ccmp.reports.rules.published import Breakdowns, MonthOfHours, Paper, Sums, VillageRow
from ccmp.reports.rules.wording import number

CLOSE_PERCENT = 95


def opening(paper: Paper, *, whole: str) -> str:
    """The paper's first paragraph. `whole` is how it calls its place: 全县, the county."""
    totals = paper.totals
    when = _when(Month.parse(paper.month))
    if not totals.required_minutes:
        return wording.sentences(
            [
                when + _("no open hours were asked of the Children's Clubs: every day was exempt."),
                holiday_sentence(paper),
            ]
        )
    hours = ngettext(
        "the Children's Club of %(whole)s was open %(open)s of %(required)s required hours.",
        "the %(villages)s Children's Clubs of %(whole)s were open %(open)s of %(required)s required hours.",
        totals.villages,
    )
    facts = {
        "whole": whole,
        "villages": number(totals.villages),
        "open": wording.whole_hours(totals.open_minutes),
        "required": wording.whole_hours(totals.required_minutes),
    }
    return wording.sentences([when + hours % facts, compliance(totals), holiday_sentence(paper)])


def _when(month: Month) -> str:
    first, last = wording.period(month)
    return _("%(month)s (%(first)s to %(last)s, %(weeks)s): ") % {
        "month": wording.month_name(month),
        "first": wording.day(first),
        "last": wording.day(last),
        "weeks": wording.weeks_in_words(len(month.mondays)),
    }


def compliance(totals: Sums) -> str:
    """How many villages did it every week, and how many did not."""
    asked = totals.villages - totals.exempt
    unmet = totals.short + totals.silent
    if totals.silent == asked and totals.silent_weeks == totals.week_count:
        return _("No village recorded anything.")
    if not unmet and not totals.running:
        return ngettext(
            "The village was open long enough in every week.",
            "All %(count)s villages were open long enough in every week.",
            asked,
        ) % {"count": number(asked)}
    said = [_close(totals), _met(totals)]
    if unmet:
        said.append(_unmet(totals, unmet))
    if totals.running:
        said.append(_("In %(count)s villages the last week is not over.") % {"count": number(totals.running)})
    return wording.sentences(said)


def _met(totals: Sums) -> str:
    if not totals.met:
        return _("No village met the standard in every week.")
    return ngettext(
        "%(count)s village met the standard in every week.",
        "%(count)s villages met the standard in every week.",
        totals.met,
    ) % {"count": number(totals.met)}


def _close(totals: Sums) -> str:
    """A sum that looks well must not hide those who fell short."""
    if (
        totals.met
        and wording.percent(totals.open_minutes, totals.required_minutes) >= CLOSE_PERCENT
        and totals.short + totals.silent
    ):
        return _("The sum is close to the standard or above it, yet not every village was open long enough.")
    return ""


def _unmet(totals: Sums, unmet: int) -> str:
    if not totals.silent:
        text = ngettext(
            "%(unmet)s village was not open long enough in some week.",
            "%(unmet)s villages were not open long enough in some week.",
            unmet,
        )
    else:
        text = ngettext(
            "%(unmet)s village was not open long enough in some week; %(silent)s of them recorded nothing in %(weeks)s weeks.",
            "%(unmet)s villages were not open long enough in some week; %(silent)s of them recorded nothing in %(weeks)s weeks.",
            unmet,
        )
    return text % {"unmet": number(unmet), "silent": number(totals.silent), "weeks": number(totals.silent_weeks)}


def holiday_sentence(paper: Paper) -> str:
    if not paper.holidays:
        return ""
    named = wording.joined(
        [
            ngettext("%(name)s (%(days)s day)", "%(name)s (%(days)s days)", one.days)
            % {"name": one.name, "days": one.days}
            for one in paper.holidays
        ]
    )
    return _("Not counted: %(holidays)s.") % {"holidays": named}


def hours_title(totals: Sums) -> str:
    asked = totals.villages - totals.exempt
    unmet = totals.short + totals.silent
    if not asked:
        return _("every village was exempt")
    if totals.silent == asked and totals.silent_weeks == totals.week_count:
        return _("no village recorded anything")
    if not unmet:
        return ngettext("the village met the standard", "all %(count)s villages met the standard", asked) % {
            "count": number(asked)
        }
    if not totals.met:
        return ngettext("the village fell short", "all %(count)s villages fell short in some week", unmet) % {
            "count": number(unmet)
        }
    return _("%(met)s villages met the standard, %(unmet)s fell short in some week") % {
        "met": number(totals.met),
        "unmet": number(unmet),
    }


def change_title(hours: tuple[MonthOfHours, ...]) -> str:
    """How this month compares with the one before, as shares of what was required, since the standard itself changes."""
    asked = [one for one in hours if one.required_minutes]
    if not asked:
        return _("nothing was asked of the clubs")
    now = wording.percent(asked[-1].open_minutes, asked[-1].required_minutes)
    if len(asked) == 1:
        return _("open hours were %(now)s%% of the standard") % {"now": now}
    before = wording.percent(asked[-2].open_minutes, asked[-2].required_minutes)
    if now == before:
        return _("open hours stayed at %(now)s%% of the standard") % {"now": now}
    text = (
        _("open hours rose from %(before)s%% to %(now)s%% of the standard")
        if now > before
        else _("open hours fell from %(before)s%% to %(now)s%% of the standard")
    )
    return text % {"before": before, "now": now}


def average_title(month: MonthOfHours) -> str:
    """The line drawing: hours a village and week, this month, beside what was asked."""
    if not month.week_count:
        return _("Nothing was asked of the clubs in this month")
    return _("Per village and week %(open)s h, required %(required)s h") % {
        "open": wording.hours(month.open_minutes // month.week_count),
        "required": wording.hours(month.required_minutes // month.week_count),
    }


def shortfall_title(villages: list[VillageRow]) -> str:
    """The bars: of the villages that fell short, which was open least."""
    if not villages:
        return _("No village fell short")
    least = min(villages, key=lambda one: (one.open_minutes, one.code))
    text = ngettext(
        "%(name)s recorded %(hours)s h", "Of %(count)s villages, %(name)s recorded least: %(hours)s h", len(villages)
    )
    return text % {
        "count": number(len(villages)),
        "name": wording.short_name(least.name),
        "hours": wording.whole_hours(least.open_minutes),
    }


def run_title(villages: list[VillageRow]) -> str:
    """The heat map: the longest run of weeks that were short or silent."""
    best: tuple[int, str, Week] | None = None
    for village in villages:
        run: list[Week] = []
        for week in (*village.earlier_weeks, *village.weeks):
            run = [*run, week] if week.state in (SHORT, SILENT) else [] if week.state in (MET, RUNNING) else run
            if run and (best is None or len(run) > best[0]):
                best = (len(run), village.name, run[0])
    if best is None:
        return _("In these weeks every village was open long enough")
    text = ngettext(
        "At most one week in a row was missed: %(name)s, from %(day)s",
        "%(name)s missed %(count)s weeks in a row from %(day)s",
        best[0],
    )
    return text % {"name": best[1], "count": number(best[0]), "day": wording.day(best[2].monday)}


def visits_title(totals: Sums) -> str:
    if not totals.visits_due:
        return _("none fell due")
    if totals.visits_in_time == totals.visits_due:
        return ngettext("the visit was made in time", "all %(due)s made in time", totals.visits_due) % {
            "due": number(totals.visits_due)
        }
    return _("%(in_time)s of %(due)s made in time, %(overdue)s overdue") % {
        "in_time": number(totals.visits_in_time),
        "due": number(totals.visits_due),
        "overdue": number(totals.visits_overdue),
    }


def activities_title(totals: Sums, *, without: int) -> str:
    if not totals.activities:
        return _("none was held")
    held = ngettext("%(count)s was held", "%(count)s were held", totals.activities) % {
        "count": number(totals.activities)
    }
    if not without:
        return held
    none = ngettext("%(count)s village held none", "%(count)s villages held none", without) % {"count": number(without)}
    return f"{held}{pgettext('between two findings', ', ')}{none}"


def flags_title(breakdowns: Breakdowns | None) -> str:
    if breakdowns is None:
        return _("not shown, so that nobody can be told apart")
    raised = sum(one.raised for one in breakdowns.flags)
    late = sum(one.late + one.overdue for one in breakdowns.flags)
    if not raised:
        return _("none was raised")
    if not late:
        return ngettext(
            "%(count)s raised, acknowledged in time", "%(count)s raised, none acknowledged late", raised
        ) % {"count": number(raised)}
    return _("%(count)s raised, %(late)s acknowledged late or not at all") % {
        "count": number(raised),
        "late": number(late),
    }


def tasks_title(breakdowns: Breakdowns | None) -> str:
    if breakdowns is None:
        return _("not shown, so that nobody can be told apart")
    sent = sum(one.sent for one in breakdowns.tasks)
    overdue = sum(one.overdue for one in breakdowns.tasks)
    if not sent and not overdue:
        return _("no task was sent")
    if not overdue:
        return ngettext("%(sent)s task sent, none overdue", "%(sent)s tasks sent, none overdue", sent) % {
            "sent": number(sent)
        }
    return _("%(sent)s tasks sent, %(overdue)s overdue") % {"sent": number(sent), "overdue": number(overdue)}


def take_up_title(totals: Sums) -> str:
    if not totals.take_up_villages:
        return _("not counted yet")
    if totals.may_qualify is None:
        return _("not shown, so that nobody can be told apart")
    if not totals.unclaimed:
        return _("all of those that children may qualify for are received")
    return _("%(unclaimed)s of %(may)s that children may qualify for are not received") % {
        "unclaimed": wording.published(totals.unclaimed),
        "may": wording.published(totals.may_qualify),
    }


def labels_title(totals: Sums) -> str:
    registered = ngettext("%(count)s child", "%(count)s children", totals.children) % {"count": number(totals.children)}
    if totals.left_behind is None:
        return registered
    return _("%(children)s, %(left)s of them left behind") % {
        "children": registered,
        "left": wording.published(totals.left_behind),
    }
