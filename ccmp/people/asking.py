"""Who is signed in asks the database: her reach by her postings is what PostgreSQL is told (see ccmp.walls)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject, empty

from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.walls.asking import NOBODY, Asker, Asking, ask_no_more, asked_by, let_ask
from ccmp.walls.doing import Doing, let_tell, tell_no_more
from ccmp.walls.guarded import GUARDED, Beyond, Open
from ccmp.web.middleware import request_id

# By which permissions somebody reaches what lies in a realm.
PERMISSIONS = {
    "children": ("children.view_child",),
    "grounds": ("children.view_childground",),
    "clubs": ("clubs.view_clubsession", "clubs.view_hours"),
    "phones": ("phone.view_phone",),
    "entries": ("phone.view_outboxentry",),
}
# How the names of guarded tables begin.
_BY_REACH = (label for label, guard in GUARDED.items() if not isinstance(guard, Open | Beyond))
GUARDED_TABLES = tuple({f"{label.split('.')[0]}_" for label in _BY_REACH})


def asking_of(user: User) -> Asking:
    """How far this user reaches now. Her postings are read once for a user object, as by `reach_of`."""
    kept: tuple[Any, Asking] | None = user.__dict__.get("_asking")
    if kept is not None and kept[0] is user.__dict__.get("_reach"):
        return kept[1]
    prefixes = {
        realm: tuple(prefix for name in names for prefix in reach_of(user, name).prefixes)
        for realm, names in PERMISSIONS.items()
    }
    made = Asking(who=str(user.pk), prefixes=prefixes)
    user.__dict__["_asking"] = (user.__dict__.get("_reach"), made)
    return made


def asker_for(whom: Callable[[], Any]) -> Asker:
    """Asks as this user once her reach is known, or once a statement goes to a guarded table."""
    is_reading = False

    def asker(statement: str) -> Asking:
        nonlocal is_reading
        user = whom()
        if is_reading or _is_not_known_yet(user) or not isinstance(user, User):
            return NOBODY
        for one in _faces_of(user):
            if "_reach" in one.__dict__:
                return asking_of(one)
        if not any(name in statement for name in GUARDED_TABLES):
            return NOBODY
        is_reading = True
        try:
            return _read(user)
        finally:
            is_reading = False

    return asker


def _read(user: User) -> Asking:
    """Her reach, which whoever asks for it next need not read again."""
    made = asking_of(user)
    if "_reach" in user.__dict__:
        for one in _faces_of(user):
            one.__dict__.setdefault("_reach", user.__dict__["_reach"])
    return made


def _faces_of(user: Any) -> tuple[Any, ...]:
    """A request's user is known by two objects, one around the other; what was read once is kept by that which was asked."""
    return (user, user._wrapped) if issubclass(type(user), LazyObject) else (user,)


def _is_not_known_yet(user: Any) -> bool:
    """The session was not read yet: asking who it is would ask the database, which would ask who it is."""
    return issubclass(type(user), LazyObject) and user._wrapped is empty


def asks(user: User) -> Any:
    """A block in which this user asks."""
    return asked_by(asker_for(lambda: user))


class AskingMiddleware:
    """For the length of a request its user asks, and it is told what for; also one whom the API knows by a token only later on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = let_ask(asker_for(lambda: request.user))
        telling = let_tell(lambda: _done_in(request))
        try:
            return self.get_response(request)
        finally:
            tell_no_more(telling)
            ask_no_more(token)


def _done_in(request: HttpRequest) -> Doing:
    """Which page, by its name, and who, once she is known: nothing is asked for it."""
    user, match = request.user, request.resolver_match
    is_known = not _is_not_known_yet(user) and isinstance(user, User)
    return Doing(what=match.view_name if match else "", who=str(user.pk) if is_known else "", request=request_id.get())
