"""What a registration must satisfy before anything is written."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed, Refusal
from children.entries import CarerEntry, ChildEntry, ParentEntry
from children.enums import FATHERS, MOTHERS, CareKind
from children.models import OF_AGE, years_before
from children.rules.id_areas import Areas
from children.rules.kin import ToldAbility, check_term
from children.rules.resident_id import check_number, read_resident_id

COUNTY_DIGITS = 6


class BadRegistration(Refusal):
    """A registration that cannot be true."""


def check_may_register(by: User, village_code: str, *, permission: str = "children.add_child") -> None:
    """`permission`: whoever brings a whole register needs another one than who registers a child."""
    if not may(by, permission, at_place=village_code):
        raise NotAllowed(
            _("You can register children of your own village only. Choose a village that you are posted to.")
        )


def check_registration(entry: ChildEntry, *, on: date, areas: Areas) -> None:
    """Raises the refusal that names the first field which cannot be true on the day of registration.

    `areas` tell better which digit of an ID number is mistyped.
    """
    if not entry.name.strip():
        raise BadRegistration(_("Write the child's name."), field="name")
    if day_of(entry.made_at) > on:
        raise BadRegistration(_("The phone's date is ahead of today. Please set the phone's clock and send it again."))
    _check_birth(entry, on=on)
    _check_number(entry, on=on, areas=areas)
    for parent in entry.parents:
        _check_parent(parent, on=on)
        _check_number_of(parent, on=on, field="parents")
    _check_one_of_each(entry)
    if entry.carer:
        _check_carer(entry.carer, on=on)


def check_hukou(county: str, here_since: date | None, *, born_on: date, on: date) -> None:
    """A county's code has six digits, and nobody lived here before being born."""
    if county and not (len(county) == COUNTY_DIGITS and county.isascii() and county.isdigit()):
        raise BadRegistration(
            _("A county's code has six digits: those that its ID numbers begin with."), field="hukou_county"
        )
    if here_since and here_since > on:
        raise BadRegistration(_("The day lies in the future. Note it once it has come."), field="lives_here_since")
    if here_since and here_since < born_on:
        raise BadRegistration(_("The day lies before the child was born. Please check it."), field="lives_here_since")


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


def _check_number(entry: ChildEntry, *, on: date, areas: Areas) -> None:
    if entry.resident_id:
        check_number(entry.resident_id, born_on=entry.born_on, sex=entry.sex, on=on, areas=areas)
        if entry.no_id_reason:
            raise BadRegistration(
                _("Give the ID number, or the reason why there is none, not both."), field="no_id_reason"
            )
    elif not entry.no_id_reason:
        raise BadRegistration(_("Write the ID number, or choose why there is none yet."), field="resident_id")


def _check_carer(carer: CarerEntry, *, on: date) -> None:
    _check_number_of(carer, on=on, field="carer")
    if carer.since > on:
        raise BadRegistration(
            _("The day since when she looks after the child lies in the future."), field="carer_since"
        )
    papers = (carer.paper_signed_on, carer.school_told_on, carer.village_told_on)
    if any(papers) and not carer.is_entrusted:
        raise BadRegistration(
            _("Only entrusted care has a paper and notices. Say that the carer is entrusted, or leave them out."),
            field="carer_is_entrusted",
        )
    if any(day > on for day in papers if day):
        raise BadRegistration(_("The day lies in the future. Note it once it has come."), field="carer_paper_signed_on")


def _check_number_of(person: ParentEntry | CarerEntry, *, on: date, field: str) -> None:
    """A grown-up's ID number is checked by itself."""
    if not person.resident_id:
        return
    try:
        read_resident_id(person.resident_id, on=on)
    except Refusal as refusal:
        words = {"name": person.name, "why": str(refusal)}
        raise BadRegistration(_("ID number of %(name)s: %(why)s") % words, field=field) from refusal


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
    if parent.unable_until:
        check_term(ToldAbility(parent.unable_reason, parent.unable_since, parent.unable_until), field="parents")
