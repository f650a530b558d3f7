"""A child's file on paper, in the order of the national form (农村留守儿童基本情况登记表): typed lines, which a template only sets.

Numbers of the resident ID are masked. Health stands on it for who may see it; what is confidential stands on no paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ccmp.people.models import User
from ccmp.refusals import permits
from children.enums import FATHERS, MOTHERS, ApplicationState, CareKind, FileField, Relation
from children.models import Child, Guardianship, Kinship, Relative
from children.rules.benefits import benefits
from children.rules.claims import check_may_see_grounds
from children.rules.file_fields import said, text_of
from children.rules.resident_id import masked
from children.services.contact import last_contacts
from children.services.counties import county_name
from children.services.file import GrownUp
from children.services.health import health_said
from children.services.labels import labels_for
from children.services.trust import Signatures, signatures_of

GRANDPARENTS = (
    Relation.PATERNAL_GRANDFATHER,
    Relation.PATERNAL_GRANDMOTHER,
    Relation.MATERNAL_GRANDFATHER,
    Relation.MATERNAL_GRANDMOTHER,
)
COLUMNS = 6  # of the form's grid: a label and a value take one each, a long value three or five


@dataclass(frozen=True)
class Cell:
    """A label and what stands behind it. A blank is left to be written by hand."""

    label: str
    text: str
    span: int = 1


@dataclass(frozen=True)
class Part:
    title: str
    rows: list[list[Cell]]

    @property
    def height(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class FilePaper:
    place: str
    on: date
    printed_by: str
    parts: list[Part]
    signed: Signatures

    @property
    def words(self) -> str:
        """All that stands in it, in one text."""
        cells = (cell.text for part in self.parts for row in part.rows for cell in row)
        signed = (self.signed.filled_in_by, self.signed.confirmed_with, self.signed.checked_by)
        return "".join((self.place, self.printed_by, *cells, *signed))


def paper_of(child: Child, reader: User, *, on: date) -> FilePaper:
    """The file as it stands on a day, for one reader. Its home and village are asked for: let them be joined."""
    contacts = last_contacts([kinship.relative for kinship in child.family], on=on)
    family = [GrownUp(kinship, None, on, contacts.get(kinship.relative_id)) for kinship in child.family]
    parts = [
        Part(pgettext("on a form", "Child"), _of_child(child, reader, on=on)),
        Part(pgettext("on a form", "Father"), _of_parent(_one_of(family, FATHERS))),
        Part(pgettext("on a form", "Mother"), _of_parent(_one_of(family, MOTHERS))),
        Part(_("Grandparents"), [_of_grandparent(one, _one_of(family, (one,))) for one in GRANDPARENTS]),
        Part(_("Care"), _of_care(child, family, on=on)),
        Part(_("Home and aid"), _of_home(child, on=on)),
        Part(_("Labels"), [[Cell(_("Of the day"), _labels(child, reader, on=on), 5)]]),
    ]
    place = f"{county_name(child.village_code[:6])}·{child.village.name}"
    return FilePaper(place, on, reader.full_name, parts, signatures_of(child))


def _of_child(child: Child, reader: User, *, on: date) -> list[list[Cell]]:
    group = child.ethnic_words or child.get_ethnic_group_display()
    where = " ".join(one for one in (county_name(child.hukou_county), child.hukou_place) if one)
    number = masked(child.resident_id) or child.get_no_id_reason_display()
    boards = _("boards at school") if child.is_boarding else _("does not board")
    rows = [
        [Cell(_("Name"), child.name), Cell(_("Sex"), child.get_sex_display()), Cell(_("Born on"), f"{child.born_on}")],
        [Cell(_("Ethnic group"), group), Cell(_("ID number"), number, 3)],
        [Cell(_("Hukou"), child.get_hukou_display()), Cell(_("Where the hukou is"), where, 3)],
        [Cell(_("Lives at"), _lives_at(child), 3), Cell(_("Here since"), text_of(child.lives_here_since))],
        [Cell(pgettext("on a form", "School"), _school(child), 3), Cell(_("Boarding"), boards)],
    ]
    if permits(check_may_see_grounds, reader, child):
        rows.append([Cell(pgettext("on a form", "Health"), _("; ").join(health_said(child, reader, on=on)), 5)])
    return rows


def _lives_at(child: Child) -> str:
    home = child.household
    return " ".join(one for one in (child.village.name, home.neighbourhood, home.address) if one)


def _school(child: Child) -> str:
    return " ".join(one for one in (str(child.get_school_stage_display()), child.school_name) if one)


def _one_of(family: Iterable[GrownUp], relations: Iterable[str]) -> GrownUp | None:
    return next((one for one in family if one.kinship.relation in relations), None)


def _of_parent(one: GrownUp | None) -> list[list[Cell]]:
    """Three lines, blank where the file names nobody."""
    relative = one.kinship.relative if one else None
    born_on, phone = (text_of(relative.born_on), relative.phone) if relative else ("", "")
    stay, works_at = (one.away, relative.works_at) if one and relative else (None, "")
    where = " ".join(part for part in (getattr(stay, "where", ""), works_at) if part)
    number = masked(relative.resident_id) if relative else ""
    return [
        [Cell(_("Name"), relative.name if relative else ""), Cell(_("Born on"), born_on), Cell(_("Telephone"), phone)],
        [Cell(_("ID number"), number, 3), Cell(_("Where now"), _where_now(one))],
        [Cell(_("Works at"), where, 3), Cell(_("Away since"), text_of(getattr(stay, "since", None)))],
    ]


def _where_now(one: GrownUp | None) -> str:
    """Where, and what keeps this parent from acting as a guardian."""
    if one is None:
        return _("not in the file")
    if one.is_dead:
        return _("has died")
    where = _("out of contact") if one.is_missing else _("away for work") if one.away else _("at home")
    return _("; ").join([where, *(time.get_reason_display() for time in one.inabilities)])


def _of_grandparent(relation: Relation, one: GrownUp | None) -> list[Cell]:
    relative = one.kinship.relative if one else None
    died = one is not None and one.is_dead
    born = _("has died") if died else text_of(relative.born_on) if relative else ""
    return [
        Cell(_grandparent(relation), relative.name if relative else ""),
        Cell(_("Born on"), born),
        Cell(_("Telephone"), relative.phone if relative and not died else ""),
    ]


def _grandparent(relation: Relation) -> str:
    """As forms say it, not as children do."""
    return {
        Relation.PATERNAL_GRANDFATHER: pgettext("on a form", "father's father"),
        Relation.PATERNAL_GRANDMOTHER: pgettext("on a form", "father's mother"),
        Relation.MATERNAL_GRANDFATHER: pgettext("on a form", "mother's father"),
        Relation.MATERNAL_GRANDMOTHER: pgettext("on a form", "mother's mother"),
    }[relation]


def _of_care(child: Child, family: list[GrownUp], *, on: date) -> list[list[Cell]]:
    care: Guardianship | None = child.guardianships.current(on=on).select_related("carer").first()
    touched = Cell(pgettext("on a form", "Parents last in touch"), _in_touch(family, on=on), 3)
    return [*_of_carer(child, care), *_of_papers(care, touched)]


def _of_carer(child: Child, care: Guardianship | None) -> list[list[Cell]]:
    carer = care.carer if care else None
    kinship: Kinship | None = next((one for one in child.family if carer and one.relative_id == carer.id), None)
    name = carer.name if carer else pgettext("on a form", "nobody") if care and care.kind == CareKind.NONE else ""
    return [
        [
            Cell(_("Who looks after the child"), name),
            Cell(_("Relation"), kinship.get_relation_display() if kinship else ""),
            Cell(_("Telephone"), carer.phone if carer else ""),
        ],
        [
            Cell(_("ID number"), masked(carer.resident_id) if carer else "", 3),
            Cell(_("Since"), text_of(care.since if care else None)),
        ],
        [
            Cell(_("Lives at"), _carer_lives_at(child, carer) if carer else "", 3),
            Cell(_("How well"), str(care.get_kind_display()) if care else ""),
        ],
    ]


def _of_papers(care: Guardianship | None, touched: Cell) -> list[list[Cell]]:
    days = ("paper_signed_on", "school_told_on", "village_told_on")
    signed, school, village = (text_of(getattr(care, day, None)) for day in days)
    entrusted = (_("yes") if care.is_entrusted else _("no")) if care else ""
    return [
        [Cell(_("Entrusted"), entrusted), Cell(_("Paper signed on"), signed), Cell(_("School told on"), school)],
        [Cell(pgettext("on a form", "Village told on"), village), touched],
    ]


def _carer_lives_at(child: Child, carer: Relative) -> str:
    if carer.address:
        return carer.address
    return _("with the child") if carer.household_id == child.household_id else ""


def _in_touch(family: list[GrownUp], *, on: date) -> str:
    """Of each parent who is away: when last, and how."""
    said = []
    for one in family:
        if not one.is_away_parent:
            continue
        words = {"who": one.kinship.get_relation_display(), "name": one.kinship.relative.name}
        if one.contact:
            last = words | {"day": one.contact.on, "how": one.contact.get_how_display()}
            said.append(_("%(who)s: %(day)s, %(how)s") % last)
        else:
            said.append(_("%(who)s: not noted yet") % words)
    return _("; ").join(said)


def _of_home(child: Child, *, on: date) -> list[list[Cell]]:
    income = text_of(child.household.income)
    return [
        [
            Cell(_("Head of the household"), child.household.head_name),
            Cell(_("Income"), said(FileField.INCOME, income, on=on) if income else "", 3),
        ],
        [Cell(pgettext("on a form", "Brothers and sisters"), _siblings(child, on=on), 5)],
        [Cell(_("Aid received"), child.household.aid, 5)],
        [Cell(pgettext("on a form", "Benefits received"), _received(child), 5)],
    ]


def _siblings(child: Child, *, on: date) -> str:
    """The other children of the home who are in the register, the eldest first."""
    others = child.household.children.in_register(on=on).exclude(pk=child.pk).order_by("born_on", "id")
    words = ({"name": one.name, "sex": one.get_sex_display(), "day": one.born_on} for one in others)
    return _("; ").join(_("%(name)s (%(sex)s, born %(day)s)") % one for one in words)


def _received(child: Child) -> str:
    """What is received by now; what is confidential is left out for every reader."""
    known = benefits()
    running = child.applications.filter(state=ApplicationState.RECEIVING).order_by("since", "id")
    named = [known[one.benefit] for one in running if one.benefit in known]
    return _("; ").join(str(one.name) for one in named if not one.is_confidential)


def _labels(child: Child, reader: User, *, on: date) -> str:
    return _("; ").join(one.title for one in labels_for(child, reader, on=on).holding) or _(
        "none by what the file tells"
    )
