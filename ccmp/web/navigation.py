"""Where one can go: the phone's bar of five, the desk's rail. Data, not markup.

What is not built is not in the menu, and nobody sees a door that does not open to them: a desk's item names the
permissions of which one is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccmp import moments
from ccmp.web.doors import Door, Group
from ccmp.web.protection_doors import PROTECTION

PHONE_ROLES = frozenset({"companion_mother", "child_director"})


@dataclass(frozen=True)
class Count:
    """A number beside a door: how much waits behind it, and how pressing the worst of it is."""

    number: int
    state: str = ""


CountOf = Callable[[HttpRequest], Count | None]
_counts: dict[str, CountOf] = {}


def counts(url_name: str) -> Callable[[CountOf], CountOf]:
    """An app says how much waits behind one of its doors: `@counts("visits:flags")`, once, when it is ready."""

    def keep(count_of: CountOf) -> CountOf:
        _counts[url_name] = count_of
        return count_of

    return keep


BAR = (
    Door(
        "visits:today",
        _("Today"),
        "today",
        holds=("visits:flag", "visits:raise-flag", "referrals:mine", "referrals:referral"),
    ),
    Door(
        "children:list",
        _("Children"),
        "child",
        holds=(
            "children:file",
            "children:labels",
            "children:register",
            "children:differences",
            "children:transfers",
            "children:farewells",
            "children:to-confirm",
            "children:sent-back",
            "children:silent",
            "children:no-id",
            "children:entitlements",
            "children:consent",
            "children:consent-paper",
            "children:history",
            "children:import",
            "children:import-file",
            "reports:list",
        ),
    ),
    Door("visits:due", _("Visits"), "door", holds=("visits:record", "visits:visit")),
    Door(
        "clubs:club",
        _("Club"),
        "house",
        holds=("clubs:open", "clubs:close", "clubs:enter-session", "clubs:session", "clubs:activity"),
    ),
    Door(
        "people:account",
        pgettext_lazy("the bar", "Me"),
        "person",
        holds=("people:password", "people:sessions", "phone:outbox"),
    ),
)

RAIL = (
    Group(
        _("One Bond"),
        (
            Door("visits:flags", _("Flags"), "flag", ("visits.view_flag",), ("visits:flag",), "f"),
            Door(
                "referrals:list",
                _("Referrals"),
                "branch",
                ("referrals.view_referral",),
                ("referrals:referral", "referrals:open"),
                "r",
            ),
        ),
    ),
    Group(
        _("One Person, One Home"),
        (
            Door("clubs:hours", _("Opening hours"), "hours", ("clubs.view_clubsession", "clubs.view_hours"), (), "h"),
            Door("visits:due", _("Visits"), "today", ("visits.view_visit",), ("visits:visit",), "v"),
            Door(
                "children:list",
                _("Children"),
                "child",
                ("children.view_child",),
                (
                    "children:file",
                    "children:labels",
                    "children:register",
                    "children:change",
                    "children:differences",
                    "children:to-confirm",
                    "children:sent-back",
                    "children:consent",
                    "children:consent-give",
                    "children:consent-withdraw",
                    "children:consent-paper",
                    "children:history",
                    "children:looks",
                ),
                "c",
            ),
            Door(
                "children:transfers",
                _("Handing over"),
                "reply",
                ("children.move_child", "children.check_file"),
                ("children:transfer", "children:transfer-answer"),
                "o",
            ),
            Door(
                "children:import",
                _("Bring a register"),
                "paper",
                ("children.import_children",),
                ("children:import-file", "children:export"),
                "i",
            ),
            Door("children:silent", _("Out of touch"), "phone", ("children.view_child",), (), "q"),
            Door("children:to-check", _("To check"), "books", ("children.check_file",), ("children:check",), "e"),
            Door(
                "children:entitlements",
                _("Benefits"),
                "check",
                ("children.view_child",),
                ("children:entitlements-of", "children:note-step", "children:ground", "children:benefits"),
                "b",
            ),
        ),
    ),
    Group(
        _("My tasks"),
        (Door("referrals:tasks", _("Tasks"), "check", ("referrals.answer_task",), ("referrals:task",), "t"),),
    ),
    Group(
        _("The office"),
        (
            Door("reports:list", _("Reports"), "paper", ("reports.view_report",), ("reports:report",), "p"),
            Door("places:villages", _("Villages"), "places", ("places.enrol_village", "places.keep_terms"), (), "w"),
            Door("people:list", _("Staff"), "person", ("people.view_staff",), ("people:person", "people:post"), "s"),
            Door("phones:list", _("Phones"), "phone", ("phone.view_phone",), ("phones:revoke", "phones:entry"), "m"),
            Door("audit:trail", _("The trail"), "books", ("audit.view_auditentry",), ("changes:changes",), "a"),
            Door("places:terms", _("Terms and departments"), "offices", ("places.keep_terms",), (), "k"),
        ),
    ),
    PROTECTION,
)


@dataclass(frozen=True)
class Way:
    """A door as this reader sees it."""

    door: Door
    is_current: bool
    count: Count | None

    @property
    def url(self) -> str:
        return reverse(self.door.url_name)


@dataclass
class Navigation:
    """What base templates ask about: `nav`. Nothing is worked out before it is asked for."""

    request: HttpRequest
    now: datetime = field(default_factory=moments.now)

    @property
    def user(self) -> Any:
        return getattr(self.request, "user", None) or AnonymousUser()

    @cached_property
    def role(self) -> str:
        return str(getattr(self.user, "role_now", None) or "")

    @property
    def is_phone(self) -> bool:
        return self.role in PHONE_ROLES

    @property
    def skeleton(self) -> str:
        """The page that a page of both rooms extends: `{% extends nav.skeleton %}`."""
        return "phone.html" if self.is_phone or not self.user.is_authenticated else "desk.html"

    @property
    def task_skeleton(self) -> str:
        """The same for a page with one thing to do: on the phone a way back and the actions take the bar's place."""
        return "phone_task.html" if self.is_phone or not self.user.is_authenticated else "desk.html"

    @property
    def list_skeleton(self) -> str:
        """The same for a page that lies behind another one and only shows: a way back, and the bar stays."""
        return "phone_list.html" if self.is_phone or not self.user.is_authenticated else "desk.html"

    @cached_property
    def place(self) -> str:
        """Where the reader serves: the department at its place, else the place."""
        post = getattr(self.user, "post", None)
        if post is None:
            return ""
        return str(getattr(post, "department", None) or post.place)

    @property
    def bar(self) -> list[Way]:
        return [Way(door, door.is_where(self.request), None) for door in BAR if door.is_built]

    @cached_property
    def rail(self) -> list[tuple[str | Promise, list[Way]]]:
        if not self.user.is_authenticated:
            return []
        groups = [(group.title, [self._way(door) for door in group.doors if self._opens(door)]) for group in RAIL]
        return [(title, ways) for title, ways in groups if ways]

    def _opens(self, door: Door) -> bool:
        return door.is_built and door.opens_to(self.request)

    def _way(self, door: Door) -> Way:
        count_of = _counts.get(door.url_name)
        return Way(door, door.is_where(self.request), count_of(self.request) if count_of else None)


def navigation(request: HttpRequest) -> dict[str, Navigation]:
    """The context processor."""
    return {"nav": Navigation(request)}
