"""A recorded visit as its page tells it, and where to go on from there."""

from dataclasses import dataclass
from datetime import date, datetime

from ccmp.moments import day_of
from ccmp.people.models import User
from visits.enums import FlagKind
from visits.models import Flag, Visit, VisitDeadline
from visits.rules.checklists import DANGER, FINE, WORRY, Item, checklist
from visits.services.due_homes import WEEK_AHEAD, deadlines_due


@dataclass(frozen=True)
class Answer:
    item: Item
    rating: int
    note: str

    @property
    def state(self) -> str:
        return {FINE: "met", WORRY: "short", DANGER: "danger"}[self.rating]


@dataclass(frozen=True)
class ToReport:
    """A danger that asks for a flag which has not been raised yet."""

    item: Item
    kind: FlagKind


@dataclass(frozen=True)
class VisitPage:
    visit: Visit
    answers: list[Answer]
    not_asked: int
    to_report: list[ToReport]
    flags: list[Flag]
    deadline: VisitDeadline | None
    others_at_home: list[VisitDeadline]
    on: date

    @property
    def is_urgent(self) -> bool:
        return any(one.item.mandatory for one in self.to_report)


def visit_page(visit: Visit, user: User, *, at: datetime) -> VisitPage:
    """The answers with the worst first, what has still to be reported, and who else at that home is due."""
    on, asked = day_of(at), checklist(visit.checklist)
    answers = [
        Answer(item, visit.answers[item.id], visit.notes.get(item.id, ""))
        for item in asked.items
        if item.id in visit.answers
    ]
    answers.sort(key=lambda one: -one.rating)
    flags = list(
        Flag.objects.visible_to(user).filter(child=visit.child_id, raised_at__gte=visit.made_at).newest_first()
    )
    raised = {flag.kind for flag in flags}
    dangers = [one.item for one in answers if one.rating == DANGER and one.item.report]
    due = deadlines_due(user, by=on + WEEK_AHEAD, on=on).filter(child__household=visit.child.household_id)
    return VisitPage(
        visit=visit,
        answers=answers,
        not_asked=len(asked.items) - len(answers),
        to_report=[ToReport(item, FlagKind(item.report)) for item in dangers if item.report not in raised],
        flags=flags,
        deadline=VisitDeadline.objects.visible_to(user).running().filter(child=visit.child_id).first(),
        others_at_home=list(due.exclude(child=visit.child_id)),
        on=on,
    )
