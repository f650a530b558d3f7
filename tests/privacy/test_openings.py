"""Breaking the glass: one child outside one's reach, for some hours, with a reason; its county knows at once and judges."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ccmp import moments
from ccmp.audit.models import AuditEntry
from ccmp.privacy.enums import Verdict, WhyOpened
from ccmp.privacy.models import Opening
from ccmp.privacy.services.openings import BadOpening, Need, break_glass, judge_opening
from ccmp.refusals import NotAllowed
from children.models import Child
from children.rules.transfers import NoSuchFile
from tests import factories
from tests.signing_in import Client

NUMBER = "520323201406010043"
WORDS = "孩子独自在凤冈车站被找到，派出所在问。"


@pytest.fixture
def far_child(mother):
    return factories.make_child(mother, name="陈雨欣", resident_id=NUMBER)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="ccmp.people.backends.PostingBackend")
    return client


def opened(by, at=None, number=NUMBER, words=WORDS):
    return break_glass(need=Need(number, WhyOpened.FOUND, words), by=by, at=at or moments.now())


def test_it_opens_this_one_file_to_this_one_person_for_a_day(far_child, mother, other_county_officer):
    factories.make_child(mother, name="陈雨轩")
    typed = {"resident_id": NUMBER, "why": "found", "words": WORDS}
    client = signed_in(other_county_officer)

    answer = client.post(reverse("privacy:open"), typed, follow=True)

    opening = Opening.objects.get()
    assert "陈雨欣" in answer.content.decode()
    assert "陈雨轩" not in answer.content.decode()
    assert NUMBER not in answer.content.decode()
    assert opening.ends_at - opening.began_at == timedelta(hours=24)
    assert client.get(reverse("children:file", args=[far_child.id])).status_code == 404
    assert not Child.objects.visible_to(other_county_officer).exists()
    somebody = factories.make_county_officer(factories.FENGGANG)
    assert signed_in(somebody).get(reverse("privacy:opened", args=[opening.pk])).status_code == 404
    acts = AuditEntry.objects.filter(on_id=str(far_child.id), by=other_county_officer).order_by("id")
    assert list(acts.values_list("did", flat=True)) == ["broke the glass", "read"]


def test_after_its_hours_it_is_closed(far_child, other_county_officer):
    begun = moments.now() - timedelta(hours=25)
    opening = opened(other_county_officer, at=begun)

    answer = signed_in(other_county_officer).get(reverse("privacy:opened", args=[opening.pk]))

    assert answer.status_code == 404
    for at, holds in ((begun, True), (opening.ends_at, False)):
        assert opening.is_open_to(other_county_officer, at=at) is holds
        assert Opening.objects.visible_to(other_county_officer, opened_at=at).exists() is holds


def test_its_county_sees_it_the_same_minute_with_who_and_why_and_judges(far_child, officer, other_county_officer):
    opening = opened(other_county_officer)
    client = signed_in(officer)

    page = client.get(reverse("privacy:openings")).content.decode()
    client.post(reverse("privacy:judge", args=[opening.pk]), {"verdict": "right", "words": ""})

    assert all(word in page for word in ("陈雨欣", other_county_officer.full_name, WORDS))
    opening.refresh_from_db()
    assert (opening.verdict, opening.judged_by) == ("right", officer)
    assert "陈雨欣" not in signed_in(other_county_officer).get(reverse("privacy:openings")).content.decode()


def test_the_number_beside_its_door_is_how_many_wait_to_be_judged(far_child, officer, other_county_officer):
    client, mark = signed_in(officer), '<span class="rail-count" data-state="short">1</span>'
    assert mark not in client.get(reverse("privacy:openings")).content.decode()

    opened(other_county_officer)

    assert mark in client.get(reverse("privacy:openings")).content.decode()


def test_one_word_is_no_reason_and_without_the_whole_number_nothing_opens(far_child, other_county_officer):
    with pytest.raises(BadOpening):
        opened(other_county_officer, words="急")
    with pytest.raises(NoSuchFile):
        opened(other_county_officer, number="520323201406010027")
    assert not Opening.objects.exists()


def test_nobody_breaks_the_glass_to_her_own_register_and_no_mother_at_all(far_child, officer, other_mother):
    with pytest.raises(BadOpening):
        opened(officer)
    with pytest.raises(NotAllowed):
        opened(other_mother)


def test_who_opened_it_does_not_judge_it(far_child, officer, other_county_officer):
    opening = opened(other_county_officer)
    Opening.objects.filter(pk=opening.pk).update(by=officer)

    with pytest.raises(NotAllowed):
        judge_opening(opening_id=opening.pk, verdict=Verdict.RIGHT, words="", by=officer, at=moments.now())
    with pytest.raises(NotAllowed):
        judge_opening(opening_id=opening.pk, verdict=Verdict.RIGHT, words="", by=other_county_officer, at=moments.now())
