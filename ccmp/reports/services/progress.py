"""How far a month's reports are, as one reader sees them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from ccmp.moments import Month, day_of
from ccmp.people.models import User
from ccmp.people.reach import Somebody, may
from ccmp.reports.enums import ReportState
from ccmp.reports.models import MonthRun, Report
from ccmp.reports.rules import periods
from ccmp.reports.services.runs import enrolments_at

MOST_RUNS = 100


@dataclass(frozen=True)
class Progress:
    """One run's reports by how far they are. The shares are per cent of all, as texts for a drawing."""

    run: MonthRun
    done: int
    doing: int
    waiting: int
    failed: int
    done_share: str
    under_way_share: str

    @property
    def total(self) -> int:
        return self.done + self.doing + self.waiting + self.failed


@dataclass(frozen=True)
class Making:
    """What is being made: the run whose turn it is, if any, and how many more wait behind it."""

    progress: Progress | None
    behind: int


def running_for(user: Somebody) -> Making:
    runs = list(MonthRun.objects.visible_to(user).unfinished().order_by("started_at", "month", "id")[:MOST_RUNS])
    return Making(progress_of(runs[0], user), len(runs) - 1) if runs else Making(None, 0)


def progress_of(run: MonthRun, user: Somebody) -> Progress:
    rows = Report.objects.visible_to(user).filter(run=run).order_by().values_list("state").annotate(number=Count("pk"))
    numbers: dict[str, int] = dict(rows)
    done, failed = numbers.get(ReportState.PRINTED, 0), numbers.get(ReportState.FAILED, 0)
    doing = numbers.get(ReportState.COUNTING, 0) + numbers.get(ReportState.FROZEN, 0)
    total = max(1, sum(numbers.values()))
    return Progress(
        run=run,
        done=done,
        doing=doing,
        waiting=numbers.get(ReportState.QUEUED, 0),
        failed=failed,
        done_share=f"{100 * done / total:.1f}%",
        under_way_share=f"{100 * (done + doing) / total:.1f}%",
    )


def month_to_start(user: User, *, at: datetime) -> Month | None:
    """The newest month that is over and of which the reader's own place has no report yet, if she may make it."""
    post = user.post
    if post is None or not may(user, "reports.add_report", at_place=post.place_code):
        return None
    month = Month.of(day_of(at)).previous()
    if not periods.is_over(month, at=at):
        month = month.previous()
    held = Report.objects.visible_to(user).filter(month=str(month), place_code=post.place_code)
    return None if held.exists() or not enrolments_at(post.place_code, month) else month
