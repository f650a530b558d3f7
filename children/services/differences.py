"""Two people said different things of one field: both values are kept, and a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages
from ccmp.people.models import User
from ccmp.people.reach import Reach
from ccmp.refusals import Refusal
from children.enums import OF_THE_HOME, FileField, Kept
from children.models import Child, Difference, FileChange
from children.models.difference import mark_of
from children.rules.care import ToldCare
from children.rules.correction import check_may_decide
from children.rules.file_fields import said, shown_text
from children.rules.whereabouts import Told
from children.services.care_rows import let_care_hold
from children.services.counties import county_names
from children.services.id_numbers import check_in_no_other_file, noting_numbers_tried
from children.services.kin_rows import write_kin
from children.services.noting import Saying, note_change, write_fields
from children.services.stays import write_whereabouts


class DecidedAlready(Refusal):
    """Somebody chose the other value before."""

    def __init__(self, difference: Difference, *, at: datetime) -> None:
        chosen = difference.brought if difference.kept == Kept.BROUGHT else difference.held
        words = {
            "name": difference.decided_by.full_name if difference.decided_by else "",
            "value": said(difference.field, chosen, on=day_of(at), counties=county_names([chosen])),
        }
        super().__init__(_("%(name)s has decided already: %(value)s. If that is wrong, change the file.") % words)


class FileWentOn(Refusal):
    """The value that she chose between is not the one that the file holds now."""

    sentence = _("Somebody changed this once more after you saw it. Look at both values again, and choose then.")


def keep_both(saying: Saying, *, held: str) -> Difference:
    """Keep a value beside the one that the file holds. The same value brought again is the difference that is held."""
    told_by, told_at = _teller(saying)
    difference, _new = Difference.objects.open().get_or_create(
        child=saying.child,
        field=saying.field,
        relative=saying.relative,
        brought_mark=mark_of(saying.text),
        defaults={
            "brought": saying.text,
            "held_mark": mark_of(held),
            "village_code": saying.child.village_code,
            "held": held,
            "held_by_id": told_by,
            "held_at": told_at,
            "brought_by": saying.by,
            "made_at": saying.made_at,
            "recorded_at": saying.at,
        },
    )
    return difference


def follow(saying: Saying) -> None:
    """The file holds a new value: open differences go on against it, and one that brought it is settled."""
    for one in Difference.objects.open().about(saying.child, saying.field, saying.relative):
        if one.brought == saying.text:
            _close(one, Kept.BROUGHT, by=saying.by, at=saying.at)
        else:
            one.held = shown_text(saying.field, saying.text)
            one.held_mark = mark_of(one.held)
            one.held_by, one.held_at = saying.by, saying.made_at
            one.save(update_fields=["held", "held_mark", "held_by", "held_at"])


def take_back(saying: Saying, *, seen: str) -> None:
    """Who says something else than what she brought herself takes that back."""
    about = Difference.objects.open().about(saying.child, saying.field, saying.relative)
    for one in about.filter(brought_by=saying.by).exclude(brought_mark=mark_of(saying.text)):
        if seen != shown_text(saying.field, one.brought):
            continue
        _close(one, Kept.WITHDRAWN, by=saying.by, at=saying.at)


def _teller(saying: Saying) -> tuple[UUID, datetime]:
    """Who said what the file holds, and when: in the last change of the field, or at the registration."""
    changes = FileChange.objects.filter(taken__has_key=saying.field)
    files = Child.objects.filter(pk=saying.child.pk)
    if saying.relative:
        changes = changes.filter(relative=saying.relative)
        files = Child.objects.filter(kinships__relative=saying.relative)
    elif saying.field in OF_THE_HOME:
        files = Child.objects.filter(household=saying.child.household_id)
        changes = changes.filter(child__in=files)
    else:
        changes = changes.filter(child=saying.child)
    last = changes.order_by("recorded_at", "id").last() or files.order_by("recorded_at", "id").first() or saying.child
    return last.recorded_by_id, last.made_at


def _close(difference: Difference, kept: Kept, *, by: User, at: datetime) -> None:
    difference.kept, difference.decided_by, difference.decided_at = kept, by, at
    difference.save(update_fields=["kept", "decided_by", "decided_at"])


@noting_numbers_tried
@transaction.atomic
def decide_difference(
    *, difference_id: UUID, keep: Kept, seen: str, by: User, at: datetime, made_at: datetime | None = None
) -> Difference:
    """Let one of two values hold; the other stays in the history. The same decision again changes nothing.

    `seen` is what the file held when she chose. Raises FileWentOn when it holds something else by now.
    """
    lock_villages(Difference.objects.filter(pk=difference_id).values_list("village_code", flat=True))
    rows = Difference.objects.select_related("child__household", "relative", "decided_by")
    difference = rows.select_for_update(of=("self", "child")).get(pk=difference_id)
    check_may_decide(by, difference)
    if not difference.is_open:
        if difference.kept == keep:
            return difference
        raise DecidedAlready(difference, at=at)
    if seen != difference.held:
        raise FileWentOn
    if keep == Kept.BROUGHT:
        _let_hold(difference, by=by, at=at, made_at=made_at or at)
    _close(difference, keep, by=by, at=made_at or at)
    record(by=by, at=at, did="decided", on=difference, field=difference.field, kept=keep.value)
    return difference


def _let_hold(difference: Difference, *, by: User, at: datetime, made_at: datetime) -> None:
    field = FileField(difference.field)
    saying = Saying(difference.child, field, difference.brought, by, made_at, at, difference.relative)
    if field == FileField.RESIDENT_ID:
        check_in_no_other_file(difference.child, difference.brought, by=by, at=at)
    _write(difference, field, on=day_of(at))
    note_change(saying, taken={field.value: (difference.held, difference.brought)})
    follow(saying)


def _write(difference: Difference, field: FileField, *, on: date) -> None:
    if field == FileField.CARE:
        let_care_hold(difference.child, ToldCare.read(difference.brought))
    elif difference.relative is None:
        write_fields(difference.child, {field: difference.brought})
    elif field == FileField.WHEREABOUTS:
        write_whereabouts(difference.relative, Told.read(difference.brought))
    else:
        write_kin(difference.relative, {field: difference.brought}, on=on)


@dataclass(frozen=True)
class ToldDifference:
    """A difference as people read it."""

    difference: Difference
    about: str
    held: str
    brought: str
    may_decide: bool


def told_differences(rows: Iterable[Difference], reach: Reach, *, on: date) -> list[ToldDifference]:
    """Differences (with their tellers) for whoever decides within `reach`. One query where counties differ, else none."""
    rows = list(rows)
    of_county = [one for one in rows if one.field == FileField.HUKOU_COUNTY]
    counties = county_names(code for one in of_county for code in (one.held, one.brought))
    return [
        ToldDifference(
            difference=one,
            about=_about(one),
            held=said(one.field, one.held, on=on, counties=counties),
            brought=said(one.field, one.brought, on=on, counties=counties),
            may_decide=reach.covers(one.village_code),
        )
        for one in rows
    ]


def _about(difference: Difference) -> str:
    if difference.field == FileField.WHEREABOUTS and difference.relative:
        return gettext("Where %(name)s is") % {"name": difference.relative.name}
    if difference.relative:
        return f"{difference.relative.name}·{difference.get_field_display()}"
    return difference.get_field_display()


def undecided(child: Child) -> int:
    """How many differences a child's file has to tell of. One query."""
    return Difference.objects.open().shown_on(child).count()
