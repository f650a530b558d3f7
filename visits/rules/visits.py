"""What a visit and a flag must satisfy before they are written."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed, Refusal
from children.models import Child
from children.rules.belonging import village_as_written
from visits.entries import FlagEntry, VisitEntry
from visits.enums import Outcome
from visits.models import Visit
from visits.rules.checklists import DANGER, FINE, checklist


class BadVisit(Refusal):
    """A visit that cannot be true."""


class BadFlag(Refusal):
    """A flag that cannot be understood."""


class NoSuchChild(Refusal):
    field = "child"
    sentence = _("This child is not in the register of your village. Look the child up in the list again.")


def check_may_visit(by: User, child: Child | None) -> Child:
    if child is None or not may(by, "visits.add_visit", at_place=village_as_written(child, by)):
        raise NoSuchChild()
    return child


def check_visit(entry: VisitEntry, child: Child, *, at: datetime) -> None:
    """Raises the refusal that names the first field which cannot be true at this moment."""
    if entry.made_at > at:
        raise BadVisit(_("The visit lies in the future. Record it once you have been there."), field="made_at")
    if day_of(entry.made_at) < child.born_on:
        raise BadVisit(
            _("The visit lies before the child was born. Please check the day of the visit."), field="made_at"
        )
    if entry.outcome == Outcome.COMPLETED:
        _check_completed(entry)
    elif entry.answers:
        raise BadVisit(
            _("Nobody was visited, so nothing can be answered. Choose “visited”, or clear the answers."),
            field="outcome",
        )


def _check_completed(entry: VisitEntry) -> None:
    if entry.seen_alone is None:
        raise BadVisit(
            _("Choose whether you talked with the child alone. “No” is fine too; say why."), field="seen_alone"
        )
    if entry.seen_alone is False and not entry.not_alone_because.strip():
        raise BadVisit(_("Say why you could not talk with the child alone."), field="not_alone_because")
    try:
        known = checklist(entry.checklist)
    except KeyError:
        raise BadVisit(_("This checklist is not known here. Update the page and record the visit again.")) from None
    if not entry.answers:
        raise BadVisit(_("Answer at least one question of the checklist."), field="answers")
    if set(entry.answers) - known.item_ids or any(not FINE <= rating <= DANGER for rating in entry.answers.values()):
        raise BadVisit(_("One of the answers does not belong to this checklist. Open the page again."), field="answers")


def check_may_raise_flag(by: User, village_code: str) -> None:
    if not may(by, "visits.add_flag", at_place=village_code):
        raise NotAllowed(_("You can raise flags for your own village only."))


def check_flag(entry: FlagEntry, child: Child | None, *, by: User, at: datetime) -> None:
    if entry.made_at > at:
        raise BadFlag(_("The phone's clock is ahead. Please set it and send the report again."), field="made_at")
    if entry.child is not None and (child is None or village_as_written(child, by) != entry.village_code):
        raise NoSuchChild()
    if entry.child is None and not entry.child_words.strip():
        raise BadFlag(
            _("Say which child it is: choose one, or describe the child in a few words."), field="child_words"
        )
    if not entry.seen.strip():
        raise BadFlag(_("Write what you saw or heard, in your own words."), field="seen")
    if entry.police_told_at and not entry.police_told_whom.strip():
        raise BadFlag(_("Write whom you told: the police station or the person's name."), field="police_told_whom")
    if entry.police_told_at and entry.police_told_at > at:
        raise BadFlag(_("The time at which the police were told lies in the future."), field="police_told_at")


def check_flag_visit(entry: FlagEntry, visit: Visit | None) -> None:
    """A flag that names a visit names one to the same child."""
    if entry.visit is not None and (visit is None or visit.child_id != entry.child):
        raise BadFlag(
            _("This visit was not to this child. Leave the visit out, or choose the right one."), field="visit"
        )


def check_may_triage(by: User, village_code: str) -> None:
    if not may(by, "visits.triage_flag", at_place=village_code):
        raise NotAllowed(_("Only the county that the village belongs to decides on its flags."))
