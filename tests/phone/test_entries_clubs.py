"""What she writes down of the club: it stands on the phone at once as the server will have it, or is refused with the
sentence that the server would say."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from ccmp.identifiers import new_id
from ccmp.moments import CHINA, DAY, Month, monday_of, now
from ccmp.people.models import User
from children.models import Child
from clubs.models import Club, ClubSession
from tests.factories import make_child
from tests.phone.same_page import Ask, on_the_phone, plain
from tests.phone.sending import of_page, take
from tests.phone.test_pages_clubs import on, opened, today
from tests.signing_in import Client

pytestmark = pytest.mark.browser

ASK = """async (load, {pack, docs, entries, address, now, fields}) => {
  const {askedOf, pageAt, villageOf} = await load("page.js");
  const {checks, done} = await load("pages/index.js");
  const {speak} = await load("words.js");
  speak(pack.words);
  const url = new URL(address, "http://phone.test");
  const asked = askedOf({pack, docs: villageOf(new Map(docs), entries), url, now: new Date(now), id: () => ""});
  const {page} = pageAt(pack, url);
  const entry = {kind: page, path: url.pathname, fields, state: "waiting", made_at: now};
  return {wrong: checks[page]?.(asked, fields) ?? {}, done: done[page](asked, entry)};
}"""


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def opens(moment: datetime) -> dict[str, Any]:
    return of_page("clubs:open", made=clock(moment))


def made_by(entry: dict[str, Any]) -> str:
    """The id that the form of an entry names."""
    return str(entry["body"]["fields"]["id"][0])


def closes(entry: dict[str, Any] | str, moment: datetime, **fields: str) -> dict[str, Any]:
    return of_page("clubs:close", made_by(entry) if isinstance(entry, dict) else entry, made=clock(moment), **fields)


def rolls(entry: dict[str, Any], moment: datetime, came: Sequence[Child], visitors: int = 0) -> dict[str, Any]:
    attended = [str(child.id) for child in came]
    return of_page("clubs:session", made_by(entry), made=clock(moment), attended=attended, visitors=visitors)


def enters(day: date, first: str, last: str, **fields: Any) -> dict[str, Any]:
    given = {"day": day, "opened": first, "closed": last, "visitors": 0} | fields
    return of_page("clubs:enter-session", made=clock(now()), **given)


def as_kept(entry: dict[str, Any], state: str = "sent") -> dict[str, Any]:
    """As the phone keeps it."""
    return {**{name: entry[name] for name in ("id", "kind", "made_at")}, **entry["body"], "state": state}


@pytest.fixture
def mother(mother: User) -> User:
    """She reads English, the language of the source."""
    mother.language = "en"
    mother.save(update_fields=["language"])
    return mother


def stand_as_they_will(
    client: Client, in_chromium: Ask, mother: User, entries: Sequence[dict[str, Any]], *addresses: str
) -> None:
    """The phone's pages with the entries laid over are the server's once it has taken them."""
    at = now()
    laid = [as_kept(entry) for entry in entries]
    on_phone = [plain(on_the_phone(in_chromium, mother, one, at=at, entries=laid)["html"]) for one in addresses]
    client.force_login(mother)

    answers = take(mother, *entries, at=at)

    assert [answer.as_sent() for answer in answers] == [{"id": entry["id"], "kept": True} for entry in entries]
    assert on_phone == [plain(client.get(one).content.decode()) for one in addresses]
    again = [plain(on_the_phone(in_chromium, mother, one, at=at, entries=laid)["html"]) for one in addresses]
    assert again == on_phone  # laid over what came down, nothing is there twice


# ── what changes at once ────────────────────────────────────────────────────────────────────────────────────────────


def test_opening_the_door_without_a_network_starts_the_clock(client, in_chromium, mother, child):
    opening = opens(now() - timedelta(minutes=8))

    stand_as_they_will(
        client, in_chromium, mother, [opening], "/club/", reverse("clubs:session", args=[made_by(opening)])
    )


def test_a_day_at_the_club_moves_the_hours_of_the_week(client, in_chromium, mother, child):
    """Yesterday's door, opened and shut, the roll called twice; a missed session of the day before."""
    known = [child, make_child(mother), make_child(mother)]
    opening = opens(on(today() - DAY, 16, 3))
    missed = enters(today() - DAY * 2, "15:00", "17:05", visitors=3)
    entries = [
        opening,
        rolls(opening, on(today() - DAY, 16, 30), known[:1], 4),
        closes(opening, on(today() - DAY, 18, 40)),
        rolls(opening, on(today() - DAY, 18, 41), known[1:]),
        missed,
        rolls(missed, now(), known),
    ]
    before = Month.of_week(monday_of(today() - DAY))

    stand_as_they_will(
        client,
        in_chromium,
        mother,
        entries,
        "/club/",
        f"/club/?month={before}",
        reverse("clubs:session", args=[made_by(opening)]),
    )


def test_a_door_that_was_left_open_is_shut_with_its_time(client, in_chromium, mother, child):
    session = opened(mother, on(today() - DAY, 16), None)
    told = f"{today() - DAY}T18:30"

    stand_as_they_will(client, in_chromium, mother, [closes(str(session.id), now(), closed_at=told)], "/club/")

    session.refresh_from_db()
    assert session.minutes(at=now()) == 150


def test_an_activity_a_closure_and_the_hours_told_stand_in_their_lists(client, in_chromium, mother):
    activity = of_page(
        "clubs:activity", made=clock(now()), theme="drowning", title=" 防溺水 ", held_at=f"{today() - DAY}T16:30",
        minutes=40, children=12, adults=0,
    )  # fmt: skip
    closure = of_page(
        "clubs:ask-closure", made=clock(now()), starts_on=today() + DAY, ends_on=today() + DAY * 2, reason="修房子"
    )
    hours = of_page("clubs:times", made=clock(now()), opens2="16:30", closes2="18:30", opens4="", closes4="")

    stand_as_they_will(
        client, in_chromium, mother, [activity, closure, hours], "/club/activity/", "/club/closure/", "/club/times/"
    )


def test_what_is_not_sent_yet_is_marked_so(in_chromium, mother):
    opening = as_kept(enters(today() - DAY, "15:00", "17:00"), "waiting")
    closure = as_kept(
        of_page("clubs:ask-closure", starts_on=today(), ends_on=today(), reason="下雨", made=clock(now())), "waiting"
    )

    pages = [
        on_the_phone(in_chromium, mother, one, at=now(), entries=[opening, closure])["html"]
        for one in (f"/club/?month={Month.of_week(monday_of(today() - DAY))}", "/club/closure/")
    ]

    assert [page.count("not sent yet") for page in pages] == [1, 1]
    assert "waits for the county" not in pages[1]


# ── what is refused on the phone already, and where she goes ────────────────────────────────────────────────────────


def asked(
    in_chromium: Ask, mother: User, entry: dict[str, Any], *, after: Sequence[dict[str, Any]] = (), at: Any = None
) -> Any:
    """What the phone says of an entry before it is written down: {wrong, done}."""
    kept: dict[str, Any] = {}

    def ask(_function: str, given: Any) -> Any:
        kept.update(given)
        return {}

    on_the_phone(ask, mother, entry["body"]["path"], at=at or now(), entries=[as_kept(one, "waiting") for one in after])
    return in_chromium(ASK, kept | {"fields": entry["body"]["fields"]})


def test_the_door_that_is_open_is_not_opened_again(in_chromium, mother):
    first = opens(now() - timedelta(minutes=3))

    again = asked(in_chromium, mother, opens(now()), after=[first])
    pressed_twice = asked(in_chromium, mother, first, after=[first])

    assert again["wrong"] == {
        "": ["The door is already open. Close it first, or carry on with the session that is running."]
    }
    assert pressed_twice == {
        "wrong": {},
        "done": {"redirect": "/club/", "message": "The door is open. The time is running."},
    }


def test_where_there_is_no_club_no_door_is_opened(in_chromium, mother):
    Club.objects.all().delete()

    found = asked(in_chromium, mother, opens(now()))

    assert found["wrong"] == {
        "": ["This village has no Children's Club in the programme on that day. Check the village and the date."]
    }


def test_shutting_leads_to_the_roll_of_today_and_to_the_club_for_an_older_day(in_chromium, mother):
    running, older = opens(now() - timedelta(minutes=3)), opens(on(today() - DAY, 16))
    told = f"{today() - DAY}T18:30"

    now_shut = asked(in_chromium, mother, closes(running, now()), after=[running])
    then_shut = asked(in_chromium, mother, closes(older, now(), closed_at=told), after=[older])

    message = "The door is shut. Call the roll if you have not yet."
    assert now_shut == {"wrong": {}, "done": {"redirect": f"/club/sessions/{made_by(running)}/", "message": message}}
    assert then_shut == {"wrong": {}, "done": {"redirect": "/club/", "message": message}}


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ("half past six", "closed_at", "Give the time at which you closed, for example 18:30."),
        ("{yesterday}T15:00", "closed_at", "The door must close at least a minute after it opened."),
        ("{today}T00:30", "closed_at", "A session cannot go past midnight."),
        ("2099-01-01T10:00", "closed_at", "The session ends in the future."),
        ("", "closed_at", "A session cannot go past midnight."),
    ],
)
def test_a_door_is_shut_at_a_time_that_can_be_true(in_chromium, mother, told, field, sentence):
    older = opens(on(today() - DAY, 16))
    moment = told.format(yesterday=today() - DAY, today=today())

    found = asked(in_chromium, mother, closes(older, now(), closed_at=moment), after=[older], at=on(today(), 1))

    assert list(found["wrong"]) == [field]
    assert found["wrong"][field][0].startswith(sentence)


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("clubs:enter-session", {"day": "{day}", "opened": "16:30", "closed": "19:00"}, "opened"),
        ("clubs:enter-session", {"day": "{day}", "opened": "19:00", "closed": "18:30"}, "closed"),
        ("clubs:enter-session", {"day": "2099-01-01", "opened": "16:00", "closed": "18:30"}, "opened"),
        ("clubs:enter-session", {"day": "{day}", "opened": "18:00", "closed": "19:00"}, None),
        ("clubs:activity", {"held_at": "2099-01-01T10:00", "children": "1", "adults": "0"}, "held_at"),
        ("clubs:activity", {"held_at": "{day}T10:00", "children": "0", "adults": "0"}, "children"),
        ("clubs:activity", {"held_at": "{day}T10:00", "children": "0", "adults": "2"}, None),
        ("clubs:ask-closure", {"starts_on": "2026-03-12", "ends_on": "2026-03-11", "reason": "下雨"}, "ends_on"),
        ("clubs:ask-closure", {"starts_on": "2026-03-12", "ends_on": "2026-03-12", "reason": "下雨"}, None),
        ("clubs:times", {"opens3": "16:00", "closes3": ""}, "closes3"),
        ("clubs:times", {"opens3": "16:00", "closes3": "15:00"}, ""),
        ("clubs:times", {"opens3": "16:00", "closes3": "18:00", "opens4": "", "closes4": ""}, None),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field_as_the_servers_form_says_it(
    client, in_chromium, mother, kind, fields, field
):
    opened(mother, on(today() - DAY, 16))
    told = {name: value.format(day=today() - DAY) for name, value in fields.items()}
    entry = of_page(kind, visitors=0, theme="play", minutes=40, **told)

    found = asked(in_chromium, mother, entry)["wrong"]

    client.force_login(mother)
    answer = client.post(entry["body"]["path"], {name: values[0] for name, values in entry["body"]["fields"].items()})
    assert list(found) == ([] if field is None else [field])
    if field is not None:
        with translation.override("en"):
            errors = {name: list(map(str, said)) for name, said in answer.context["form"].errors.items()}
        assert {name or "__all__": sentences for name, sentences in found.items()} == errors
    else:
        assert answer.status_code == 302


def test_a_session_that_was_entered_leads_to_its_roll(in_chromium, mother):
    entry = enters(today() - DAY, "15:00", "17:00")

    assert asked(in_chromium, mother, entry)["done"] == {
        "redirect": f"/club/sessions/{made_by(entry)}/",
        "message": "Noted. Who came?",
    }


def test_who_is_not_in_the_register_is_not_ticked(in_chromium, mother, child):
    opening = opens(now() - timedelta(minutes=3))
    roll = rolls(opening, now(), [child])
    roll["body"]["fields"]["attended"] += [str(new_id()), "rubbish", str(child.id)]

    page = on_the_phone(in_chromium, mother, "/club/", at=now(), entries=[as_kept(one) for one in (opening, roll)])

    assert "Open, 1 child is here" in page["html"]
    assert not ClubSession.objects.exists()


def test_what_a_wrong_clock_told_stands_at_the_time_that_the_server_will_give_it(in_chromium, mother):
    """The clock is three hours ahead: without correction the door would open in the future."""
    ahead = timedelta(hours=3)
    opening = as_kept(opens(now() - timedelta(minutes=20)), "waiting")
    told = (now() - timedelta(minutes=20) + ahead).isoformat()

    opening["made_at"], as_told = in_chromium(
        """async (load, { told, skew }) => {
            const { correctedMoment } = await load("clock.js");
            return [correctedMoment(told, skew), correctedMoment(told, 60000)];
        }""",
        {"told": told, "skew": ahead / timedelta(milliseconds=1)},
    )
    page = on_the_phone(in_chromium, mother, "/club/", at=now(), entries=[opening])["html"]

    assert datetime.fromisoformat(as_told) - datetime.fromisoformat(told) < timedelta(milliseconds=1)
    assert "<b>20</b> min" in page
