"""Asking for one report: it stands in the ledger at once, and the workers make it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.moments import Month
from ccmp.people.models import User
from ccmp.places.enums import Level
from ccmp.places.models import Place
from ccmp.refusals import Refusal, SameIdOtherContent
from ccmp.reports.enums import Edition
from ccmp.reports.models import MonthRun, Report
from ccmp.reports.services.runs import start_run

LEVEL_OF_EDITION = {
    Edition.COUNTY: Level.COUNTY,
    Edition.FOUNDATION: Level.PROGRAMME,
    Edition.VILLAGE: Level.VILLAGE,
}


class EditionDoesNotFitPlace(Refusal):
    field = "place"


@transaction.atomic
def order_report(
    *, month: Month, place_code: str, edition: Edition, by: User, at: datetime, report_id: UUID | None = None
) -> tuple[Report, MonthRun | None]:
    """The newest report of a place's month in an edition, and the run that is to be begun if there was none yet.

    `report_id` is the sender's own number for a report that is new. Raises EditionDoesNotFitPlace, SameIdOtherContent
    and what `start_run` raises.
    """
    _check_number(report_id, month, place_code, edition)
    run = start_run(month=month, place_code=place_code, editions=[edition], by=by, at=at)
    _check_level(place_code, edition)
    held = (
        Report.objects.of(month=str(month), place_code=place_code, edition=edition).order_by("-version", "id").first()
    )
    if held is not None:
        return held, None
    report = Report.objects.create(
        id=report_id or new_id(),
        run=run,
        month=str(month),
        place_code=place_code,
        edition=edition,
        cut_off_at=run.cut_off_at,
        made_at=at,
        touched_at=at,
    )
    return report, run


def _check_number(report_id: UUID | None, month: Month, place_code: str, edition: Edition) -> None:
    held = Report.objects.filter(pk=report_id).defer("figures").first() if report_id else None
    if held is not None and (held.month, held.place_code, held.edition) != (str(month), place_code, edition):
        raise SameIdOtherContent(
            _("Something else was already recorded under this number. Nothing was changed. Open the page again.")
        )


def _check_level(place_code: str, edition: Edition) -> None:
    level = Place.objects.values_list("level", flat=True).get(pk=place_code)
    if level != LEVEL_OF_EDITION[edition]:
        raise EditionDoesNotFitPlace(
            _("The %(edition)s is made for a %(level)s. Send the code of one.")
            % {"edition": edition.label, "level": LEVEL_OF_EDITION[edition].label}
        )
