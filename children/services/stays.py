"""Where a parent is, written as dated facts: stays away, begun and ended, and the days of a death or a loss."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ccmp.refusals import Refusal
from children.enums import Whereabouts
from children.models import Away, Relative
from children.rules.whereabouts import Told


class BadWhereabouts(Refusal):
    """Whereabouts that cannot be true."""


def add_whereabouts(relative: Relative, told: Told) -> None:
    """Go on from what the file says. Raises BadWhereabouts where its earlier facts leave no room."""
    since, running = _day_of(told), relative.stays_away.filter(until__isnull=True).first()
    if told.whereabouts == Whereabouts.AWAY:
        _goes_away(relative, running, since, told.where)
    elif running and told.whereabouts != Whereabouts.MISSING:
        _comes_back(running, since)
    _write_days(relative, told)


def write_whereabouts(relative: Relative, told: Told) -> None:
    """Let this hold from its day on, whatever the file says of the time since: a person has decided so."""
    since = _day_of(told)
    relative.stays_away.filter(since__gte=since).delete()
    relative.stays_away.filter(Q(until__isnull=True) | Q(until__gt=since)).update(until=since)
    if told.whereabouts == Whereabouts.AWAY:
        Away.objects.create(relative=relative, since=since, where=told.where)
    _write_days(relative, told)


def _day_of(told: Told) -> date:
    if told.since is None:
        raise BadWhereabouts(_("Say since when; about will do."), field="since")
    return told.since


def _write_days(relative: Relative, told: Told) -> None:
    relative.died_on = told.since if told.whereabouts == Whereabouts.DEAD else None
    relative.missing_since = told.since if told.whereabouts == Whereabouts.MISSING else None
    relative.save(update_fields=["died_on", "missing_since"])


def _goes_away(relative: Relative, running: Away | None, since: date, where: str) -> None:
    """A new stay ends the one before; the same day, or an earlier one, corrects it."""
    is_correction = running is not None and since <= running.since
    others = relative.stays_away.exclude(pk=running.pk) if running else relative.stays_away.all()
    if others.filter(Q(since__gte=since) | Q(until__gt=since)).exists():
        raise BadWhereabouts(
            _("On that day the file has this person in another place already. Choose a later day."), field="since"
        )
    if running and is_correction:
        running.since, running.where = since, where
        running.save(update_fields=["since", "where"])
        return
    if running and running.where == where:
        return
    if running:
        running.until = since
        running.save(update_fields=["until"])
    Away.objects.create(relative=relative, since=since, where=where)


def _comes_back(running: Away, since: date) -> None:
    if since <= running.since:
        raise BadWhereabouts(
            _("By the file the stay away began on %(day)s. Choose a later day.") % {"day": running.since},
            field="since",
        )
    running.until = since
    running.save(update_fields=["until"])
