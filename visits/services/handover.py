"""What visits hand over with a child that moves to another village: its risk, the last visits, the open flags."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from ccmp.moments import day_of
from children.models import Child
from children.services.handover import HandoverPart
from visits.models import Flag, Visit, VisitDeadline

VISITS = 3


def parts_of_handover(child: Child, *, on: date) -> Iterator[HandoverPart]:
    """Three queries. Who raised a flag, and the words of visits and flags, stay where they were written."""
    due = VisitDeadline.objects.filter(child=child).order_by("-id").first()
    if due is not None:
        risk = _("%(level)s, next visit by %(day)s") % {"level": due.get_level_display(), "day": due.due_on.isoformat()}
        yield HandoverPart(_("Risk"), (risk,))
    yield HandoverPart(_("Last visits"), tuple(map(_visit, Visit.objects.of_child(child).newest_first()[:VISITS])))
    flags = Flag.objects.filter(child=child).unsettled().newest_first()
    yield HandoverPart(_("Open flags"), tuple(map(_flag, flags)))


def _visit(visit: Visit) -> str:
    outcome = f"{day_of(visit.made_at).isoformat()} {visit.get_outcome_display()}"
    return outcome if visit.score is None else f"{outcome}，{_('Risk')}{visit.get_level_display()}"


def _flag(flag: Flag) -> str:
    what = f"{day_of(flag.raised_at).isoformat()} {flag.get_kind_display()}"
    return f"{what}（{flag.get_severity_display()}）：{flag.get_state_display()}"
