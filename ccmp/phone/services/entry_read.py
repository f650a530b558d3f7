"""A refused entry in words: what kind it is, whom it is about, and each field with the label of the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from ccmp.people.models import User
from ccmp.phone.enums import EntryState
from ccmp.phone.models import OutboxEntry
from ccmp.phone.rules.sent import ANY_ID, storable
from ccmp.phone.services.pack import shells
from children.models import Child

OF_THE_PHONE = ("id", "csrfmiddlewaretoken")  # said to nobody
WORDS: dict[str, str | Promise] = {
    "children:answer-check": gettext_lazy("A file that was sent back, put right"),
    "children:bar": gettext_lazy("May not be entrusted with a child"),
    "children:care": gettext_lazy("Who looks after the child"),
    "children:change": gettext_lazy("A change of a child's file"),
    "children:confirm": gettext_lazy("A file confirmed with the family"),
    "children:consent-give": gettext_lazy("Consent given"),
    "children:consent-withdraw": gettext_lazy("Take consent back"),
    "children:contact": gettext_lazy("A parent was in touch"),
    "children:decide": gettext_lazy("Which of two values is right"),
    "children:entitlements-of": gettext_lazy("A step towards a benefit"),
    "children:ground": gettext_lazy("Note a ground of difficulty"),
    "children:health": pgettext_lazy("on a form", "Health"),
    "children:kin": gettext_lazy("A grown-up of the file"),
    "children:kin-new": gettext_lazy("One more grown-up"),
    "children:leave": gettext_lazy("A child leaves"),
    "children:register": gettext_lazy("A child to register"),
    "children:return": gettext_lazy("A child is back"),
    "children:transfer": gettext_lazy("Hand a child over"),
    "children:transfer-answer": gettext_lazy("An answer about a child to be handed over"),
    "children:whereabouts": gettext_lazy("Where a parent is"),
    "clubs:activity": gettext_lazy("An activity of the club"),
    "clubs:ask-closure": gettext_lazy("A closure asked for"),
    "clubs:close": gettext_lazy("The club shut"),
    "clubs:enter-session": gettext_lazy("Hours entered afterwards"),
    "clubs:open": gettext_lazy("The club opened"),
    "clubs:session": gettext_lazy("Who came to the club"),
    "clubs:times": gettext_lazy("Opening times of the club"),
    "people:account": gettext_lazy("Her own settings"),
    "referrals:confirm": gettext_lazy("What she saw of a department's help"),
    "visits:raise-flag": gettext_lazy("A flag"),
    "visits:record": gettext_lazy("A home visit"),
    "visits:tell-police": gettext_lazy("A call to the police"),
}
PAGE_OF = {  # entries whose body is that of the API, by the page whose form asks for the same
    "child": "children:register",
    "club-session": "clubs:enter-session",
    "club-session-close": "clubs:close",
    "closure": "clubs:ask-closure",
    "visit": "visits:record",
    "flag": "visits:raise-flag",
    "task-confirm": "referrals:confirm",
}


@dataclass(frozen=True)
class Field:
    """One thing that was written: the form's label for it, and the value in the form's words."""

    label: str
    value: str
    is_known: bool  # the form has this field; else `label` is the name under which it came


@dataclass(frozen=True)
class ReadEntry:
    """An entry, and the children whom it names and the reader knows."""

    entry: OutboxEntry
    kind: str
    about: list[Child]
    fields: list[Field]

    @property
    def is_refused(self) -> bool:
        return self.entry.state == EntryState.REFUSED


def kind_in_words(kind: str) -> str:
    return str(WORDS.get(PAGE_OF.get(kind, kind)) or _("Something else"))


def read_entry(entry: OutboxEntry, user: User) -> ReadEntry:
    """For one reader: of the children that the entry names, those whom she may see. One query."""
    said = entry.said if isinstance(entry.said, Mapping) else {}
    body = said.get("body", {})
    ids = [UUID(found) for found in dict.fromkeys(ANY_ID.findall(str(body)))]
    children = {child.pk: child for child in Child.objects.visible_to(user).filter(pk__in=ids)}
    form = _FormOf(PAGE_OF.get(entry.kind, entry.kind), {str(key): child.name for key, child in children.items()})
    written: dict[str, list[str]] = {}
    for name, value in _flat(_written(body)):
        written.setdefault(name, []).append(value)
    names = sorted(filter(_is_told, written), key=form.place_of)
    fields = [form.field(name, written[name]) for name in names]
    return ReadEntry(entry, kind_in_words(entry.kind), list(children.values()), [one for one in fields if one.value])


def _is_told(name: str) -> bool:
    return name.rpartition(".")[2] not in OF_THE_PHONE


def _written(body: Any) -> Any:
    """The fields of a page's entry; of another, all of it."""
    return body["fields"] if isinstance(body, Mapping) and isinstance(body.get("fields"), Mapping) else body


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each written value with the way to it: `household.head_name`; without what no page can show."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _flat(inner, name)
    elif value is not None:
        yield storable(name), storable(str(value))


class _FormOf:
    """The fields of a page's forms, as the phone has them."""

    def __init__(self, page: str, names: Mapping[str, str]) -> None:
        self.page, self.names = page, names

    @cached_property
    def fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for shell in shells():
            if shell.page == self.page:
                for form in shell.forms().values():
                    found |= {form.add_prefix(name): field for name, field in form.fields.items()}
        return found

    def place_of(self, name: str) -> int:
        """Where the form asks for it; what it does not know comes last, in the order in which it came."""
        names = [*self.fields]
        return next((names.index(one) for one in (name, name.rpartition(".")[2]) if one in self.fields), len(names))

    def field(self, name: str, values: list[str]) -> Field:
        known = self.fields.get(name) or self.fields.get(name.rpartition(".")[2])
        label = " ".join(str(known.label or "").split()) if known else ""
        said = [self._in_words(known, value) for value in values]
        return Field(
            label or name, pgettext("between the items of a list", ", ").join(filter(None, said)), is_known=bool(label)
        )

    def _in_words(self, field: forms.Field | None, value: str) -> str:
        if value.lower() in self.names:
            return self.names[value.lower()]
        if ANY_ID.fullmatch(value):
            return ""  # what it stands for is not in reach, or not there: a bare number says nothing
        if isinstance(field, forms.ChoiceField):
            return str(dict(_choices(field.choices)).get(value, value))
        return _("yes") if isinstance(field, forms.BooleanField) else value


def _choices(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _choices(label)
        else:
            yield str(value), label
