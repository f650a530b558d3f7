"""A way in, and several under one title: what the bar and the rail are made of."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Door:
    """One way in: a word, an icon, a page; `holds` are further pages that lie behind it."""

    url_name: str
    label: str | Promise
    icon: str
    needs: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    key: str = ""  # after g, on the keyboard

    @property
    def is_built(self) -> bool:
        try:
            reverse(self.url_name)
        except NoReverseMatch:
            return False
        return True

    def opens_to(self, request: HttpRequest) -> bool:
        return not self.needs or any(request.user.has_perm(permission) for permission in self.needs)

    def is_where(self, request: HttpRequest) -> bool:
        place = request.resolver_match.view_name if request.resolver_match else ""
        return place == self.url_name or place in self.holds


@dataclass(frozen=True)
class Group:
    title: str | Promise
    doors: tuple[Door, ...]
