"""Who looks after a child, written as rows of a history."""

from django.db.models import Q
from django.utils.translation import gettext as _

from children.models import Child, Guardianship
from children.rules.care import BadCare, ToldCare


def running_care(child: Child) -> Guardianship | None:
    return child.guardianships.filter(until__isnull=True).select_related("carer").first()


def write_care(child: Child, told: ToldCare, *, because: str = "") -> None:
    """Let this hold from its day on. The same day, or the same carer earlier, corrects what runs. Raises BadCare."""
    running = running_care(child)
    is_correction = running is not None and (
        told.since == running.since or (told.since < running.since and told.carer == running.carer_id)
    )
    others = child.guardianships.exclude(pk=running.pk) if running else child.guardianships.all()
    if (running and not is_correction and told.since < running.since) or others.filter(
        Q(since__gte=told.since) | Q(until__gt=told.since)
    ).exists():
        raise BadCare(
            _("For that day the file names who looked after the child already. Choose a later day."),
            field="carer_since",
        )
    if running and not is_correction:
        running.until, running.ended_because = told.since, because.strip()
        running.save(update_fields=["until", "ended_because"])
    _write(running if running and is_correction else Guardianship(child=child), told)


def let_care_hold(child: Child, told: ToldCare) -> None:
    """Let this hold from its day on, whatever the file says of the time since: a person has decided so."""
    child.guardianships.filter(since__gte=told.since).delete()
    child.guardianships.filter(Q(until__isnull=True) | Q(until__gt=told.since)).update(until=told.since)
    _write(Guardianship(child=child), told)


def _write(row: Guardianship, told: ToldCare) -> None:
    row.carer_id, row.kind, row.since, row.is_entrusted = told.carer, told.kind, told.since, told.is_entrusted
    row.paper_signed_on, row.school_told_on, row.village_told_on = (
        told.paper_signed_on,
        told.school_told_on,
        told.village_told_on,
    )
    row.save()
