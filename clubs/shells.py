"""The club's pages that open on her phone without a network."""

from typing import Any

from ccmp.web.shells.shell import Shell
from clubs.forms.phone import ActivityForm, ClosureForm, OpeningTimesForm, RollForm, SessionForm


def _week() -> dict[str, Any]:
    return {"days": OpeningTimesForm().days()}


SHELLS = (
    Shell("clubs:club", "clubs/club.html"),
    Shell("clubs:club", "clubs/none.html"),
    Shell("clubs:open", posts=True),
    Shell("clubs:close", posts=True),
    Shell("clubs:session", "clubs/session.html", forms=lambda: {"form": RollForm()}, posts=True),
    Shell("clubs:enter-session", "clubs/enter.html", forms=lambda: {"form": SessionForm()}, posts=True),
    Shell("clubs:activity", "clubs/activity.html", forms=lambda: {"form": ActivityForm()}, posts=True),
    Shell("clubs:ask-closure", "clubs/closure.html", forms=lambda: {"form": ClosureForm()}, posts=True),
    Shell("clubs:times", "clubs/times.html", forms=lambda: {"form": OpeningTimesForm()}, closed=_week, posts=True),
)
