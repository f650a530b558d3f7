"""What a mother's phone holds of visits and flags: one sheet for each child, what came back, and what is asked.

The deadline of a child is not sent: the phone works it out from the visits and flags, as the server does
(ccmp/static/js/phone/rules/due.js). So a visit that is recorded without a network moves it at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import translation

from ccmp.moments import CHINA, day_of
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from ccmp.places.rules.standards import values_in_turn
from children.models import Child
from visits.enums import FlagState, Outcome
from visits.models import Flag, FlagClock, FlagMove, Visit, VisitDeadline
from visits.rules.checklists import CURRENT, Checklist, checklist
from visits.rules.flag_kinds import kind_rules
from visits.services.child_marks import HALF_A_YEAR, VISITS_SHOWN, flags_elsewhere
from visits.services.news import news_for

IN_FULL = 2  # the newest visits of a child go down with their answers and notes; of the others what a list shows
LOOKED_AT = 20  # as many visits of a child as its file looks at for the drawing of half a year
FLAGS_KEPT = 12
NEWS_KEPT = 12
LIST_NOTE = 60  # so much of a visit's note stands in a list
STANDARDS = ("visits.", "flags.")


def docs(user: User, *, at: datetime) -> Iterator[Doc]:
    """The sheets of visits and flags. Eleven queries, however many children."""
    visits, flags, carried, elsewhere = _visits(user, at=at), _flags(user, at=at), _carried(user), _elsewhere(user)
    for child_id in _children(user, at=at, also={*flags} - {None}):
        body = {
            "visits": visits.get(child_id),
            "flags": flags.get(child_id),
            "due": carried.get(child_id),
            "elsewhere": elsewhere.get(child_id),
        }
        if any(body.values()):
            yield Doc(f"visits:{child_id}", _filled(body))
    for flag in flags.get(None, []):
        yield Doc(f"flag:{flag['id']}", flag)
    yield Doc("checklist", what_is_asked())
    yield Doc("news", {language: _news(user, language, at=at) for language, _name in settings.LANGUAGES})


def _children(user: User, *, at: datetime, also: Iterable[UUID | None]) -> list[UUID]:
    """The register of the day, and whoever left it lately, or with a flag that is still shown."""
    seen = Child.objects.visible_to(user)
    lately = Q(pk__in=list(also)) | Q(gone_on__gt=day_of(at) - HALF_A_YEAR)
    wanted = seen.in_register(on=day_of(at)) | seen.filter(lately)
    return list(wanted.order_by("id").values_list("id", flat=True))


def _visits(user: User, *, at: datetime) -> dict[UUID, list[dict[str, Any]]]:
    """By child, the newest first: the last two and the last that counted, and whatever lies within half a year.

    A village of 540 children that is visited for years must not grow on the phone.
    """
    order = [F("made_at").desc(), F("id").asc()]
    rows = Visit.objects.visible_to(user).annotate(
        nth=Window(RowNumber(), partition_by=[F("child")], order_by=order),
        nth_of_outcome=Window(RowNumber(), partition_by=[F("child"), F("outcome")], order_by=order),
    )
    in_full = Q(nth__lte=IN_FULL) | Q(nth_of_outcome=1, outcome=Outcome.COMPLETED)
    lately = Q(nth__lte=LOOKED_AT, made_at__gt=at - HALF_A_YEAR)
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for visit in rows.filter(in_full | lately).order_by("child", "nth"):
        is_last_that_counted = visit.nth_of_outcome == 1 and visit.outcome == Outcome.COMPLETED
        if visit.nth <= IN_FULL or is_last_that_counted:
            found[visit.child_id].append(_full(visit))
        else:
            found[visit.child_id].append(_listed(visit) if visit.nth <= VISITS_SHOWN else _drawn(visit))
    return dict(found)


def _carried(user: User) -> dict[UUID, list[str]]:
    """[level, due_on, rule]: what was due to a child when it came back or over from another village. One query."""
    moved = VisitDeadline.objects.visible_to(user).filter(
        set_on=F("child__here_since"),
        child__here_since__gt=F("child__registered_on"),
        village_code=F("child__village_code"),
    )
    rows = moved.order_by("child", "id").distinct("child")
    return {one.child_id: [one.level, one.due_on.isoformat(), one.rule] for one in rows}


def _elsewhere(user: User) -> dict[UUID, list[list[str]]]:
    """[kind, severity, state, day] of what another county or village is still working on for a child. One query."""
    found: dict[UUID, list[list[str]]] = defaultdict(list)
    for flag in flags_elsewhere(Child.objects.visible_to(user)):
        if flag.child_id is not None:
            day = day_of(flag.raised_at).isoformat()
            found[flag.child_id].append([flag.kind, flag.severity, flag.state, day])
    return dict(found)


def _drawn(visit: Visit) -> dict[str, Any]:
    """A point of the drawing."""
    return _filled({"at": _moment(visit.made_at), "level": visit.level if visit.score is not None else "", "listed": 1})


def _listed(visit: Visit) -> dict[str, Any]:
    """A visit of which only the list's part goes down."""
    return _brief(visit) | {"listed": True}


def _brief(visit: Visit) -> dict[str, Any]:
    """What a list of visits shows, and what the drawing needs."""
    return _filled(
        {
            "id": str(visit.id),
            "at": _moment(visit.made_at),
            "how": "" if visit.outcome == Outcome.COMPLETED else visit.outcome,
            "level": visit.level if visit.score is not None else "",
            "alone": visit.seen_alone,
            "note": visit.note[: LIST_NOTE + 1],
        }
    )


def _full(visit: Visit) -> dict[str, Any]:
    asked = checklist(visit.checklist)
    return _brief(visit) | _filled(
        {
            "list": visit.checklist if visit.checklist != CURRENT else None,
            "answers": _answers(visit, asked),
            "notes": visit.notes,
            "note": visit.note,
            "because": visit.not_alone_because,
            "override": visit.override,
        }
    )


def _answers(visit: Visit, asked: Checklist) -> str:
    """One digit an item, in the checklist's order; "-" was not asked. "" when nothing was."""
    if not visit.answers:
        return ""
    return "".join(str(visit.answers.get(item.id, "-")) for item in asked.items)


def _flags(user: User, *, at: datetime) -> dict[UUID | None, list[dict[str, Any]]]:
    """By child (None: nobody knew the name), the newest first."""
    nth = Window(RowNumber(), partition_by=[F("child")], order_by=[F("raised_at").desc(), F("id").asc()])
    rows = Flag.objects.visible_to(user).annotate(nth=nth).filter(nth__lte=FLAGS_KEPT)
    is_open = ~Q(state__in=[FlagState.CLOSED, FlagState.DISMISSED])
    rows = rows.filter(Q(child__isnull=False) | is_open | Q(raised_at__gt=at - HALF_A_YEAR))
    flags = list(rows.order_by("child", "nth"))
    ids = [flag.id for flag in flags]
    clocks, moves = defaultdict(list), defaultdict(list)
    for clock in FlagClock.objects.filter(flag__in=ids).most_urgent_first():
        clocks[clock.flag_id].append([clock.kind, *map(_moment, (clock.started_at, clock.due_at, clock.stopped_at))])
    for move in FlagMove.objects.filter(flag__in=ids).order_by("-at", "-id"):
        moves[move.flag_id].append([move.went_to, _moment(move.at)])
    found: dict[UUID | None, list[dict[str, Any]]] = defaultdict(list)
    for flag in flags:
        found[flag.child_id].append(_flag(flag) | _filled({"clocks": clocks[flag.id], "moves": moves[flag.id]}))
    return dict(found)


def _flag(flag: Flag) -> dict[str, Any]:
    return _filled(
        {
            "id": str(flag.id),
            "kind": flag.kind,
            "severity": flag.severity,
            "state": flag.state,
            "at": _moment(flag.raised_at),
            "words": flag.child_words,
            "seen": flag.seen,
            "situation": flag.situation,
            "answer": flag.answer,
            "police_at": _moment(flag.police_told_at),
            "police_whom": flag.police_told_whom,
        }
    )


def _news(user: User, language: str, *, at: datetime) -> list[dict[str, Any]]:
    """What came back, in one language: its words are made here, so that each floor may say its own."""
    with translation.override(language):
        return [
            _filled(
                {
                    "who": one.who,
                    "about": one.about,
                    "word": str(one.word),
                    "state": one.state,
                    "text": one.text,
                    "url": one.url,
                    "at": _moment(one.at),
                    "waits": one.waits_for_reader,
                }
            )
            for one in news_for(user, at=at)[:NEWS_KEPT]
        ]


def what_is_asked() -> dict[str, Any]:
    """Every checklist, what each kind of flag is by itself, and the standards that set the days."""
    return {
        "current": CURRENT,
        "lists": {str(asked.version): _checklist(asked) for asked in map(checklist, range(1, CURRENT + 1))},
        "kinds": {
            kind: _filled({"severity": rule.severity, "makes_high": rule.makes_high})
            for kind, rule in kind_rules().items()
        },
        "standards": values_in_turn(STANDARDS),
    }


def _checklist(asked: Checklist) -> dict[str, Any]:
    items = [
        _filled(
            {
                "id": item.id,
                "weight": item.weight,
                "zh": item.zh,
                "en": item.en,
                "danger_is_high": item.danger_is_high,
                "report": item.report,
                "mandatory": item.mandatory,
            }
        )
        for item in asked.items
    ]
    return {
        "version": asked.version,
        "medium_from": asked.medium_from,
        "high_from": asked.high_from,
        "items": items,
    }


def _moment(moment: datetime | None) -> str:
    """ISO in China's time; no finer than it has to be."""
    if moment is None:
        return ""
    local = moment.astimezone(CHINA)
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def _filled(body: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty; a No is something."""
    return {key: value for key, value in body.items() if value or (value is False and key == "alone")}
