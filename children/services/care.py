"""Who looks after a child, as a history: the care before ends on the day on which another one begins."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages, not_yet_held
from ccmp.people.models import User
from children.enums import FATHERS, MOTHERS, FileField
from children.models import CareBar, Child, Difference, FileChange, Kinship, Relative
from children.rules.care import BadCare, CareEntry, ToldCare, check_care, check_carer, told_care
from children.rules.correction import check_may_change
from children.rules.phone_mark import phone_mark
from children.services.care_rows import running_care, write_care
from children.services.differences import follow, keep_both, take_back
from children.services.noting import Saying, note_change


@transaction.atomic
def change_care(*, entry: CareEntry, by: User, at: datetime) -> Difference | None:
    """Note who looks after a child since a day. Sent again, nothing changes.

    Somebody who did not see what the file says, and tells of the same time or an earlier one, is not written over it: both
    are kept, and the difference comes back.
    """
    lock_villages(Child.objects.filter(pk=entry.child).values_list("village_code", flat=True))
    child = Child.objects.select_related("household").select_for_update(of=("self",)).get(pk=entry.child)
    check_may_change(by, child)
    fresh = not_yet_held(FileChange, [entry])
    if not fresh:
        return None
    check_care(entry, born_on=child.born_on, on=day_of(at))
    running = running_care(child)
    held = told_care(running)
    told = entry.told(_carer(child, entry).name if entry.carer else "")
    if entry.carer:
        check_carer(Relative.objects.get(pk=entry.carer), told, bars_of(entry.carer, told))
    saying = Saying(child, FileField.CARE, told.text, by, entry.made_at or at, at)
    if entry.seen:
        take_back(saying, seen=entry.seen)
    goes_on = running is None or told.since > running.since
    differs = held not in ("", told.text) and entry.seen not in (None, held) and not goes_on
    if not differs and held != told.text:
        write_care(child, told, because=entry.because)
        follow(saying)
    taken = {} if differs else {FileField.CARE.value: (held, told.text)}
    note_change(saying, taken=taken, change_id=entry.id, mark=fresh[0][1])
    record(by=by, at=at, did="differed" if differs else "changed", on=child, fields=["care"])
    return keep_both(saying, held=held) if differs else None


def bars_of(carer: UUID, told: ToldCare) -> list[CareBar]:
    """What bars somebody from being entrusted with a child on the day of it or later. One query."""
    later = Q(until__isnull=True) | Q(until__gt=told.since)
    return list(CareBar.objects.filter(later, relative=carer))


def _carer(child: Child, entry: CareEntry) -> Relative:
    """Somebody of the file or its home, who is in the file from now on; or somebody new."""
    if not entry.is_new:
        of_home = Q(household=child.household_id) | Q(kinships__child=child)
        carer: Relative = Relative.objects.filter(of_home, pk=str(entry.carer)).distinct().get()
        if not child.kinships.filter(relative=carer).exists():
            Kinship.objects.create(child=child, relative=carer, relation=_relation(child, carer, entry))
        return carer
    if not entry.name.strip() or not entry.relation:
        raise BadCare(_("Write who looks after the child."), field="carer_name")
    carer = Relative.objects.create(
        id=entry.carer or new_id(),
        village_code=child.village_code,
        household_id=child.household_id,
        name=entry.name.strip(),
        born_on=entry.born_on,
        phone=entry.phone.strip(),
        phone_index=phone_mark(entry.phone),
    )
    Kinship.objects.create(child=child, relative=carer, relation=_relation(child, carer, entry))
    return carer


def _relation(child: Child, carer: Relative, entry: CareEntry) -> str:
    """As it was said, or as this person is to a brother or sister. One father and one mother stand in a file."""
    known = carer.kinships.order_by("relation", "id").values_list("relation", flat=True).first()
    relation = entry.relation or known or "97"
    for either in (FATHERS, MOTHERS):
        if relation in either and child.kinships.filter(relation__in=either).exists():
            raise BadCare(
                _(
                    "This parent is named already. Choose the parent as the carer, or say what else the carer is to the child."
                ),
                field="carer_relation",
            )
    return relation
