"""What came back from the county for a village: the county's own answers, and what higher floors add to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ccmp.people.models import User
from visits.enums import FlagState
from visits.models import Flag, FlagMove

KEPT = timedelta(days=30)  # how long an answer stands on the first page; the child's file keeps it


@dataclass(frozen=True)
class News:
    """One answer: who gave it, what became of it (a state's shape and word), in which words, and where to read on."""

    who: str
    about: str
    word: str
    state: str
    text: str
    url: str
    at: datetime
    waits_for_reader: bool = False


def news_for(user: User, *, at: datetime) -> list[News]:
    """Answers of the last days; those that wait for the reader first, then the newest."""
    found = _answers(user, since=at - KEPT)
    for more in settings.NEWS_FROM_THE_COUNTY:
        found += import_string(more)(user, since=at - KEPT)
    return sorted(found, key=lambda one: (not one.waits_for_reader, -one.at.timestamp(), one.url))


def _answers(user: User, *, since: datetime) -> list[News]:
    told = [FlagState.ACKNOWLEDGED, FlagState.DISMISSED, FlagState.CLOSED]
    flags = Flag.objects.visible_to(user).filter(state__in=told)
    moves = FlagMove.objects.filter(flag__in=flags, at__gte=since, went_to__in=told).exclude(why="")
    moves = moves.exclude(flag__moves__went_to=FlagState.REFERRED)  # of those the departments' tasks tell
    newest = moves.select_related("flag__child", "by").order_by("flag", "-at", "-id").distinct("flag")
    return [_said(move) for move in newest]


def _said(move: FlagMove) -> News:
    state = {FlagState.CLOSED: "met", FlagState.DISMISSED: "exempt"}.get(FlagState(move.flag.state), "")
    county = _("The county")
    return News(
        who=f"{county}·{move.by.full_name}",
        about=str(move.flag.child or move.flag.child_words),
        word=move.flag.get_state_display(),
        state=state,
        text=move.why,
        url=reverse("visits:flag", args=[move.flag_id]),
        at=move.at,
    )
