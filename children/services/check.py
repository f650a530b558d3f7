"""The supervisor's word on a file: in order, or back with a remark; and the village's answer to it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from ccmp.audit.record import record
from ccmp.people.models import User
from ccmp.people.reach import Somebody, reach_of
from children.models import Child, FileChange, FileCheck
from children.models.child import ChildQuerySet
from children.rules.file_checks import CheckedAnotherVersion, check_may_answer, check_may_check, check_says_why

IN_TURN = ("village_code", "pinyin", "born_on", "id")
BACKWARDS = tuple(f"-{name}" for name in IN_TURN)


@transaction.atomic
def check_file(
    *,
    check_id: UUID,
    child_id: UUID,
    version: int,
    is_sent_back: bool,
    remark: str,
    by: User,
    at: datetime,
    last: str | None = None,
) -> FileCheck:
    """Note that a file is in order, or send it back. Sent again, the check that is held comes back.

    `version`, and `last` as `last_change` gives it: of the file that was read. Raises CheckedAnotherVersion when it moved on
    meanwhile; without `last` its own fields alone are compared, and neither the home nor the grown-ups.
    """
    child = Child.objects.select_for_update(of=("self",)).get(pk=child_id)
    check_may_check(by, child)
    held = FileCheck.objects.filter(pk=check_id, child=child).first()
    if held is not None:
        return held
    check_says_why(is_sent_back=is_sent_back, remark=remark)
    if child.version != version or last not in (None, last_change(child)):
        raise CheckedAnotherVersion()
    FileCheck.objects.open().filter(child=child).update(
        answered_by=by, answered_at=at
    )  # the new word stands for the old
    check = FileCheck.objects.create(
        id=check_id,
        village_code=child.village_code,
        child=child,
        version=version,
        is_sent_back=is_sent_back,
        remark=remark.strip() if is_sent_back else "",
        checked_by=by,
        checked_at=at,
    )
    record(by=by, at=at, did="sent back" if is_sent_back else "checked", on=check)
    return check


def last_change(child: Child) -> str:
    """The sign of what was said last of a file, its home or its grown-ups; of what nobody changed, nothing. Three queries."""
    newest = FileChange.objects.shown_on(child).order_by("recorded_at", "id").last()
    return str(newest.pk) if newest else ""


@transaction.atomic
def answer_check(*, check: FileCheck, by: User, at: datetime, made_at: datetime) -> FileCheck:
    """What was sent back is put right. Said again, or of one that somebody answered before, nothing changes."""
    held = FileCheck.objects.select_for_update(of=("self",)).select_related("child").get(pk=check.pk)
    check_may_answer(by, held.child)
    if not held.is_open:
        return held
    held.answered_by, held.answered_at = by, made_at
    held.save(update_fields=["answered_by", "answered_at"])
    record(by=by, at=at, did="answered", on=held)
    return held


def files_to_check(user: Somebody, *, on: date) -> ChildQuerySet:
    """Never checked, or changed, confirmed or answered since: in the order of villages and names."""
    may_check = reach_of(user, "children.check_file").rows(Child.objects.in_register(on=on))
    checks = FileCheck.objects.filter(child=OuterRef("pk"))
    rows = may_check.filter(~Exists(checks.open()), ~Exists(checks.settling()))
    came_back = checks.filter(is_sent_back=True, answered_at__isnull=False)
    return rows.annotate(came_back=Exists(came_back.last_word()), was_checked=Exists(checks)).order_by(*IN_TURN)


def beside(rows: ChildQuerySet, child: Child) -> tuple[UUID | None, UUID | None]:
    """The file before and the one after in a list that is in turn, whether this one still stands in it or not."""
    before, after = Q(), Q()
    for place, name in enumerate(IN_TURN):
        same = Q(**{one: getattr(child, one) for one in IN_TURN[:place]})
        before |= same & Q(**{f"{name}__lt": getattr(child, name)})
        after |= same & Q(**{f"{name}__gt": getattr(child, name)})
    last = rows.filter(before).order_by(*BACKWARDS).values_list("pk", flat=True).first()
    return last, rows.filter(after).values_list("pk", flat=True).first()
