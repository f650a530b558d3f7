"""Writing what a brought register's preview promised: all of it, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ccmp.audit.record import record_many
from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.models import User
from children.entries import ChildEntry, HouseholdEntry, ParentEntry
from children.enums import FileField
from children.models import Child, Kinship, Relative
from children.rules.whereabouts import Told
from children.services.care_rows import write_care
from children.services.differences import follow
from children.services.family import add_families
from children.services.import_plan import CareChange, Change, Plan
from children.services.kin_rows import write_kin
from children.services.noting import Saying, note_change, write_fields
from children.services.register import register_children
from children.services.stays import write_whereabouts


@transaction.atomic
def write_register(plan: Plan, *, by: User, at: datetime) -> None:
    """Register the new children and change the files of the others. Raises the Refusal of the first that cannot be."""
    entries = [replace(entry, made_at=at) for entry in plan.entries]
    register_children(entries=entries, by=by, at=at, permission="children.import_children")
    wanted = plan.changed_children
    files = Child.objects.filter(pk__in=wanted).select_related("household").select_for_update(of=("self", "household"))
    children = {child.id: child for child in files.order_by("id")}
    relatives = _relatives(plan.changes)
    _add_parents(plan, children, by=by, at=at)
    for change in plan.changes:
        _write(change, children[change.child], relatives, by=by, at=at)
    for care in plan.cares:
        _write_care(care, children[care.child], by=by, at=at)
    fresh = {entry.id for entry in entries}
    known = [child for key, child in children.items() if key not in fresh]
    record_many(by=by, at=at, did="changed", on=known, fields=["brought as a file"])


def _relatives(changes: Iterable[Change]) -> dict[UUID, Relative]:
    wanted = {one.relative for one in changes if one.relative}
    return {
        one.id: one for one in Relative.objects.filter(pk__in=wanted).select_for_update(of=("self",)).order_by("id")
    }


def _write(change: Change, child: Child, relatives: Mapping[UUID, Relative], *, by: User, at: datetime) -> None:
    relative = relatives[change.relative] if change.relative else None
    sayings = [Saying(child, field, after, by, at, at, relative) for field, (_before, after) in change.taken.items()]
    texts = {field: after for field, (_before, after) in change.taken.items()}
    if relative:
        _write_relative(relative, texts, on=day_of(at))
    else:
        write_fields(child, texts)
    for one in sayings:
        follow(one)
    note_change(sayings[0], taken={field.value: pair for field, pair in change.taken.items()})


def _write_relative(relative: Relative, texts: Mapping[FileField, str], *, on: date) -> None:
    write_kin(relative, texts, on=on)
    if FileField.WHEREABOUTS in texts:
        write_whereabouts(relative, Told.read(texts[FileField.WHEREABOUTS]))


def _add_parents(plan: Plan, children: Mapping[UUID, Child], *, by: User, at: datetime) -> None:
    """Parents whom the file of a child did not have."""
    for child_id, parent in plan.parents:
        child = children[child_id]
        add_families([_stub(child, at=at, parents=(parent,))], on=day_of(at))
        saying = Saying(child, FileField.KIN_NAME, parent.name, by, at, at, Relative(pk=parent.id))
        note_change(saying, taken={FileField.KIN_NAME.value: ("", parent.name)})


def _stub(child: Child, *, at: datetime, parents: tuple[ParentEntry, ...]) -> ChildEntry:
    """As the families of new registrations are told: the child and its home, and whom to add to them."""
    return ChildEntry(
        id=child.id,
        village_code=child.village_code,
        made_at=at,
        household=HouseholdEntry(child.household_id, child.household.head_name),
        name=child.name,
        sex=child.sex,
        born_on=child.born_on,
        ethnic_group=child.ethnic_group,
        hukou=child.hukou,
        school_stage=child.school_stage,
        parents=parents,
    )


def _write_care(care: CareChange, child: Child, *, by: User, at: datetime) -> None:
    """Somebody else from a day on, who looked after the child before did so until then; or the same person told anew."""
    told, carer = care.told, care.carer
    if told.carer and not Kinship.objects.filter(child=child, relative_id=told.carer).exists():
        person = ParentEntry(carer.id, carer.name, carer.relation, phone=carer.phone, resident_id=carer.resident_id)
        add_families([_stub(child, at=at, parents=(person,))], on=day_of(at))
    write_care(child, told)
    saying = Saying(child, FileField.CARE, told.text, by, at, at)
    follow(saying)
    note_change(saying, taken={FileField.CARE.value: care.taken}, change_id=new_id())
