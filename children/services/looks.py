"""Who has looked at a child: on a page of the county, and on a paper for the guardian."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from ccmp.audit.models import AuditEntry, EntryQuerySet
from ccmp.audit.reading import Line, lines_of
from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.enums import Role
from ccmp.people.models import User
from children.models import Child
from children.rules.looks import KEPT_BACK_ENDPOINTS, KEPT_BACK_KINDS, KEPT_BACK_PAGES, SEALED_KINDS

PAPER_GOES_BACK = timedelta(days=365)
LANGUAGE = "zh-hans"


@dataclass(frozen=True)
class Look:
    """What one office did with a child's file on one day, and how often."""

    on: date
    role: str
    serves_at: str
    did: str
    about: str
    times: int


def looks_at(child: Child) -> EntryQuerySet:
    """All that was seen and done of a child, the newest first; of grounds and applications the file itself tells."""
    told = AuditEntry.objects.about(child.pk).exclude(on_kind__in=SEALED_KINDS)
    return told.select_related("by").newest_first()


def told_to_a_guardian(child: Child, *, since: datetime) -> EntryQuerySet:
    """Without what is kept back by law: see `children.rules.looks`."""
    kept_back = Q()
    for kind in KEPT_BACK_KINDS:
        kept_back |= Q(on_kind__startswith=kind)
    for page in KEPT_BACK_PAGES + KEPT_BACK_ENDPOINTS:
        kept_back |= Q(on_kind="page", on_id__startswith=page)
    return looks_at(child).filter(at__gte=since).exclude(kept_back)


def print_looks(child: Child, reader: User, *, at: datetime) -> bytes:
    """The paper for the guardian: offices and not people, by days. In Chinese, whatever the reader's language."""
    from ccmp.web.pdf import pdf_of  # WeasyPrint takes a second to import, and most workers never print

    with translation.override(LANGUAGE):
        looks = by_days(lines_of(list(told_to_a_guardian(child, since=at - PAPER_GOES_BACK))))
        shown = {"child": child, "looks": looks, "on": day_of(at), "since": day_of(at - PAPER_GOES_BACK)}
        html = render_to_string("children/looks_paper.html", shown | {"reader": reader})
    return pdf_of(html, identifier=new_id().bytes)


def by_days(lines: Iterable[Line]) -> list[Look]:
    """One for each day, office and kind of thing, in the order of the lines. What the program did by itself is nobody's look."""
    times: dict[tuple[date, str, str, str, str], int] = {}
    for line in lines:
        if line.by is not None and not _is_of_a_department(line):
            key = (day_of(line.at), line.role, line.serves_at, line.did, line.about)
            times[key] = times.get(key, 0) + 1
    return [Look(*key, number) for key, number in times.items()]


def _is_of_a_department(line: Line) -> bool:
    """A department sees a child by a referral alone."""
    return line.post is not None and line.post.role == Role.DEPARTMENT_OFFICER
