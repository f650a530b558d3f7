"""The phones of the villages at the desk."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.people.services.postings import end_posting
from ccmp.phone.models import OutboxEntry, Phone
from ccmp.phone.services.entry_read import PAGE_OF, WORDS
from ccmp.phone.services.kinds import KINDS
from ccmp.phone.services.outbox import take_outbox
from ccmp.phone.services.pack import pack, pages_that_post
from ccmp.phone.services.phones import revoke_phone, set_up_phone
from tests import factories
from tests.factories import CLOUD_FOOT, FENGGANG_VILLAGE, STONE_SHOOT
from tests.phone.calling import signed_in

HEARD, UNHEARD = timedelta(hours=5), timedelta(days=4, hours=2)


def a_phone(user, *, since=HEARD, **facts):
    phone = set_up_phone(phone_id=new_id(), label="Chrome · Android", by=user, at=now()).phone
    heard = now() - since
    Phone.objects.filter(pk=phone.pk).update(made_at=heard, last_contact_at=heard, **facts)
    return Phone.objects.get(pk=phone.pk)


def refused_entry(user, body, kind="visit", made_at=None):
    sent = {"id": str(new_id()), "kind": kind, "made_at": (made_at or now()).isoformat(), "body": body}
    take_outbox(entries=[sent], by=user, phone=None, at=now(), clock=now())
    return OutboxEntry.objects.get(pk=sent["id"])


def read(user, name="phones:list", *args, **query):
    return signed_in(user).get(reverse(name, args=args), query)


def holders(page):
    return [line.phone.user.full_name for line in page.context["rows"]]


def test_who_was_not_heard_of_for_longest_stands_first(mother, other_mother, officer):
    a_phone(mother, waiting=2)
    a_phone(other_mother, since=UNHEARD)

    page = read(officer)

    assert holders(page) == ["欧阳慧敏", "罗小琴"]
    assert [line.is_unheard for line in page.context["rows"]] == [True, False]
    assert "1 部手机 3 天没同步" in page.content.decode()
    assert "4 天没同步" in page.content.decode()


def test_the_tab_of_the_unsynced_shows_them_alone(mother, other_mother, officer):
    a_phone(mother)
    a_phone(other_mother, since=UNHEARD)

    assert holders(read(officer, tab="unheard")) == ["欧阳慧敏"]


def test_what_a_phone_told_last_is_told(mother, officer):
    a_phone(mother, waiting=6, refused=1, oldest_waiting_at=factories.NOW, skew_seconds=-9 * 60)

    text = read(officer).content.decode()

    assert "6 条" in text
    assert "最早 2026-03-12" in text
    assert "慢 9 分" in text


def test_a_clock_that_is_off_by_two_minutes_is_nobodys_fault(mother, officer):
    a_phone(mother, skew_seconds=120)

    (line,) = read(officer).context["rows"]

    assert line.skew == ""


def test_the_township_sees_its_villages_and_takes_nothing_out_of_use(mother, other_mother, officer):
    a_phone(mother)
    a_phone(factories.make_mother(factories.PEAR_GARDEN, name="石小凤"))
    supervisor = factories.make_supervisor()

    page = read(supervisor)

    assert holders(page) == ["罗小琴"]
    assert "/revoke/" not in page.content.decode()
    assert "/people/" not in page.content.decode()


def test_another_county_sees_none_of_it(mother, other_county_officer, officer):
    phone = a_phone(mother)
    child = factories.make_child(mother)
    entry = refused_entry(mother, {"child": str(child.id), "outcome": "nonsense"})

    assert holders(read(other_county_officer)) == []
    assert read(other_county_officer, "phones:revoke", phone.id).status_code == 404
    assert read(other_county_officer, "phones:entry", entry.id).status_code == 404


def test_a_mother_has_no_list_of_phones(mother):
    assert read(mother).status_code == 403


def test_it_is_narrowed_by_township_and_by_name(mother, officer):
    a_phone(mother)
    a_phone(factories.make_mother(factories.PEAR_GARDEN, name="石小凤"))

    assert holders(read(officer, area="520323101")) == ["石小凤"]
    assert holders(read(officer, q="云脚")) == ["罗小琴"]


def test_who_left_her_post_is_told_apart(mother, officer):
    a_phone(mother)
    end_posting(posting_id=mother.postings.get().id, ends_at=now() - timedelta(minutes=1), by=officer, at=now())

    assert "已不在岗" in read(officer).content.decode()


def test_before_a_phone_goes_out_of_use_it_is_named_and_told_what_happens(mother, officer):
    phone = a_phone(mother, waiting=3)

    asked = read(officer, "phones:revoke", phone.id)

    text = asked.content.decode()
    assert "停用云脚村 罗小琴的手机" in text
    assert "上次联系时，手机里还有 3 条没送出" in text
    assert not Phone.objects.get().is_revoked


def test_a_phone_is_taken_out_of_use_from_its_page(mother, officer):
    phone = a_phone(mother)
    client = signed_in(officer)

    answer = client.post(reverse("phones:revoke", args=[phone.id]), follow=True)

    assert Phone.objects.get().revoked_by == officer
    assert "罗小琴的手机已停用" in answer.content.decode()
    assert client.post(reverse("phones:revoke", args=[phone.id])).status_code == 409


def test_out_of_use_and_whether_it_knows(mother, other_mother, officer):
    told, untold = a_phone(mother), a_phone(other_mother)
    for phone in (told, untold):
        revoke_phone(phone_id=phone.id, by=officer, at=now() - timedelta(hours=1))
    Phone.objects.filter(pk=told.pk).update(last_contact_at=now())

    text = read(officer, tab="revoked").content.decode()

    assert "已清空" in text
    assert "还没联系上" in text
    assert holders(read(officer)) == []


@pytest.mark.parametrize("tab", ["in-use", "unheard", "entries", "revoked"])
def test_an_empty_list_says_what_will_stand_there(officer, tab):
    assert 'class="empty"' in read(officer, tab=tab).content.decode()


def test_the_rail_counts_the_unsynced(mother, other_mother, officer):
    a_phone(mother, since=UNHEARD)
    a_phone(other_mother)

    page = read(officer, "people:list")

    assert '<span class="rail-count" data-state="short">1</span>' in page.content.decode()


def test_a_persons_page_tells_of_her_phone_to_whom_it_concerns(mother, officer):
    a_phone(mother, since=UNHEARD, waiting=2)

    assert "4 天没同步" in read(officer, "people:person", mother.id).content.decode()
    elsewhere = read(factories.make_administrator(), "people:person", mother.id)
    assert "phones-title" not in elsewhere.content.decode()


def test_the_list_costs_the_same_queries_for_one_phone_as_for_three(mother, other_mother, officer):
    a_phone(mother)
    client = signed_in(officer)
    client.get(reverse("phones:list"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("phones:list"))
    a_phone(other_mother)
    a_phone(factories.make_mother(factories.PEAR_GARDEN))

    with CaptureQueriesContext(connection) as three:
        client.get(reverse("phones:list"))

    assert len(three) == len(one)


# ------------------------------------------------------------------------------------------------- what was refused


def test_refused_entries_stand_in_the_list_with_their_reason(mother, officer):
    child = factories.make_child(mother)
    entry = refused_entry(mother, {"child": str(child.id), "outcome": "nonsense"})

    page = read(officer, tab="entries")

    assert [row for row, _kind in page.context["rows"]] == [entry]
    text = page.content.decode()
    assert "家访" in text
    assert entry.reason in page.context["rows"][0][0].reason


def test_a_refused_entry_is_read_with_the_labels_of_its_form(mother, officer):
    child = factories.make_child(mother, name="陈雨欣")
    entry = refused_entry(
        mother,
        {
            "path": reverse("visits:record", args=[child.id]),
            "query": "",
            "fields": {
                "id": [str(new_id())],
                "outcome": ["completed"],
                "made_at": ["2026-03-11T15:00"],
                "note": ["奶奶说改天再来"],
            },
        },
        kind="visits:record",
    )

    page = read(officer, "phones:entry", entry.id)

    told = {field.label: field.value for field in page.context["read"].fields}
    assert told["访到了吗？"] == "访到了"
    assert "奶奶说改天再来" in told.values()
    assert "id" not in told
    assert page.context["read"].about == [child]
    assert "陈雨欣" in page.content.decode()


def test_what_no_page_can_show_is_left_out_when_it_is_read(mother, officer):
    entry = refused_entry(mother, {"child": "\ud800", "no\ud800te": "门\ud800开\x00着"})

    text = read(officer, "phones:entry", entry.pk).content.decode()

    assert "门开着" in text


def test_reading_it_is_noted(mother, officer):
    child = factories.make_child(mother)
    entry = refused_entry(mother, {"child": str(child.id), "outcome": "nonsense"})

    read(officer, "phones:entry", entry.id)

    noted = AuditEntry.objects.get(did="read", on_id=str(entry.id))
    assert (noted.by, noted.village_code) == (officer, CLOUD_FOOT)


def test_a_child_out_of_reach_is_not_named_by_an_entry(mother, officer):
    elsewhere = factories.make_child(factories.make_mother(FENGGANG_VILLAGE), FENGGANG_VILLAGE, name="杨小妹妹")
    entry = refused_entry(mother, {"child": str(elsewhere.id), "outcome": "nobody_home"})

    page = read(officer, "phones:entry", entry.id)

    assert "杨小妹妹" not in page.content.decode()
    assert str(elsewhere.id) not in page.content.decode()


def test_an_entry_that_she_put_right_keeps_nothing_at_the_desk(mother, officer):
    child = factories.make_child(mother)
    entry = refused_entry(mother, {"child": str(child.id), "outcome": "nonsense"})
    OutboxEntry.objects.filter(pk=entry.pk).update(state="kept", reason="", body="")

    page = read(officer, "phones:entry", entry.id)

    assert "她已改好，收下了" in page.content.decode()
    assert read(officer, tab="entries").context["counts"].entries == 0


def test_every_kind_of_entry_has_its_words():
    assert {*pages_that_post()} <= {*WORDS}
    assert {*KINDS} == {*PAGE_OF}
    assert {*PAGE_OF.values()} <= {*WORDS}


@pytest.mark.browser
def test_her_phone_has_the_same_words_for_them(in_chromium):
    language = "zh-hans"
    said = in_chromium(
        """async (load, {kinds, pack}) => {
            (await load("words.js")).speak(pack.words);
            const entry = (kind) => ({ id: kind, kind, state: "waiting", path: "", query: "", fields: {} });
            const docs = new Map([["phone", { entries: kinds.map(entry), contact_at: 0, days: 30 }]]);
            const { phone } = (await load("pages/phone.js")).pages["phone:outbox"]({ docs, me: {}, pack });
            return phone.waiting.map(({ id, kind }) => [id, kind]);
        }""",
        {"kinds": sorted(pages_that_post()), "pack": json.loads(pack(language).body)},
    )

    with translation.override(language):
        on_the_desk = {kind: str(WORDS[kind]) for kind in pages_that_post()}
    assert dict(said) == on_the_desk | {"people:account": "我的"}  # her own bar calls it so


def test_the_filter_keeps_to_the_reach(mother, officer):
    a_phone(mother)

    assert holders(read(officer, area=STONE_SHOOT)) == ["罗小琴"]  # no area of this filter: it is left aside
