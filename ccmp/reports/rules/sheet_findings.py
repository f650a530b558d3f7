"""The sentence on the club's wall: one village's month, in words for whoever stands before it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccmp.reports.rules import wording
from ccmp.reports.rules.figures import EXEMPT, MET, SHORT, SILENT, Week
from ccmp.reports.rules.published import VillageRow
from ccmp.reports.rules.wording import number


def sheet_finding(village: VillageRow) -> str:
    asked = [week for week in village.weeks if week.state != EXEMPT]
    met = [week for week in asked if week.state == MET]
    if not asked:
        return _("This month was exempt: no open hours were asked.")
    if len(met) == len(asked):
        return _("Open long enough in each of the %(weeks)s.") % {"weeks": wording.weeks_in_words(len(asked))}
    silent = [week for week in asked if week.state == SILENT]
    if len(silent) == len(asked):
        return _("Nothing was recorded in any of the %(weeks)s.") % {"weeks": wording.weeks_in_words(len(asked))}
    return _sheet_shortfall(asked, met, silent)


def _sheet_shortfall(asked: list[Week], met: list[Week], silent: list[Week]) -> str:
    short = [week for week in asked if week.state == SHORT]
    facts = {
        "weeks": wording.weeks_in_words(len(asked)),
        "met": wording.weeks_in_words(len(met)),
        "short": number(len(short)),
        "silent": number(len(silent)),
        "gap": wording.duration(sum(week.gap_minutes for week in short)),
    }
    parts = [
        _("Of %(weeks)s, long enough in %(met)s") % facts if met else _("Of %(weeks)s, none was long enough") % facts
    ]
    if len(short) == 1:
        parts.append(_("the week from %(day)s lacked %(gap)s") % {**facts, "day": wording.day(short[0].monday)})
    elif short:
        parts.append(
            ngettext("%(short)s week lacked %(gap)s", "%(short)s weeks lacked %(gap)s together", len(short)) % facts
        )
    if silent:
        parts.append(
            ngettext("nothing was recorded in %(silent)s", "nothing was recorded in %(silent)s", len(silent)) % facts
        )
    return pgettext("between two findings", ", ").join(parts) + pgettext("at the end of a sentence", ".")


def unclaimed_sentence(village: VillageRow) -> str:
    """On the wall: that benefits lie there unclaimed, and whom to ask. Nothing where it is withheld, or nothing is."""
    if not village.unclaimed:
        return ""
    return _("Benefits that children here may qualify for and do not receive: %(count)s. Ask the companion mother.") % {
        "count": wording.published(village.unclaimed)
    }
