"""Where a child belongs since when, beside its file: earlier stays, that it has left, the doors to leaving and moving."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from ccmp.people.models import User
from ccmp.refusals import permits
from children.enums import GoneWhy, MoveKind
from children.models import Child, Move, Transfer
from children.rules.moves import check_may_move
from children.services.beside import FilePart
from children.services.transfer_list import village_names


@dataclass(frozen=True)
class ToldStay:
    place: str
    since: date
    until: date
    why: str


def moves_part(child: Child, user: User, *, at: datetime) -> FilePart:
    """Three queries, and one for where somebody went who left."""
    stays = list(child.past_stays.order_by("since", "until", "id"))
    names = village_names([child.village_code, *(stay.village_code for stay in stays)])
    values = {
        "place": names[child.village_code],
        "here_since": child.here_since,
        "stays": [ToldStay(names[one.village_code], one.since, one.until, why_then(one.why)) for one in stays],
        "gone_on": child.gone_on,
        "gone_why": child.get_gone_why_display(),
        "gone_where": where_to(child),
        "transfer": Transfer.objects.visible_to(user).waiting().filter(child=child).first(),
        "may_move": permits(check_may_move, user, child),
    }
    return FilePart("children/nothing.html", "children/parts/gone_line.html", "children/parts/moves.html", values)


def why_then(why: str) -> str:
    """Why an earlier stay ended. Whoever belongs to a register since then neither died nor was there by mistake."""
    if why in (GoneWhy.DIED, GoneWhy.MISTAKEN):
        return _("%(why)s: that was noted by mistake") % {"why": GoneWhy(why).label}
    return str(GoneWhy(why).label)


def where_to(child: Child) -> str:
    """Where a child who moved away lives now, as its village noted it."""
    if child.gone_why != GoneWhy.LEFT or child.gone_on is None:
        return ""
    left = Move.objects.filter(child=child, kind=MoveKind.LEFT, on=child.gone_on).order_by("-recorded_at", "id").first()
    return left.where if left else ""
