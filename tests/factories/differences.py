"""Two people who say different things of one child's file."""

from datetime import date

from ccmp.identifiers import new_id
from ccmp.people.models import User
from children.enums import Whereabouts
from children.models import Child
from children.rules.file_fields import texts_of
from children.services.correct import Correction, correct_file
from children.services.whereabouts import Change, change_whereabouts
from tests.factories.places import NOW


def say(child: Child, by: User, *, seen: dict[str, str] | None = None, **said: str) -> None:
    before = texts_of(Child.objects.select_related("household").get(pk=child.pk)) | (seen or {})
    correct_file(entry=Correction(new_id(), child.id, NOW, before | said, before), by=by, at=NOW)


def differ(child: Child, one: User, other: User) -> None:
    """The two say different things of the school, the way to the home, and where the father has been since 23 February."""
    first = {"school_stage": "primary", "address": ""}
    say(child, one, school_stage="junior", address="村口第一家")
    say(child, other, seen=first, school_stage="dropped_out", address="桥头")
    father = child.family[0].relative_id
    for by, place in ((one, "浙江义乌"), (other, "广东佛山")):
        seen = "away 2026-01-05 广东东莞"
        change = Change(Whereabouts.AWAY, date(2026, 2, 23), place, seen=seen)
        change_whereabouts(child=child, relative_id=father, change=change, by=by, at=NOW)
