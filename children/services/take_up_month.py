"""The figure of a month: how many children of a village may claim what, and how many receive it. See ADR 0024."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from ccmp.moments import DAY, Month, start_of
from ccmp.people.models import User
from ccmp.places.rules.cut_off import regular_cut_off
from children.enums import FileField, SchoolStage
from children.models import Child, FileChange, TakeUpMonth
from children.rules.benefits import open_benefits
from children.rules.child_facts import ChildFacts
from children.rules.entitlements import Entitlement, counting_in, entitlements_of
from children.rules.file_fields import YES
from children.rules.take_up_counts import Counts, TakeUp, counts_of, together
from children.services.claim_facts import applied_for, facts_of

VILLAGES_AT_ONCE = 20  # about 10,000 children in memory


def counted_months(codes: Sequence[str], month: Month, *, known_before: datetime) -> dict[str, Counts]:
    """What these villages' month adds up to on its last day, by what had been recorded before a moment.

    Read where it was counted with that very moment, else counted now: both give the same. A village in which nothing
    of benefits was noted by then has no counts.
    """
    kept = TakeUpMonth.objects.of_month(month).filter(village_code__in=codes, known_before=known_before)
    found: dict[str, Counts] = dict(kept.filter(on=month.last_day).values_list("village_code", "counts"))
    missing = [code for code in codes if code not in found]
    for some in _batches(missing):
        found |= count_villages(some, on=month.last_day, known_before=known_before)
    return found


def _batches(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(codes), VILLAGES_AT_ONCE):
        yield codes[first : first + VILLAGES_AT_ONCE]


def count_villages(codes: Sequence[str], *, on: date, known_before: datetime) -> dict[str, Counts]:
    """The same for a day, counted from the facts. Nine queries, however many the villages."""
    children = _children(codes, on=on, known_before=known_before)
    facts = _facts_of_the_day(children, on=on, known_before=known_before)
    applied = applied_for(children, on=on, known_before=known_before)
    rules = {code: counting_in(code, on=on, among=open_benefits()) for code in codes}
    found: dict[str, list[Entitlement]] = {code: [] for code in codes}
    for child in children:
        of_village = rules[child.village_code]
        ones = entitlements_of(facts[child.id], applied.get(child.id, {}), on=on, counting=of_village)
        found[child.village_code].extend(ones)
    return {code: counts_of(ones) for code, ones in found.items()}


def _children(codes: Sequence[str], *, on: date, known_before: datetime) -> list[Child]:
    """The villages' registers of a day; who has moved on since stands where it was then. Two queries."""
    children = Child.objects.filter(recorded_at__lt=known_before).defer("resident_id")
    here = list(children.staying(on=on).filter(village_code__in=codes))
    moved_on = list(children.stayed(on=on, village_codes=codes))
    for child in moved_on:
        child.village_code = child.village_then
    return [*here, *moved_on]


def _facts_of_the_day(children: list[Child], *, on: date, known_before: datetime) -> dict[UUID, ChildFacts]:
    """School and boarding stand in a file as they are today: the file's history tells how they were. Five queries."""
    facts = facts_of(children, known_before=known_before)
    later = FileChange.objects.filter(child__in=list(facts), made_at__gte=start_of(on + DAY))
    for child_id, taken in later.order_by("-made_at", "-id").values_list("child_id", "taken"):
        facts[child_id] = _before(facts[child_id], taken)
    return facts


def _before(facts: ChildFacts, taken: dict[str, list[str]]) -> ChildFacts:
    if FileField.SCHOOL_STAGE in taken:
        facts = replace(facts, school_stage=SchoolStage(taken[FileField.SCHOOL_STAGE][0]))
    if FileField.IS_BOARDING in taken:
        facts = replace(facts, is_boarding=taken[FileField.IS_BOARDING][0] == YES)
    return facts


# ── kept while the nights go by ──────────────────────────────────────────────────────────────────────────────────────


def keep_months(code: str, entitlements: Iterable[Entitlement], *, on: date, at: datetime) -> None:
    """A village's running month as it stands today, and the last one once its cut-off has come."""
    _keep(code, Month.of(on), counts_of(entitlements), on=on, known_before=at)
    last = Month.of(on).previous()
    cut_off = regular_cut_off(last)
    is_settled = TakeUpMonth.objects.of_month(last).filter(village_code=code, known_before=cut_off).exists()
    if start_of(on) >= cut_off and not is_settled:
        counts = count_villages([code], on=last.last_day, known_before=cut_off)[code]
        _keep(code, last, counts, on=last.last_day, known_before=cut_off)


def _keep(code: str, month: Month, counts: Counts, *, on: date, known_before: datetime) -> None:
    said = {"on": on, "known_before": known_before, "counts": counts}
    TakeUpMonth.objects.update_or_create(village_code=code, month=str(month), defaults=said)


# ── as the office reads it ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class MonthShown:
    """What a month adds up to over the villages that have counted it, and for which day it was counted."""

    month: Month
    on: date
    take_up: TakeUp


def months_shown(user: User, *, on: date, under: str = "", benefit: str = "") -> list[MonthShown]:
    """The running month of this reader's villages and the one before, each as far as it is counted. One query."""
    months = [Month.of(on), Month.of(on).previous()]
    rows = TakeUpMonth.objects.visible_to(user).under(under).filter(month__in=[str(month) for month in months])
    counted = list(rows.values_list("month", "on", "counts"))
    shown = []
    for month in months:
        ones = [(day, counts) for name, day, counts in counted if name == str(month)]
        if found := together((counts for _day, counts in ones), benefit=benefit):
            shown.append(MonthShown(month, max(day for day, _counts in ones), found))
    return shown
