"""Who stands behind a file and what it rests on: confirmed, checked, agreed to, care, contact, grounds, benefits."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ccmp.moments import start_of
from ccmp.people.models import User
from ccmp.refusals import permits
from ccmp.web.spoken import short_day
from children.enums import CONFIDENTIAL_GROUNDS, Ground, Means
from children.models import (
    ApplicationMove,
    Child,
    ChildGround,
    Confirmation,
    Consent,
    FileCheck,
    HouseholdMeans,
    Kinship,
    ParentContact,
)
from children.rules.benefits import benefits
from children.rules.claims import check_may_see_grounds
from children.services.history import Happening


def confirmed(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """One query."""
    for one in Confirmation.objects.filter(child=child).select_related("recorded_by"):
        words = _("Confirmed with %(name)s, on %(day)s") % {"name": one.with_whom, "day": short_day(one.on, on=on)}
        yield Happening(one.recorded_at, one.made_at, one.recorded_by.full_name, words)


def checked(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """One query."""
    for one in FileCheck.objects.filter(child=child).select_related("checked_by", "answered_by"):
        words = _("Sent the file back") if one.is_sent_back else _("Checked the file: in order")
        yield Happening(one.checked_at, one.checked_at, one.checked_by.full_name, words, one.remark)
        if one.answered_at and one.answered_by:
            yield Happening(
                one.answered_at, one.answered_at, one.answered_by.full_name, _("Put right what was sent back")
            )


def agreed(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """One query."""
    for one in Consent.objects.filter(child=child).select_related("recorded_by", "withdrawal_recorded_by"):
        told = {"name": one.given_by, "what": one.get_purpose_display(), "day": short_day(one.on, on=on)}
        given = _("%(name)s agreed on %(day)s: %(what)s") % told
        evidence = str(one.get_evidence_display())
        yield Happening(one.recorded_at, one.made_at, one.recorded_by.full_name, given, evidence)
        if one.withdrawn_on and one.withdrawal_recorded_at and one.withdrawal_recorded_by:
            told |= {"name": one.withdrawn_by, "day": short_day(one.withdrawn_on, on=on)}
            back = _("%(name)s took back on %(day)s: %(what)s") % told
            at, by = one.withdrawal_recorded_at, one.withdrawal_recorded_by.full_name
            yield Happening(at, at, by, back)


def in_touch(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """Parents who are away, as it was told; a contact counts for all of a parent's children. Two queries."""
    kin = dict(Kinship.objects.filter(child=child).values_list("relative_id", "relation"))
    rows = ParentContact.objects.filter(relative__in=kin).select_related("relative", "recorded_by")
    for one in rows:
        told = {"name": one.relative.name, "how": one.get_how_display(), "day": short_day(one.on, on=on)}
        words = _("%(name)s was in touch %(how)s, on %(day)s") % told
        yield Happening(one.recorded_at, one.made_at, one.recorded_by.full_name, words, one.note)


def looked_after(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """Whose care began and ended when: dated facts. One query."""
    for one in child.guardianships.select_related("carer"):
        who = one.carer.name if one.carer else pgettext("a carer", "nobody")
        told = {"name": who, "kind": one.get_kind_display()}
        yield _of_day(one.since, _("Looked after by %(name)s: %(kind)s") % told)
        if one.until and one.until <= on:
            yield _of_day(one.until, _("No more looked after by %(name)s") % told, one.ended_because)


def in_difficulty(child: Child, user: User, *, on: date) -> Iterator[Happening]:
    """Means of the home, and for who may see them grounds of the child's own; a confidential one for nobody. Two queries."""
    for one in HouseholdMeans.objects.filter(household=child.household_id).select_related("recorded_by"):
        yield from _of_ground(one, str(Means(one.kind).label), on=on)
    if not permits(check_may_see_grounds, user, child):
        return
    for ground in ChildGround.objects.filter(child=child).select_related("recorded_by"):
        if ground.kind not in CONFIDENTIAL_GROUNDS:
            yield from _of_ground(ground, str(Ground(ground.kind).label), on=on)


def _of_ground(one: ChildGround | HouseholdMeans, what: str, *, on: date) -> Iterator[Happening]:
    told = {"what": what, "day": short_day(one.since, on=on)}
    yield Happening(one.recorded_at, one.made_at, one.recorded_by.full_name, _("Holds since %(day)s: %(what)s") % told)
    if one.until:
        yield _of_day(one.until, pgettext("a ground", "Ended: %(what)s") % told)


def claimed(child: Child, _user: User, *, on: date) -> Iterator[Happening]:
    """Steps of applications; of a confidential benefit none, whoever reads. One query."""
    known = benefits()
    rows = ApplicationMove.objects.filter(application__child=child).select_related("application", "by")
    for move in rows:
        benefit = known.get(move.application.benefit)
        if benefit is None or benefit.is_confidential:
            continue
        told = {"what": benefit.name, "state": _state_of(move), "day": short_day(move.on, on=on)}
        words = _("%(what)s: %(state)s, on %(day)s") % told
        yield Happening(move.at, move.at, move.by.full_name, words, move.why)


def _state_of(move: ApplicationMove) -> str:
    return str(dict(ApplicationMove._meta.get_field("went_to").flatchoices)[move.went_to])


def _of_day(day: date, words: str, note: str = "") -> Happening:
    at = start_of(day)
    return Happening(at, at, "", words, note, is_a_day=True)
