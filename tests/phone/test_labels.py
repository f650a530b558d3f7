"""Labels on her phone: the same page as the server's, alerts and blanks too, and nothing of a child's health among its sheets."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccmp.moments import day_of, now
from ccmp.phone.services.docs import sheets_for
from children.enums import CareKind, Hukou, IncapacityReason
from children.models import Child, Incapacity, PastHukou, Relative
from children.services.grounds import GroundEntry, note_ground
from tests.factories import make_child, parent
from tests.phone.same_page import on_the_phone, plain

pytestmark = pytest.mark.browser
LONG_AGO = date(2024, 3, 1)
IN_BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])


def families(mother):
    """A file of every label that rests on open facts, and files that leave something blank."""
    away = {"away_since": LONG_AGO, "away_where": "广东东莞"}
    both_away = make_child(mother, parents=(parent("51", **away), parent("52", **away)), born_on=date(2021, 1, 1))
    Relative.objects.filter(cares_for__child=both_away).update(died_on=date(2025, 1, 1))
    nobody = make_child(mother, parents=(parent("51", **away), parent("52", **away)), born_on=date(2014, 1, 1))
    nobody.guardianships.update(kind=CareKind.NONE, carer=None)
    orphan = make_child(mother, parents=(parent("51", died_on=LONG_AGO), parent("52", missing_since=LONG_AGO)))
    Relative.objects.filter(kinships__child=orphan, kinships__relation="52").update(
        declared_missing_on=date(2026, 3, 1)
    )
    weak = make_child(mother, parents=(parent("51", died_on=LONG_AGO), parent("52", missing_since=LONG_AGO)))
    held = make_child(mother, parents=(parent("51", died_on=LONG_AGO), parent("52")))
    prisoner = Relative.objects.get(kinships__child=held, kinships__relation="52")
    Incapacity.objects.create(
        relative=prisoner,
        reason=IncapacityReason.REHABILITATION,
        since=LONG_AGO,
        until=day_of(now()) + timedelta(days=9),
    )
    migrant = make_child(mother, parents=(parent("51"), parent("52")), born_on=date(2015, 1, 1))
    Child.objects.filter(pk=migrant.pk).update(hukou_county="520327", hukou_place="花坪镇", lives_here_since=LONG_AGO)
    PastHukou.objects.create(child=migrant, hukou=Hukou.URBAN, until=date(2020, 1, 1))
    blank = make_child(mother, parents=(parent("51", **away),), born_on=date(2020, 1, 1), carer=None)
    Child.objects.filter(pk=blank.pk).update(lives_here_since=LONG_AGO)
    return [both_away, nobody, orphan, weak, held, migrant, blank]


@IN_BOTH
def test_the_labels_of_every_sort_of_child_are_the_same(client, in_chromium, mother, language):
    mother.language = language
    mother.save(update_fields=["language"])
    children = families(mother)
    note_ground(entry=GroundEntry(child=children[3].id, kind="low_income", on=LONG_AGO), by=mother, at=now())

    client.force_login(mother)
    for child in children:
        address = reverse("children:file", args=[child.id])
        written = on_the_phone(in_chromium, mother, address, at=now())
        assert labels_in(written["html"]) == labels_in(client.get(address).content.decode())


def test_nothing_that_lies_sealed_goes_down_for_labels(mother):
    child = make_child(mother)
    before = sheet_of(mother)
    for kind in ("disability", "illness", "improper_care"):
        entry = GroundEntry(child=child.id, kind=kind, on=LONG_AGO, disability="hearing", level=2)
        note_ground(entry=entry, by=mother, at=now())

    assert sheet_of(mother) == before
    note_ground(entry=GroundEntry(child=child.id, kind="low_income", on=LONG_AGO), by=mother, at=now())
    assert sheet_of(mother)["means"] == {str(child.household_id): [["low_income", "2024-03-01"]]}


def labels_in(html):
    """The file's first section."""
    lines = plain(html)
    first = next(number for number, line in enumerate(lines) if line.startswith("<section aria-label="))
    return lines[first : lines.index("</section>", first)]


def sheet_of(user):
    return next(json.loads(json.dumps(one.doc.body)) for one in sheets_for(user, at=now()) if one.doc.id == "labels")
