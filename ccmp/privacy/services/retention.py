"""Executing the retention schedule: each rule finds what is over, and lets it go, some rows at a time, each time for good."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from ccmp.changes.forgetting import of_no_file, older_than
from ccmp.moments import DAY, day_of, start_of
from ccmp.people.models import ApiToken, OpenSession
from ccmp.phone.enums import EntryState
from ccmp.phone.models import OutboxEntry
from ccmp.privacy.models import Clearing, Opening, RetentionRun, Unmasking, held_back
from ccmp.privacy.rules.retention import Rule, rule_named, schedule
from ccmp.privacy.services.clearing import GONE, CannotClear, clear_child
from ccmp.walls.asking import whole_reach
from children.enums import GoneWhy, ImportState
from children.models import Child, RegisterFile
from referrals.enums import ReferralState
from referrals.models import Referral
from visits.enums import FlagState
from visits.models import Flag

AT_ONCE = 200
SETTLED = (ImportState.DONE, ImportState.DROPPED, ImportState.REFUSED, ImportState.UNREADABLE)
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Over:
    """What one rule lets go: which rows, and how."""

    due: Callable[[Rule, datetime], Rows]
    let_go: Callable[[Rows, Rule, datetime], int]


def _end(rule: Rule, at: datetime) -> datetime:
    """What is older than this moment is over."""
    return start_of(rule.last_day(on=day_of(at)) + DAY)


def _files(rule: Rule, at: datetime) -> QuerySet[Child]:
    """Files that are over by the rule's days alone, held or not, and not emptied yet."""
    mistaken = {"gone_why": GoneWhy.MISTAKEN}
    over = Child.objects.filter(gone_on__lte=rule.last_day(on=day_of(at)))
    over = over.filter(**mistaken) if rule.name == "children.mistaken" else over.exclude(**mistaken)
    return over.exclude(Exists(Clearing.objects.filter(child=OuterRef("pk"))))


def _files_to_clear(rule: Rule, at: datetime) -> QuerySet[Child]:
    """Without those under a legal hold, or about whom something is still open."""
    flags = Flag.objects.filter(child=OuterRef("pk")).exclude(state__in=[FlagState.CLOSED, FlagState.DISMISSED])
    referrals = Referral.objects.filter(child=OuterRef("pk")).exclude(state=ReferralState.CLOSED)
    return _files(rule, at).exclude(held_back(on=day_of(at))).exclude(Exists(flags)).exclude(Exists(referrals))


def _clear(rows: Rows, rule: Rule, at: datetime) -> int:
    number = 0
    for child in rows.order_by("id")[:AT_ONCE]:
        try:
            clear_child(child, rule=rule.name, by=None, at=at)
            number += 1
        except CannotClear:  # a hold was placed, or a report made, at this moment
            continue
    return number


def _delete(rows: Rows, _rule: Rule, _at: datetime) -> int:
    number, _by_model = rows.delete()
    return number


def _empty_entries(rows: Rows, _rule: Rule, _at: datetime) -> int:
    return rows.update(reason=GONE, body="{}", fingerprint=GONE)


def _empty_words(rows: Rows, _rule: Rule, _at: datetime) -> int:
    return rows.update(words="")


OVER: dict[str, tuple[Over, ...]] = {
    "children.gone": (Over(_files_to_clear, _clear),),
    "children.mistaken": (Over(_files_to_clear, _clear),),
    "phone.refused": (
        Over(
            lambda rule, at: OutboxEntry.objects.filter(
                state=EntryState.REFUSED, received_at__lt=_end(rule, at)
            ).exclude(fingerprint=GONE),
            _empty_entries,
        ),
    ),
    "register.files": (
        Over(lambda rule, at: RegisterFile.objects.filter(state__in=SETTLED, touched_at__lt=_end(rule, at)), _delete),
    ),
    "people.tokens": (Over(lambda rule, at: ApiToken.objects.filter(expires_at__lt=_end(rule, at)), _delete),),
    "web.sessions": (Over(lambda rule, at: OpenSession.objects.filter(expire_date__lt=_end(rule, at)), _delete),),
    "privacy.reasons": (
        Over(lambda rule, at: Unmasking.objects.filter(at__lt=_end(rule, at)).exclude(words=""), _empty_words),
        Over(lambda rule, at: Opening.objects.filter(began_at__lt=_end(rule, at)).exclude(words=""), _empty_words),
    ),
    "changes.others": tuple(
        Over(partial(lambda changes, rule, at: older_than(changes, _end(rule, at)), changes), _delete)
        for changes in of_no_file()
    ),
}


def due_now(*, at: datetime) -> dict[str, int]:
    """How many rows each rule would let go at this moment."""
    return {
        rule.name: sum(one.due(rule, at).count() for one in OVER[rule.name]) for rule in schedule() if rule.is_executed
    }


def held_now(*, at: datetime) -> int:
    """How many files would be over, and are kept by a legal hold."""
    rules = [rule_named("children.gone"), rule_named("children.mistaken")]
    return sum(_files(rule, at).filter(held_back(on=day_of(at))).count() for rule in rules)


def execute_schedule(*, at: datetime) -> RetentionRun:
    """Let go whatever is over. Killed half-way and run again, it goes on with what is left."""
    counts = {}
    for rule in schedule():
        if rule.is_executed:
            counts[rule.name] = sum(_all_of(one, rule, at) for one in OVER[rule.name])
    return RetentionRun.objects.create(at=at, counts=counts, held=held_now(at=at))


def _all_of(over: Over, rule: Rule, at: datetime) -> int:
    number = 0
    while some := _some_of(over, rule, at):
        number += some
        if over.let_go is not _clear:
            break
    return number


@transaction.atomic
def _some_of(over: Over, rule: Rule, at: datetime) -> int:
    return over.let_go(over.due(rule, at), rule, at)


@whole_reach("what is over is counted wherever it lies")
def schedule_shown(*, at: datetime) -> dict[str, Any]:
    """Each rule with how many rows are over, and the last run."""
    last = RetentionRun.objects.order_by("-at", "-id").first()
    due = due_now(at=at)
    rows = [(rule, due.get(rule.name), (last.counts if last else {}).get(rule.name)) for rule in schedule()]
    return {"rows": rows, "last": last, "held": held_now(at=at)}
