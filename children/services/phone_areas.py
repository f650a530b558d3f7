"""The area codes that ID numbers of the village's own province begin with: by them the phone doubts a number, and guesses."""

from collections.abc import Iterator
from datetime import datetime

from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from children.rules.id_areas import Areas


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """Those that stand, and of the others the first day on which they no longer did. One query."""
    if user.post is None:
        return
    areas = sorted(Areas.of(user.post.place_code).ended.items())
    standing = " ".join(code for code, ended in areas if ended is None)
    yield Doc("areas", {"standing": standing, "ended": {code: ended.isoformat() for code, ended in areas if ended}})
