"""The grown-ups of a registration: chosen from those that the home knows, or written anew."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.web.forms import DayField, needed_by_another
from children.entries import CarerEntry, ParentEntry
from children.enums import FATHERS, MOTHERS, CareKind, IncapacityReason, Relation, Whereabouts
from children.services.home import KnownRelative

NEW, NOBODY = "new", "none"
Known = dict[UUID, KnownRelative]


def parent_fields(
    who: str, relations: tuple[Relation, ...], known: Known, *, name: Any, step: Any
) -> dict[str, forms.Field]:
    """The fields of a father or a mother; their names begin with `who`."""
    held = [(str(key), one.said) for key, one in known.items() if one.relation in relations]
    choices = [*held, (NEW, _("Yes, I write it below")), (NOBODY, _("Not now"))]
    return {
        f"{who}_id": _hidden_id(),
        f"{who}": _lines(_("In the file?"), choices, initial=choices[0][0]),
        f"{who}_name": needed_by_another(_words(name, 60)),
        f"{who}_is_step": forms.BooleanField(label=step, required=False),
        f"{who}_phone": _telephone(),
        f"{who}_whereabouts": needed_by_another(
            forms.ChoiceField(
                label=_("Where now?"),
                choices=Whereabouts.choices,
                initial=Whereabouts.HOME,
                required=False,
                widget=forms.RadioSelect(attrs={"data-of": "2"}),
            )
        ),
        f"{who}_since": _day_of(_("If not at home: since which day?")),
        f"{who}_where": _words(_("Which town, when away?"), 80),
        f"{who}_unable_reason": needed_by_another(
            _one_of(_("Able to look after the child?"), IncapacityReason.choices, empty=_("Yes, able"))
        ),
        f"{who}_unable_since": _day_of(_("If not able: since which day?")),
    }


def carer_fields(known: Known) -> dict[str, forms.Field]:
    """The fields of whoever looks after the child."""
    held = [(str(key), one.said) for key, one in known.items() if one.relation not in (*FATHERS, *MOTHERS)]
    choices = [*held, ("father", _("The father")), ("mother", _("The mother")), (NEW, _("Somebody else, below"))]
    kinds = [choice for choice in CareKind.choices if choice[0] != CareKind.NONE]
    return {
        "carer_id": _hidden_id(),
        "carer": _lines(_("Who looks after the child day by day?"), [*choices, (NOBODY, _("Nobody"))]),
        "carer_name": needed_by_another(_words(_("The carer's name"), 60)),
        "carer_relation": needed_by_another(
            _one_of(_("What is this person to the child?"), Relation.choices, empty=_("Choose one"))
        ),
        "carer_phone": _telephone(),
        "carer_born_on": DayField(label=_("Born on"), required=False),
        "carer_kind": needed_by_another(_lines(_("How well?"), kinds, initial=CareKind.FAIR, required=False)),
        "carer_since": _day_of(_("Since which day?"), help_text=_("About will do.")),
        "carer_is_entrusted": forms.BooleanField(
            label=_("The parents entrusted the child to this person"), required=False
        ),
        "carer_paper_signed_on": DayField(label=_("If the paper is signed: when?"), required=False),
    }


def _hidden_id() -> forms.UUIDField:
    return forms.UUIDField(widget=forms.HiddenInput, initial=new_id)


def _words(label: Any, most: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False)


def _day_of(label: Any, **more: Any) -> forms.Field:
    return needed_by_another(DayField(label=label, required=False, **more))


def _telephone() -> forms.CharField:
    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})
    return forms.CharField(label=_("Telephone"), max_length=30, required=False, widget=widget)


def _one_of(label: Any, choices: list[tuple[str, Any]], *, empty: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


def _lines(label: Any, choices: list[tuple[str, Any]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect(attrs={"data-of": "lines"}), **more)


def check_parent(form: forms.Form, who: str) -> None:
    """A parent that is written anew has a name, and a day for what has one."""
    given = form.cleaned_data
    if given.get(who) != NEW:
        return
    if not given.get(f"{who}_name"):
        form.add_error(f"{who}_name", _("Write the name, or choose “Not now”."))
    if given.get(f"{who}_whereabouts") not in ("", Whereabouts.HOME) and not given.get(f"{who}_since"):
        form.add_error(f"{who}_since", _("Say since when; about will do."))
    if given.get(f"{who}_unable_reason") and not given.get(f"{who}_unable_since"):
        form.add_error(f"{who}_unable_since", _("Say since when; about will do."))


def check_carer(form: forms.Form) -> None:
    """Whoever looks after the child is named, related somehow, and does so since a day."""
    given = form.cleaned_data
    chosen = given.get("carer")
    if chosen in ("father", "mother") and given.get(chosen) == NOBODY:
        form.add_error("carer", _("Write this parent above first, or choose somebody else."))
    if chosen == NEW and not given.get("carer_name"):
        form.add_error("carer_name", _("Write who looks after the child."))
    if chosen == NEW and not given.get("carer_relation"):
        form.add_error("carer_relation", _("Choose what this person is to the child."))
    if chosen and not given.get("carer_since") and "carer_since" not in form.errors:
        form.add_error("carer_since", _("Say since when; about will do."))


def parent_entry(
    given: dict[str, Any], who: str, relations: tuple[Relation, Relation], known: Known
) -> ParentEntry | None:
    """The parent that was chosen or written, or none."""
    chosen = given[who]
    if chosen == NOBODY:
        return None
    if chosen != NEW:
        held = known[UUID(chosen)]
        return ParentEntry(held.relative.id, held.relative.name, held.relation)
    since, place = given[f"{who}_since"], given[f"{who}_whereabouts"]
    return ParentEntry(
        id=given[f"{who}_id"],
        name=given[f"{who}_name"],
        relation=relations[1] if given[f"{who}_is_step"] else relations[0],
        phone=given[f"{who}_phone"],
        away_since=since if place == Whereabouts.AWAY else None,
        away_where=given[f"{who}_where"] if place == Whereabouts.AWAY else "",
        missing_since=since if place == Whereabouts.MISSING else None,
        died_on=since if place == Whereabouts.DEAD else None,
        unable_reason=given[f"{who}_unable_reason"],
        unable_since=given[f"{who}_unable_since"] if given[f"{who}_unable_reason"] else None,
    )


def carer_entry(given: dict[str, Any], parents: dict[str, ParentEntry | None], known: Known) -> CarerEntry:
    """Whoever looks after the child: a parent, somebody whom the home knows, somebody new, or nobody."""
    chosen = given["carer"]
    parent = parents.get(chosen)
    held = known.get(UUID(chosen)) if chosen not in (NEW, NOBODY, "father", "mother") else None
    is_new = parent is None and held is None
    person: Any = parent or (held.relative if held else None)
    return CarerEntry(
        id=given["carer_id"] if is_new else person.id,
        name=given["carer_name"] if is_new else person.name,
        relation=parent.relation if parent else held.relation if held else given["carer_relation"],
        kind=CareKind.NONE if chosen == NOBODY else given["carer_kind"] or CareKind.FAIR,
        since=given["carer_since"],
        born_on=given["carer_born_on"] if is_new else None,
        phone=given["carer_phone"] if is_new else "",
        is_entrusted=given["carer_is_entrusted"],
        paper_signed_on=given["carer_paper_signed_on"],
    )
