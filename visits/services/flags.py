"""Flags: raised in the village, taken up, answered or dismissed by the county."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record, record_many
from ccmp.moments import day_of
from ccmp.people.entries import ALL_AT_ONCE, Received, lock_villages, not_yet_held
from ccmp.people.models import User
from ccmp.places.rules.standards import value
from ccmp.places.services.calendar import working_days_after
from ccmp.refusals import Refusal
from children.models import Child
from visits.entries import FlagEntry
from visits.enums import FlagClockKind, FlagState, Severity
from visits.models import Flag, FlagClock, Visit
from visits.rules.flag_kinds import kind_rule, severity_of
from visits.rules.visits import (
    BadFlag,
    check_flag,
    check_flag_visit,
    check_may_raise_flag,
    check_may_triage,
)
from visits.services.due import rebuild_deadlines


class SecondOfficerNeeded(Refusal):
    sentence = _("A mandatory report is dismissed by two officers. Another officer of the county must confirm it.")


def raise_flag(*, entry: FlagEntry, by: User, at: datetime) -> Flag:
    """Raise one flag. Sent again, the flag that is already held comes back."""
    raise_flags(entries=[entry], by=by, at=at)
    return Flag.objects.get(pk=entry.id)


@transaction.atomic
def raise_flags(
    *, entries: Sequence[FlagEntry], by: User, at: datetime, received: Received = ALL_AT_ONCE
) -> list[Flag]:
    """Raise flags, start their clocks, and pull the child's next visit forward where the kind asks for it."""
    lock_villages(entry.village_code for entry in entries)
    fresh = not_yet_held(Flag, entries)
    children = Child.objects.in_bulk([entry.child for entry, _mark in fresh if entry.child])
    visits = Visit.objects.in_bulk([entry.visit for entry, _mark in fresh if entry.visit])
    for entry, _mark in fresh:
        check_may_raise_flag(by, entry.village_code)
        check_flag(entry, children.get(entry.child) if entry.child else None, by=by, at=received.get(entry.id, at))
        check_flag_visit(entry, visits.get(entry.visit) if entry.visit else None)
    flags = [_flag(entry, mark, by=by, at=received.get(entry.id, at)) for entry, mark in fresh]
    Flag.objects.bulk_create(flags)
    FlagClock.objects.bulk_create([clock for flag in flags for clock in _clocks(flag)])
    rebuild_deadlines(
        [children[flag.child_id] for flag in flags if flag.child_id is not None and kind_rule(flag.kind).makes_high]
    )
    record_many(by=by, at=at, did="raised", on=flags, received=received)
    return flags


def _flag(entry: FlagEntry, mark: str, *, by: User, at: datetime) -> Flag:
    return Flag(
        id=entry.id,
        village_code=entry.village_code,
        made_at=entry.made_at,
        recorded_at=at,
        recorded_by=by,
        fingerprint=mark,
        child_id=entry.child,
        child_words=entry.child_words.strip(),
        visit_id=entry.visit,
        kind=entry.kind,
        severity=severity_of(entry.kind, entry.severity),
        seen=entry.seen.strip(),
        situation=entry.situation.strip(),
        raised_at=entry.made_at,
        police_told_at=entry.police_told_at,
        police_told_whom=entry.police_told_whom.strip(),
    )


def acknowledge_due(severity: str, raised_at: datetime) -> tuple[datetime, str]:
    """Until when the county takes a flag up, and the standard that says so."""
    on = day_of(raised_at)
    if severity == Severity.MANDATORY:
        rule = "flags.acknowledge_hours.mandatory"
        return raised_at + timedelta(hours=value(rule, on=on)), rule
    if severity == Severity.SERIOUS:
        rule = "flags.acknowledge_working_days.serious"
        return working_days_after(raised_at, value(rule, on=on)), rule
    rule = "flags.acknowledge_days.concern"
    return raised_at + timedelta(days=value(rule, on=on)), rule


def _clocks(flag: Flag) -> list[FlagClock]:
    on = day_of(flag.raised_at)
    due_at, rule = acknowledge_due(flag.severity, flag.raised_at)
    clocks = [_clock(flag, FlagClockKind.ACKNOWLEDGE, due_at, rule)]
    if flag.is_mandatory:
        rule = "flags.written_record_hours"
        written = _clock(flag, FlagClockKind.WRITTEN_RECORD, flag.raised_at + timedelta(hours=value(rule, on=on)), rule)
        written.stopped_at, written.stopped_by = flag.recorded_at, flag.recorded_by  # the server has it: so have they
        rule = "flags.tell_reporter_working_days"
        told_by = working_days_after(flag.raised_at, value(rule, on=on))
        clocks += [written, _clock(flag, FlagClockKind.TELL_REPORTER, told_by, rule)]
    return clocks


def _clock(flag: Flag, kind: FlagClockKind, due_at: datetime, rule: str) -> FlagClock:
    return FlagClock(
        flag=flag, village_code=flag.village_code, kind=kind, started_at=flag.raised_at, due_at=due_at, rule=rule
    )


def _locked(flag_id: UUID) -> Flag:
    return Flag.objects.select_for_update(of=("self",)).get(pk=flag_id)


@transaction.atomic
def acknowledge_flag(*, flag_id: UUID, by: User, at: datetime, answer: str = "") -> Flag:
    """The county takes a flag up; its clock stops. A word to the reporter may go with it."""
    flag = _locked(flag_id)
    check_may_triage(by, flag.village_code)
    flag.move_to(FlagState.ACKNOWLEDGED, by=by, at=at, why=answer)
    flag.stop_clock(FlagClockKind.ACKNOWLEDGE, by=by, at=at)
    _tell_reporter(flag, answer, by=by, at=at)
    record(by=by, at=at, did="acknowledged", on=flag)
    return flag


@transaction.atomic
def dismiss_flag(*, flag_id: UUID, reason: str, by: User, at: datetime) -> Flag:
    """Dismiss a flag with a reason that its reporter gets; a mandatory one takes two officers of the county.

    The first officer's dismissal of a mandatory flag is a proposal; a second officer's makes it so.
    """
    flag = _locked(flag_id)
    check_may_triage(by, flag.village_code)
    if not reason.strip():
        raise BadFlag(_("Write why the flag is dismissed; the reporter reads it."), field="reason")
    if flag.is_mandatory and flag.state != FlagState.DISMISSAL_PROPOSED:
        flag.move_to(FlagState.DISMISSAL_PROPOSED, by=by, at=at, why=reason)
        record(by=by, at=at, did="proposed to dismiss", on=flag)
        return flag
    if flag.is_mandatory and _proposed_by(flag) == by.id:
        raise SecondOfficerNeeded()
    flag.move_to(FlagState.DISMISSED, by=by, at=at, why=reason)
    flag.stop_clock(FlagClockKind.ACKNOWLEDGE, by=by, at=at)
    _tell_reporter(flag, reason, by=by, at=at)
    record(by=by, at=at, did="dismissed", on=flag)
    return flag


def _proposed_by(flag: Flag) -> UUID | None:
    proposals = flag.moves.filter(went_to=FlagState.DISMISSAL_PROPOSED).order_by("-at", "-id")
    return proposals.values_list("by_id", flat=True).first()


@transaction.atomic
def tell_police(*, flag_id: UUID, told_at: datetime, told_whom: str, by: User, at: datetime) -> Flag:
    """Note when the police were told, and whom."""
    flag = _locked(flag_id)
    check_may_raise_flag(by, flag.village_code)
    if not told_whom.strip():
        raise BadFlag(_("Write whom you told: the police station or the person's name."), field="police_told_whom")
    if told_at > at:
        raise BadFlag(_("The time at which the police were told lies in the future."), field="police_told_at")
    flag.police_told_at, flag.police_told_whom = told_at, told_whom.strip()
    flag.save(update_fields=["police_told_at", "police_told_whom"])
    record(by=by, at=at, did="told the police", on=flag)
    return flag


@transaction.atomic
def close_flag(*, flag_id: UUID, answer: str, by: User, at: datetime) -> Flag:
    """Settle a flag that needed no departments, with an answer to its reporter."""
    flag = _locked(flag_id)
    check_may_triage(by, flag.village_code)
    if not answer.strip():
        raise BadFlag(_("Write what was done; the reporter reads it."), field="answer")
    flag.move_to(FlagState.CLOSED, by=by, at=at, why=answer)
    _tell_reporter(flag, answer, by=by, at=at)
    record(by=by, at=at, did="closed", on=flag)
    return flag


def mark_referred(*, flag: Flag, by: User, at: datetime, answer: str) -> None:
    """A referral was opened for a (locked) flag: it is with the departments now."""
    flag.move_to(FlagState.REFERRED, by=by, at=at, why=answer)
    flag.stop_clock(FlagClockKind.ACKNOWLEDGE, by=by, at=at)
    _tell_reporter(flag, answer, by=by, at=at)


def mark_settled(*, flag: Flag, by: User, at: datetime, answer: str) -> None:
    """The referral of a (locked) flag was closed: so is the flag."""
    flag.move_to(FlagState.CLOSED, by=by, at=at, why=answer)
    _tell_reporter(flag, answer, by=by, at=at)


def _tell_reporter(flag: Flag, words: str, *, by: User, at: datetime) -> None:
    if words.strip():
        flag.answer = words.strip()
        flag.save(update_fields=["answer"])
        flag.stop_clock(FlagClockKind.TELL_REPORTER, by=by, at=at)
