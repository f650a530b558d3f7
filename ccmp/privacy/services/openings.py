"""Breaking the glass: the file of one child outside one's reach, for a reason, for some hours; its county is told and judges."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.places.rules.standards import value
from ccmp.privacy.enums import Verdict, WhyOpened
from ccmp.privacy.models import Opening
from ccmp.privacy.rules.permission import check_may_judge, check_may_open
from ccmp.refusals import Refusal
from ccmp.walls.asking import whole_reach
from children.models import Child
from children.rules.transfers import NoSuchFile
from children.services.id_numbers import check_number_tries, count_number_try
from children.services.transfers import number_mark

LEAST_WORDS = 10  # characters: one word is no reason


class BadOpening(Refusal):
    """The reason is too short, or there is nothing to break."""


@dataclass(frozen=True)
class Need:
    """Whose file, by the whole ID number, and what for."""

    resident_id: str
    why: WhyOpened
    words: str


@transaction.atomic
def break_glass(*, need: Need, by: User, at: datetime) -> Opening:
    """Open the file of the child with this number. Raises NoSuchFile, and BadOpening where the child is within reach anyway."""
    check_may_open(by)
    if len(need.words.strip()) < LEAST_WORDS:
        raise BadOpening(_("Write what happened, in a sentence: the child's county reads it."), field="words")
    check_number_tries(by, on=day_of(at))
    count_number_try(by, on=day_of(at))
    with whole_reach("whose file is opened is found in the whole country"):
        child = Child.objects.filter(resident_id_index=number_mark(need.resident_id)).first()
    if child is None:
        raise NoSuchFile
    if Child.objects.visible_to(by).filter(pk=child.pk).exists():
        raise BadOpening(_("This child is in your own register. Look for it in the list."), field="resident_id")
    ends_at = at + timedelta(hours=value("privacy.opened_hours", on=day_of(at)))
    opening = Opening.objects.create(
        child=child, by=by, why=need.why, words=need.words.strip(), began_at=at, ends_at=ends_at
    )
    record(by=by, at=at, did="broke the glass", on=child, why=need.why)
    return opening


@transaction.atomic
def read_opened(*, opening: Opening, by: User, at: datetime) -> Child:
    """The child of an opening that still lasts. That it was read is recorded, each time."""
    Opening.objects.filter(pk=opening.pk).update(times_read=F("times_read") + 1)
    child: Child = Child.objects.select_related("household", "village").get(pk=opening.child_id)
    record(by=by, at=at, did="read", on=child, opening=str(opening.pk))
    return child


@transaction.atomic
def judge_opening(*, opening_id: UUID, verdict: Verdict, words: str, by: User, at: datetime) -> Opening:
    """The child's county says whether it was right. Judged already: nothing changes."""
    opening = Opening.objects.select_for_update(of=("self",)).select_related("child").get(pk=opening_id)
    check_may_judge(by, opening)
    if verdict == Verdict.WRONG and not words.strip():
        raise BadOpening(_("Write why it was not right."), field="words")
    if not opening.verdict:
        opening.verdict, opening.judgement, opening.judged_by, opening.judged_at = verdict, words.strip(), by, at
        opening.save(update_fields=["verdict", "judgement", "judged_by", "judged_at"])
        record(by=by, at=at, did="judged an opening", on=opening.child, verdict=verdict)
    return opening
