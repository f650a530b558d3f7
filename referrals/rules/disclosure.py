"""Exactly the fields that a task discloses, and nothing else of the child."""

from dataclasses import dataclass
from datetime import date

from children.models import Child, Guardianship
from children.rules.labels import parents_of
from referrals.enums import Disclosed, TaskState
from referrals.models import Task


@dataclass(frozen=True)
class DisclosedFact:
    """One disclosed field: what it is, and its value in words (a phone number in full)."""

    field: Disclosed
    value: str


def disclosed_facts(task: Task, *, on: date) -> list[DisclosedFact]:
    """What the department sees of the child on a day. A withdrawn task discloses nothing any more."""
    if task.state == TaskState.WITHDRAWN:
        return []
    return [DisclosedFact(Disclosed(field), _value(Disclosed(field), task, on=on)) for field in task.disclosed]


def _value(field: Disclosed, task: Task, *, on: date) -> str:
    child = task.referral.child
    readers = {
        Disclosed.NAME: lambda: child.name,
        Disclosed.SEX: lambda: str(child.get_sex_display()),
        Disclosed.BIRTH_DATE: lambda: f"{child.born_on:%Y-%m-%d}",
        Disclosed.RESIDENT_ID: lambda: child.resident_id,
        Disclosed.HUKOU: lambda: str(child.get_hukou_display()),
        Disclosed.SCHOOL: lambda: str(child.get_school_stage_display()),
        Disclosed.ADDRESS: lambda: _address(child),
        Disclosed.CARER: lambda: _carer(child, on=on),
        Disclosed.CARER_PHONE: lambda: _carer_phone(child, on=on),
        Disclosed.PARENTS: lambda: _parents(child, on=on),
        Disclosed.WHAT_WAS_SEEN: lambda: task.referral.flag.seen if task.referral.flag else "",
    }
    return readers[field]()


def _address(child: Child) -> str:
    return " ".join(
        part for part in (child.village.name, child.household.neighbourhood, child.household.address) if part
    )


def _guardianship(child: Child, *, on: date) -> Guardianship | None:
    return child.guardianships.current(on=on).select_related("carer").first()


def _carer(child: Child, *, on: date) -> str:
    care = _guardianship(child, on=on)
    if care is None or care.carer is None:
        return ""
    kinship = next((one for one in child.family if one.relative_id == care.carer_id), None)
    return f"{kinship.get_relation_display()} {care.carer.name}" if kinship else care.carer.name


def _carer_phone(child: Child, *, on: date) -> str:
    care = _guardianship(child, on=on)
    return care.carer.phone if care and care.carer else ""


def _parents(child: Child, *, on: date) -> str:
    return "、".join(parent.name for parent in parents_of(child, on=on) if parent.known)


def not_disclosed(task: Task) -> list[str]:
    """What was kept from this task, in words: said on its page, so that an officer can ask for it."""
    return [str(field.label) for field in Disclosed if field not in task.disclosed]
