"""Who has looked at a child, as the paper for the guardian tells it."""

from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.audit.reading import lines_of
from ccmp.audit.record import record
from children.services.looks import by_days, looks_at
from tests.factories import moment


def test_the_paper_goes_by_days_however_late_a_line_came(mother, officer, child):
    """What a phone held for days is written into the trail behind what was done meanwhile."""
    before = AuditEntry.objects.latest("id").pk
    for by, day in ((mother, "2026-03-11"), (officer, "2026-03-12"), (mother, "2026-03-09"), (officer, "2026-03-12")):
        record(by=by, at=moment(f"{day} 10:00"), did="read", on=child)

    looks = by_days(lines_of(list(looks_at(child).filter(pk__gt=before))))

    told = [(look.on.day, look.role, look.times) for look in looks]
    assert [(day, times) for day, _role, times in told] == [(12, 2), (11, 1), (9, 1)]
    assert told[0][1] != told[1][1] == told[2][1]


def test_the_page_goes_by_the_moment_too(client, mother, officer, child):
    before = AuditEntry.objects.latest("id").pk
    for day in ("2026-03-11", "2026-03-12", "2026-03-09"):
        record(by=mother, at=moment(f"{day} 10:00"), did="read", on=child)
    client.force_login(officer)

    page = client.get(reverse("children:looks", args=[child.pk])).context["page"]

    assert [one.at.day for one in page if one.pk > before and one.by == mother] == [12, 11, 9]
