"""Children to ask after: an unsettled flag, or a worry that the last visit left open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from ccmp.moments import day_of
from ccmp.people.models import User
from children.models import Child, Guardianship
from visits.enums import Severity
from visits.models import Flag, Visit
from visits.rules.checklists import DANGER, WORRY, checklist

WORRY_WORD, DANGER_WORD = gettext_lazy("a worry"), pgettext_lazy("a rating", "danger")
RECENT = timedelta(days=30)
OF_THE_VILLAGE = Q(child__village_code=F("village_code"))  # who was handed over is asked after in the new village
ASKED_AFTER = ("contact", "school", "carer", "health", "mood")  # what cannot wait until the next visit


@dataclass(frozen=True)
class Concern:
    """One child to ask after: what is wrong (a state's shape and word), since when, and whom to call."""

    child: Child
    state: str
    word: str
    about: str  # the question that was answered so; empty for a flag
    seen_on: date
    flag: Flag | None = None
    carer_name: str = ""
    carer_phone: str = ""


def concerns_for(user: User, *, at: datetime, most: int) -> list[Concern]:
    """At most so many, each child once: flags before worries, the graver first, then the newest."""
    found = [*_flagged(user, at=at), *_worried(user, at=at)]
    found.sort(key=lambda one: (one.state != "danger", one.flag is None, -one.seen_on.toordinal(), str(one.child.id)))
    once: dict[UUID, Concern] = {}
    for one in found:
        once.setdefault(one.child.id, one)
    return _with_carers(list(once.values())[:most], on=day_of(at))


def _flagged(user: User, *, at: datetime) -> Iterable[Concern]:
    flags = Flag.objects.visible_to(user).unsettled().filter(OF_THE_VILLAGE, raised_at__gt=at - 3 * RECENT)
    for flag in flags.select_related("child__household").newest_first():
        state = "short" if flag.severity == Severity.CONCERN else "danger"
        yield Concern(flag.child, state, flag.get_kind_display(), "", day_of(flag.raised_at), flag)


def _worried(user: User, *, at: datetime) -> Iterable[Concern]:
    recent = Visit.objects.visible_to(user).completed().filter(made_at__gt=at - RECENT)
    recent = recent.filter(OF_THE_VILLAGE, child__in=Child.objects.in_register(on=day_of(at)))
    for visit in recent.select_related("child__household").order_by("child", "-made_at", "-id").distinct("child"):
        worst = max(ASKED_AFTER, key=lambda item: visit.answers.get(item, 0))
        rating = visit.answers.get(worst, 0)
        if rating >= WORRY:
            item = next(item for item in checklist(visit.checklist).items if item.id == worst)
            state, word = ("danger", DANGER_WORD) if rating == DANGER else ("short", WORRY_WORD)
            yield Concern(visit.child, state, str(word), item.words, day_of(visit.made_at))


def _with_carers(concerns: list[Concern], *, on: date) -> list[Concern]:
    times = Guardianship.objects.current(on=on).filter(child__in=[one.child.id for one in concerns])
    carers = {time.child_id: time.carer for time in times.select_related("carer") if time.carer}
    return [
        replace(one, carer_name=carers[one.child.id].name, carer_phone=carers[one.child.id].phone)
        if one.child.id in carers
        else one
        for one in concerns
    ]
