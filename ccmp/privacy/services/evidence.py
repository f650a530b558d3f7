"""The yearly evidence: each control with its proof, and what the year's trail and registers say. Figures, no names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, Sum
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccmp.audit.models import AuditEntry
from ccmp.audit.record import record
from ccmp.identifiers import new_id
from ccmp.moments import day_of, start_of
from ccmp.people.models import User
from ccmp.privacy.enums import RequestState, Verdict
from ccmp.privacy.models import (
    Extract,
    GuardianRequest,
    Incident,
    IncidentClock,
    LegalHold,
    Opening,
    RetentionRun,
    Unmasking,
)
from ccmp.privacy.rules.controls import Control, controls
from ccmp.privacy.rules.permission import check_may_read_evidence
from ccmp.refusals import Refusal
from ccmp.walls.asking import whole_reach

LANGUAGE = "zh-hans"
FIRST_YEAR = 2015
READ = ("read", "downloaded", "printed")


class NoSuchYear(Refusal):
    sentence = gettext_lazy("There is nothing to show for this year: choose one from 2015 to this year.")


@dataclass(frozen=True)
class Evidence:
    """`figures`: what is counted, and how much of it there was in the year."""

    year: int
    on: date
    controls: tuple[Control, ...]
    figures: dict[str, int]

    @property
    def place(self) -> str:
        return _("The whole programme")


@whole_reach("a year is counted for the whole country")
def evidence_of(year: int, *, at: datetime) -> Evidence:
    """Raises NoSuchYear. Some ten queries; of the year that runs, what there is until now."""
    if not FIRST_YEAR <= year <= day_of(at).year:
        raise NoSuchYear
    span = (start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1)))
    return Evidence(year, day_of(at), controls(), {**_trail(span), **_requests(span), **_others(span)})


def print_evidence(year: int, *, by: User | None, at: datetime) -> bytes:
    """The paper, in Chinese, as a PDF. Who had it made is in the trail."""
    from ccmp.web.pdf import pdf_of  # WeasyPrint takes a second to import, and most workers never print

    if by is not None:
        check_may_read_evidence(by)
        record(by=by, at=at, did="made the evidence", on=by, year=year)
    with translation.override(LANGUAGE):
        html = render_to_string("privacy/evidence_paper.html", {"pack": evidence_of(year, at=at)})
    return pdf_of(html, identifier=new_id().bytes)


Span = tuple[datetime, datetime]


def _trail(span: Span) -> Mapping[str, int]:
    acts = AuditEntry.objects.filter(at__gte=span[0], at__lt=span[1])
    counted = acts.aggregate(
        all=Count("pk"),
        read=Count("pk", filter=Q(did__in=READ)),
        refused=Count("pk", filter=Q(did__startswith="refused") | Q(did__startswith="was refused")),
        exported=Count("pk", filter=Q(did="exported")),
        people=Count("by", distinct=True),
    )
    return {
        _("Acts in the trail"): counted["all"],
        _("of these, readings of files and papers"): counted["read"],
        _("of these, refusals"): counted["refused"],
        _("of these, registers taken out as a file"): counted["exported"],
        _("People who did something"): counted["people"],
    }


def _requests(span: Span) -> Mapping[str, int]:
    asked = GuardianRequest.objects.filter(asked_at__gte=span[0], asked_at__lt=span[1])
    counted = asked.aggregate(
        all=Count("pk"),
        in_time=Count("pk", filter=Q(answered_at__lte=F("due_at"))),
        late=Count("pk", filter=Q(answered_at__gt=F("due_at"))),
        declined=Count("pk", filter=Q(state=RequestState.DECLINED)),
    )
    return {
        _("Requests of guardians"): counted["all"],
        _("of these, answered in time"): counted["in_time"],
        _("of these, answered late"): counted["late"],
        _("of these, declined with a reason"): counted["declined"],
    }


def _others(span: Span) -> Mapping[str, int]:
    first, last = span
    openings = Opening.objects.filter(began_at__gte=first, began_at__lt=last)
    clocks = IncidentClock.objects.filter(started_at__gte=first, started_at__lt=last)
    incidents = Incident.objects.filter(reported_at__gte=first, reported_at__lt=last)
    extracts = Extract.objects.filter(at__gte=first, at__lt=last)
    return {
        _("Times whole numbers were shown"): Unmasking.objects.filter(at__gte=first, at__lt=last).count(),
        _("Files opened in an emergency"): openings.count(),
        _("of these, not right by the county's word"): openings.filter(verdict=Verdict.WRONG).count(),
        _("Incidents"): incidents.count(),
        _("Children concerned by incidents"): incidents.aggregate(number=Sum("children"))["number"] or 0,
        _("Deadlines of incidents kept"): clocks.kept().count(),
        _("Deadlines of incidents missed"): clocks.filter(stopped_at__gt=F("due_at")).count(),
        _("Nights on which the schedule was executed"): RetentionRun.objects.filter(at__gte=first, at__lt=last).count(),
        _("Legal holds placed"): LegalHold.objects.filter(at__gte=first, at__lt=last).count(),
        _("Extracts for research"): extracts.count(),
    }
