"""The shell of one page of the phone, and its compilation."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.urls import get_resolver
from django.urls.converters import UUIDConverter

from ccmp.web.navigation import BAR, Way
from ccmp.web.shells.engine import OpenContext, engine
from ccmp.web.shells.opened import Op, leaving_open, named, ops_of

A_UUID = "[0-9a-f-]{36}"


@dataclass(frozen=True)
class Shell:
    """A page of the companion mother's that opens without a network.

    `page` is its URL name, `template` the template that its view renders, `forms` makes the forms that it shows, by their
    names in the template, blank: the phone fills them. `closed` gives whatever else the server knows already.
    `posts`: what is posted to it waits in the outbox. A page that only takes a POST has no template.
    """

    page: str
    template: str = ""
    forms: Callable[[], Mapping[str, BaseForm]] = dict
    closed: Callable[[], Mapping[str, Any]] = dict
    posts: bool = False

    def ops(self) -> list[Op]:
        """The template, rendered as far as the server knows, in the language that is active."""
        known = {
            "form": None,
            "csrf_token": None,  # nosec B105 – the phone needs none
            "nav": PhoneNavigation(self.page),
            **without_ids(self.forms()),
            **self.closed(),
        }
        with leaving_open():
            return whole(ops_of(engine().get_template(self.template).render(OpenContext(known))))


def without_ids(forms: Mapping[str, BaseForm]) -> Mapping[str, BaseForm]:
    """Ids that a form makes when it is opened are made by the phone: one in the pack would be everybody's."""
    for form in forms.values():
        for field in form.fields.values():
            if callable(field.initial):
                field.initial = None
    return forms


class PhoneNavigation:
    """What base templates ask about, for a companion mother whom nobody knows yet: `ccmp.web.navigation.Navigation`."""

    is_phone = True
    is_on_phone = True
    skeleton = "phone.html"
    task_skeleton = "phone_task.html"
    list_skeleton = "phone_list.html"
    role = "companion_mother"

    def __init__(self, page: str) -> None:
        self.page, self.place, self.now = page, named("nav.place"), named("nav.now")

    @property
    def bar(self) -> list[Way]:
        return [Way(door, self.page in (door.url_name, *door.holds), None) for door in BAR if door.is_built]


def whole(ops: Iterable[Any]) -> list[Any]:
    """Ops in which neighbouring texts are one, for the wire."""
    joined: list[Any] = []
    for op in ops:
        if isinstance(op, str) and joined and isinstance(joined[-1], str):
            joined[-1] += op
        else:
            joined.append(op)
    return joined


def address_pattern(page: str) -> str:
    """The page's address as the source of a regular expression with the route's names as groups."""
    namespace, _, name = page.partition(":")
    resolver = get_resolver()
    prefix, nested = resolver.namespace_dict[namespace]
    ways: Any = nested.reverse_dict[name]
    [(address, names)], converters = ways[0], ways[3]
    pattern = "/" + prefix + address
    for one in names:
        regex = A_UUID if isinstance(converters[one], UUIDConverter) else converters[one].regex
        pattern = pattern.replace(f"%({one})s", f"(?<{one}>{regex})")
    return f"^{pattern}$"
