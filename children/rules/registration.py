"""What a registration must satisfy before anything is written."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed, Refusal
from children.entries import ChildEntry, ParentEntry
from children.enums import FATHERS, MOTHERS, CareKind
from children.models import OF_AGE, years_before
from children.rules.resident_id import read_resident_id


class BadRegistration(Refusal):
    """A registration that cannot be true."""


class AlreadyRegistered(Refusal):
    """The ID number stands in a file already; where is not told."""

    field = "resident_id"
    sentence = _(
        "A child with this ID number is already registered in the programme. Ask the county office, which can see where."
    )


def check_may_register(by: User, village_code: str) -> None:
    if not may(by, "children.add_child", at_place=village_code):
        raise NotAllowed(
            _("You can register children of your own village only. Choose a village that you are posted to.")
        )


def check_registration(entry: ChildEntry, *, on: date) -> None:
    """Raises the refusal that names the first field which cannot be true on the day of registration."""
    if not entry.name.strip():
        raise BadRegistration(_("Write the child's name."), field="name")
    if day_of(entry.made_at) > on:
        raise BadRegistration(_("The phone's date is ahead of today. Please set the phone's clock and send it again."))
    _check_birth(entry, on=on)
    _check_number(entry, on=on)
    for parent in entry.parents:
        _check_parent(parent, on=on)
    _check_one_of_each(entry)
    if entry.carer and entry.carer.since > on:
        raise BadRegistration(
            _("The day since when she looks after the child lies in the future."), field="carer_since"
        )


def _check_one_of_each(entry: ChildEntry) -> None:
    """One father and one mother stand in a file, be they named as parents or as who looks after the child."""
    relations = {parent.id: parent.relation for parent in entry.parents}
    for either in (FATHERS, MOTHERS):
        if sum(parent.relation in either for parent in entry.parents) > 1 or len(relations) < len(entry.parents):
            raise BadRegistration(_("Name one father and one mother. Others can be named as carers."), field="parents")
    carer = entry.carer
    if carer is None or carer.kind == CareKind.NONE or carer.id in relations:
        return
    for either in (FATHERS, MOTHERS):
        if carer.relation in either and any(relation in either for relation in relations.values()):
            raise BadRegistration(
                _(
                    "This parent is named already. Choose the parent as the carer, or say what else the carer is to the child."
                ),
                field="carer_relation",
            )


def _check_birth(entry: ChildEntry, *, on: date) -> None:
    if entry.born_on > min(day_of(entry.made_at), on):  # what a phone sends late was written down after the birth too
        raise BadRegistration(_("The birth date lies in the future. Please check the year."), field="born_on")
    if entry.born_on <= years_before(on, OF_AGE):
        raise BadRegistration(
            _("The register is for children under 18. By this birth date the child is 18 or older."), field="born_on"
        )


def _check_number(entry: ChildEntry, *, on: date) -> None:
    if entry.resident_id:
        read_resident_id(entry.resident_id, on=on)
        if entry.no_id_reason:
            raise BadRegistration(
                _("Give the ID number, or the reason why there is none, not both."), field="no_id_reason"
            )
    elif not entry.no_id_reason:
        raise BadRegistration(_("Write the ID number, or choose why there is none yet."), field="resident_id")


def _check_parent(parent: ParentEntry, *, on: date) -> None:
    if not parent.name.strip():
        raise BadRegistration(_("Write the parent's name, or leave the whole parent out."), field="parents")
    for day in (parent.died_on, parent.missing_since, parent.away_since, parent.unable_since, parent.born_on):
        if day and day > on:
            raise BadRegistration(
                _("A date given for %(name)s lies in the future. Please check it.") % {"name": parent.name},
                field="parents",
            )
    if bool(parent.unable_reason) != bool(parent.unable_since):
        raise BadRegistration(
            _("Give both the reason why %(name)s cannot look after the child, and since when.") % {"name": parent.name},
            field="parents",
        )
