from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccmp.people.enums import DepartmentKind
from ccmp.reports.rules import needs as need_kinds
from ccmp.reports.rules import wording
from ccmp.reports.rules.published import Need
from ccmp.reports.rules.wording import number

MOST_DEPARTMENTS = 3  # named in the last column; the second one has all of them


@dataclass(frozen=True)
class NeedLine:
    who: str
    about: str
    what: str
    ask: str


def need_lines(needs: Sequence[Need], *, place: str) -> list[NeedLine]:
    return [_need_line(need, place) for need in needs]


def _need_line(need: Need, place: str) -> NeedLine:
    if need.kind == need_kinds.MANDATORY_LATE:
        return _mandatory_line(need)
    if need.kind == need_kinds.TASKS:
        return _task_line(need, place)
    return NeedLine(
        who=need.name,
        about=_about_village(need),
        what=_what_village(need),
        ask=_ask_village(need) % {"township": need.township, "day": wording.day(need.act_by)},
    )


def _mandatory_line(need: Need) -> NeedLine:
    who = ngettext("%(count)s mandatory report", "%(count)s mandatory reports", need.number)
    about = ngettext("%(count)s township", "%(count)s townships", need.places)
    ask = _("County civil affairs and public security: meet before %(day)s")
    return NeedLine(
        who=who % {"count": number(need.number)},
        about=about % {"count": number(need.places)},
        what=_("not taken up within 24 hours"),
        ask=ask % {"day": wording.day(need.act_by)},
    )


def _task_line(need: Need, place: str) -> NeedLine:
    who = ngettext("%(count)s task of a department", "%(count)s tasks of departments", need.number)
    what = ngettext("past its day, by up to %(days)s day", "past their day, by up to %(days)s days", need.longest_days)
    names = [department_name(one.kind, place) for one in need.departments]
    counts = [f"{name} {number(one.number)}" for name, one in zip(names, need.departments, strict=True)]
    return NeedLine(
        who=who % {"count": number(need.number)},
        about=wording.joined(counts),
        what=what % {"days": number(need.longest_days)},
        ask=_("%(departments)s: say before %(day)s when they will be done")
        % {"departments": wording.joined(names[:MOST_DEPARTMENTS]), "day": wording.day(need.act_by)},
    )


def department_name(kind_or_name: str, place: str) -> str:
    """A department as its own county's paper calls it: 县教育局, not 绥阳县教育局. The foundation's papers tell the kind."""
    if kind_or_name in DepartmentKind.values:
        return str(DepartmentKind(kind_or_name).label)
    return place[-1] + kind_or_name.removeprefix(place) if place and kind_or_name.startswith(place) else kind_or_name


def _about_village(need: Need) -> str:
    return ngettext("%(township)s, %(count)s child", "%(township)s, %(count)s children", need.children) % {
        "township": need.township,
        "count": number(need.children),
    }


def _what_village(need: Need) -> str:
    parts = []
    if need.silent_weeks:
        parts.append(
            ngettext("nothing recorded in %(count)s week", "nothing recorded in %(count)s weeks", need.silent_weeks)
            % {"count": need.silent_weeks}
        )
    if need.short_weeks:
        text = ngettext(
            "%(count)s week short of %(gap)s", "%(count)s weeks short of %(gap)s together", need.short_weeks
        )
        parts.append(text % {"count": need.short_weeks, "gap": wording.duration(need.gap_minutes)})
    if need.visits_overdue:
        text = ngettext("%(count)s home visit overdue", "%(count)s home visits overdue", need.visits_overdue)
        parts.append(text % {"count": number(need.visits_overdue)})
    return pgettext("between two faults", "; ").join(parts)


def _ask_village(need: Need) -> str:
    if need.silent_weeks:
        return _("%(township)s: visit the village before %(day)s")
    if need.gap_minutes:
        return _("%(township)s: agree the hours or a stand-in before %(day)s")
    return _("%(township)s: have the visits made before %(day)s")
