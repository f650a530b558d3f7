"""The door: password, second step, tries, sessions, and what the superior opens again."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.moments import now
from ccmp.people.door import DOOR
from ccmp.people.enums import Role, TokenScope, TryKind
from ccmp.people.models import ApiToken, DoorTry, OpenSession, Posting, RecoveryCode, SecondFactor, User
from ccmp.people.rules.passwords import NoHabit, NotTooLong
from ccmp.people.services import second_step as steps
from ccmp.people.services.accounts import make_token
from ccmp.people.services.postings import end_posting
from ccmp.people.services.sessions import tidy
from ccmp.people.tasks import send_letter
from tests import factories
from tests.factories import SUIYANG
from tests.signing_in import SECRET, Client, code_now, give_second_factor

WORDS = "yun-jiao-cun-2026"
HOME, SIGN_IN, SECOND, SET_UP = (
    "/",
    reverse("people:sign-in"),
    reverse("people:second-step"),
    "/account/second-step/set-up/",
)
EXPORT = reverse("children:export")


@pytest.fixture(autouse=True)
def _chinese(db):
    """Sentences are looked for in English, the language of the source."""


@pytest.fixture
def office(officer):
    officer.set_password(WORDS)
    officer.language = "en"
    officer.save()
    return officer


@pytest.fixture
def browser():
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def type_password(browser, user, password=WORDS, to=""):
    return browser.post(f"{SIGN_IN}?next={to}", {"username": user.username, "password": password, "next": to})


def text(answer):
    return answer.content.decode()


# ---------------------------------------------------------------------------------------------------------- passwords


@pytest.mark.parametrize(
    "password",
    [
        "woaini1314520", "zhangwei1988", "wangxiaoming0512", "13885201234", "lxq19880501", "liu19900101!", "1qaz2wsx3edc",
        "5201314520", "Zunyi@123456", "1234qwerasdf", "520323198805011234", "tongbanmama2024", "aaaaaaaaaaaa", "LuoXiaoQin88!x",
        "13800001111abc",
    ],
)  # fmt: skip
def test_what_half_the_country_chooses_is_no_password(password):
    with pytest.raises(ValidationError):
        NoHabit().validate(password, User(username="13800001111", full_name="罗小琴", phone="13800001111"))


@pytest.mark.parametrize(
    "password", [WORDS, "kafei-maoyi-shuihu", "Abend7Fluss!Brot", "h7kd-m3px-q9wz", "山前有树后有井水凉得很"]
)
def test_words_that_have_nothing_to_do_with_each_other_are_one(password):
    NoHabit().validate(password, User(username="13800001111", full_name="罗小琴"))
    NotTooLong().validate(password)


def test_nobody_makes_the_server_count_a_password_without_end():
    with pytest.raises(ValidationError):
        NotTooLong().validate("a b" * 43)


# -------------------------------------------------------------------------------------------------------- second step


def test_an_official_sets_the_second_step_up_before_anything_else(browser, office, child):
    type_password(browser, office, to="/children/")

    shut = browser.get("/children/")
    api = browser.get("/api/v1/children/")
    page = browser.get(shut.url)
    secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", text(page)))
    wrong = browser.post(SET_UP, {"code": "000000"})
    done = browser.post(shut.url, {"code": steps.pyotp.TOTP(secret).at(now()), "next": "/children/"})

    assert (shut.url, api.status_code) == (f"{SET_UP}?next=%2Fchildren%2F", 401)
    assert "<svg" in text(page)
    assert "style=" not in text(page)
    assert (wrong.status_code, done.status_code) == (409, 200)
    assert len(re.findall(r"<li><code>", text(done))) == 10
    assert SECRET not in SecondFactor.objects.values_list("secret", flat=True)
    assert child.name in text(browser.get("/children/"))


def test_the_second_step_opens_what_the_password_alone_does_not(browser, office, child):
    give_second_factor(office)

    answer = type_password(browser, office, to="/children/")
    shut = browser.get(answer.url)
    half_way = browser.session.session_key
    wrong = browser.post(SECOND, {"code": "123456", "next": "/children/"})
    through = browser.post(SECOND, {"code": code_now(office), "next": "/children/"})

    assert urlsplit(shut.url).path == SECOND
    assert (wrong.status_code, through.url) == (409, "/children/")
    assert child.name in text(browser.get("/children/"))
    assert browser.session.session_key != half_way
    assert list(AuditEntry.objects.filter(by=office).order_by("id").values_list("did", flat=True))[:2] == [
        "signed in", "made the second step",
    ]  # fmt: skip


def test_a_code_counts_once(browser, office):
    give_second_factor(office)
    code = code_now(office)
    type_password(browser, office)
    browser.post(SECOND, {"code": code})
    other = Client()
    type_password(other, office)

    again = other.post(SECOND, {"code": code})

    assert again.status_code == 409
    assert other.get("/children/").status_code == 302


def test_a_recovery_code_opens_once_and_none_is_kept_in_clear(browser, office):
    secret = steps.new_secret()
    at = now() - timedelta(hours=1)
    codes = steps.set_up_second_factor(user=office, secret=secret, code=steps.pyotp.TOTP(secret).at(at), at=at)

    for expected in (302, 409):
        client = Client()
        type_password(client, office)
        assert client.post(SECOND, {"code": codes[0].upper()}).status_code == expected

    assert not RecoveryCode.objects.filter(digest__in=codes).exists()
    assert RecoveryCode.objects.filter(used_at__isnull=False).count() == 1


@pytest.mark.parametrize("make", ["make_mother", "make_director"])
def test_who_serves_in_a_village_needs_none(browser, world, make):
    user = getattr(factories, make)()
    user.set_password(WORDS)
    user.save()

    type_password(browser, user)

    assert browser.get("/visits/today/").status_code == 200
    assert browser.get(SET_UP).status_code == 403


@pytest.mark.parametrize(
    "make",
    [
        "make_supervisor",
        "make_county_officer",
        "make_foundation_officer",
        "make_researcher",
        "make_administrator",
        "make_auditor",
    ],
)
def test_everybody_else_does(browser, world, make):
    browser.password_only(getattr(factories, make)())

    assert urlsplit(browser.get("/account/").url).path == SET_UP


def test_a_mother_who_becomes_an_official_makes_it_from_that_minute(browser, mother, officer):
    browser.force_login(mother)
    before = browser.get("/visits/today/").status_code
    Posting.objects.create(
        user=mother, role=Role.COUNTY_OFFICER, place_code=SUIYANG, starts_at=now() - timedelta(seconds=1)
    )
    from guardian.shortcuts import assign_perm  # as post_person does

    from ccmp.places.models import Place  # as above

    assign_perm("places.serve", mother, Place.objects.get(pk=SUIYANG))

    assert (before, urlsplit(browser.get("/visits/today/").url).path) == (200, SET_UP)


# ------------------------------------------------------------------------------------------------------------ step-up


def grow_old(client, **ages):
    """As if the session's moments lay so far back."""
    session = client.session
    for name, age in ages.items():
        session[DOOR] = session[DOOR] | {name: (now() - age).isoformat()}
    session.save()


def test_an_export_asks_for_the_code_again_and_brings_her_back_with_what_she_typed(browser, office, child):
    give_second_factor(office)
    browser.force_login(office)
    grow_old(browser, proved=timedelta(minutes=11))

    asked = browser.post(f"{EXPORT}?x=1", {"village": "", "words": "两棵树"})
    back = browser.post(SECOND, {"code": code_now(office), "next": parse_qs(urlsplit(asked.url).query)["next"][0]})
    page = text(browser.get(back.url))
    action = re.search(r'action="([^"]+export[^"]*)"', page)[1]

    assert urlsplit(asked.url).path == SECOND
    assert (back.url, action) == (reverse("people:repeat"), f"{EXPORT}?x=1")
    assert '<input type="hidden" name="words" value="两棵树">' in page
    assert browser.post(action, {"village": ""})["Content-Disposition"].startswith("attachment")
    assert browser.get(back.url).url == HOME


def test_nobody_is_sent_to_another_site(browser, office):
    give_second_factor(office)
    browser.password_only(office)

    answer = browser.post(SECOND, {"code": code_now(office), "next": "https://evil.example/"})

    assert answer.url == HOME


# -------------------------------------------------------------------------------------------------------------- tries


def test_too_many_tries_lock_an_account_and_the_superior_opens_it(browser, client, office, world):
    give_second_factor(office)
    for _try in range(11):
        answer = type_password(browser, office, "wrong-words-here")
    right = type_password(browser, office)
    token = browser.post(
        "/api/v1/token/", {"username": office.username, "password": WORDS}, content_type="application/json"
    )
    client.force_login(factories.make_administrator())
    said = text(client.get(reverse("people:person", args=[office.pk])))
    client.post(reverse("people:unlock", args=[office.pk]))
    opened = type_password(browser, office)

    assert "can open it for you at once" in text(answer)
    assert (right.status_code, token.status_code, token["Retry-After"]) == (200, 429, "900")
    assert reverse("people:unlock", args=[office.pk]) in said
    assert opened.status_code == 302


def test_a_name_that_nobody_has_is_locked_in_the_same_words(browser, office):
    known = [text(type_password(browser, office, "wrong-words-here")) for _try in range(12)]
    unknown = [text(type_password(browser, User(username="nobody-at-all"), "wrong-words-here")) for _try in range(12)]

    assert [_sentence(page) for page in known] == [_sentence(page) for page in unknown]
    assert not DoorTry.objects.filter(mark__icontains="nobody").exists()


def _sentence(page):
    return re.sub(r"\s+", " ", page.partition("error-summary")[2].partition("</div>")[0])


def test_a_lock_opens_by_itself(browser, office):
    give_second_factor(office)
    for _try in range(11):
        type_password(browser, office, "wrong-words-here")
    DoorTry.objects.update(began_at=now() - timedelta(minutes=16), locked_until=now() - timedelta(seconds=1))

    assert type_password(browser, office).status_code == 302
    assert not DoorTry.objects.filter(kind=TryKind.ACCOUNT).exists()


def test_an_address_is_throttled_by_what_our_own_proxy_says_and_nothing_else(browser, office, settings):
    settings.PROXIES_IN_FRONT = 1
    give_second_factor(office)

    def from_address(hops, name="x"):
        sent = {"username": name, "password": "wrong-words-here"}
        return browser.post(SIGN_IN, sent, headers={"X-Forwarded-For": hops})

    for number in range(101):
        from_address(f"10.0.0.{number}, 203.0.113.9", name=f"name{number}")

    assert "from here" in text(from_address("8.8.8.8, 203.0.113.9", name="fresh"))
    assert "from here" not in text(from_address("203.0.113.9, 198.51.100.7", name="fresh"))


def test_codes_are_not_guessed_at_leisure(browser, office):
    give_second_factor(office)
    type_password(browser, office)
    for number in range(6):
        browser.post(SECOND, {"code": f"00000{number}"})

    right = browser.post(SECOND, {"code": code_now(office)})

    assert right.status_code == 409
    assert "Too many tries" in text(right)


# ----------------------------------------------------------------------------------------------------------- sessions


def test_she_sees_where_she_is_signed_in_and_ends_one_and_all(browser, mother):
    for client in (browser, other := Client(), third := Client()):
        client.force_login(mother)
    make_token(user=mother, at=now(), device="curl")

    page = text(browser.get(reverse("people:sessions")))
    numbers = re.findall(r'name="number" value="([^"]+)"', page)
    mine = OpenSession.objects.get(session_key=other.session.session_key)
    browser.post(reverse("people:end-session"), {"number": str(mine.number)})
    one_ended = (other.get("/visits/today/").status_code, third.get("/visits/today/").status_code)
    browser.post(reverse("people:end-others"))

    assert (len(numbers), "Chrome · Android" in page, "curl" in page) == (3, True, True)
    assert not [key for key in OpenSession.objects.values_list("session_key", flat=True) if key in page]
    assert one_ended == (302, 200)
    assert (third.get("/visits/today/").status_code, browser.get("/visits/today/").status_code) == (302, 200)
    assert not ApiToken.objects.exists()


def test_nobody_ends_a_session_of_somebody_else(browser, mother, other_mother):
    browser.force_login(mother)
    (other := Client()).force_login(other_mother)
    number = OpenSession.objects.get(user=other_mother).number

    assert browser.post(reverse("people:end-session"), {"number": str(number)}).status_code == 404
    assert other.get("/visits/today/").status_code == 200


@pytest.mark.parametrize(
    ("who", "idle", "began", "status"),
    [
        ("officer", 29, timedelta(hours=11), 200),
        ("officer", 31, timedelta(hours=1), 302),
        ("officer", 1, timedelta(hours=12, minutes=1), 302),
        ("mother", 700, timedelta(days=6), 200),
        ("mother", 721, timedelta(days=1), 302),
        ("mother", 1, timedelta(days=7, minutes=1), 302),
    ],
)
def test_sessions_end_by_the_standards_of_the_post(client, who, idle, began, status, request):
    client.force_login(request.getfixturevalue(who))
    grow_old(client, began=began)
    OpenSession.objects.update(seen_at=now() - timedelta(minutes=idle))

    assert client.get("/children/").status_code == status


def test_what_an_official_had_typed_waits_behind_the_door(browser, office):
    give_second_factor(office)
    browser.force_login(office)
    OpenSession.objects.update(seen_at=now() - timedelta(minutes=31))

    browser.post("/children/transfers/ask/", {"words": "两棵树"})
    said = text(browser.get(SIGN_IN))
    to = type_password(browser, office).url
    browser.post(SECOND, {"code": code_now(office)})

    assert "waits for you behind it" in said
    assert 'name="words" value="两棵树"' in text(browser.get(to))


def test_a_post_that_ends_ends_sessions_and_tokens_by_hand_and_by_date(browser, mother, officer):
    browser.force_login(mother)
    token, _row = make_token(user=mother, at=now())
    posting = mother.postings.get()

    end_posting(posting_id=posting.pk, ends_at=now(), by=officer, at=now())
    by_hand = (OpenSession.objects.filter(user=mother).exists(), ApiToken.objects.exists())
    Posting.objects.filter(pk=posting.pk).update(ends_at=None, ended_by=None)
    from guardian.shortcuts import assign_perm  # as post_person does

    assign_perm("places.serve", mother, posting.place)
    browser.force_login(mother)
    token, _row = make_token(user=User.objects.get(pk=mother.pk), at=now())
    Posting.objects.filter(pk=posting.pk).update(ends_at=now() - timedelta(seconds=1))

    assert by_hand == (False, False)
    assert browser.get("/api/v1/me/", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert browser.get("/account/").status_code == 302


def test_old_sessions_tokens_and_tries_are_put_away(mother, client):
    client.force_login(mother)
    make_token(user=mother, at=now())
    DoorTry.objects.create(kind=TryKind.ACCOUNT, mark="x", began_at=now())

    tidy(at=now() + timedelta(days=40))

    assert (OpenSession.objects.count(), ApiToken.objects.count(), DoorTry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("who", "reads"), [("mother", 1), ("officer", 2)])  # the desk's rail reads it once by itself
def test_the_door_asks_for_nothing_that_the_page_does_not_ask_for(client, who, reads, request):
    client.force_login(request.getfixturevalue(who))
    client.get("/children/")

    with CaptureQueriesContext(connection) as seen:
        client.get("/children/")

    asked = [re.search(r'FROM "(\w+)"', one["sql"])[1] for one in seen.captured_queries if "FROM" in one["sql"]]
    assert asked.count("people_opensession") == 1
    assert not {"people_secondfactor", "people_doortry", "django_session"} & set(asked)
    assert not [one["sql"] for one in seen.captured_queries if one["sql"].startswith(("UPDATE", "INSERT"))]
    held = [
        one["sql"] for one in seen.captured_queries if one["sql"].startswith('SELECT DISTINCT "people_posting"."role"')
    ]
    assert len(held) == reads


# -------------------------------------------------------------------------------------------------------- a given one


def test_a_given_password_opens_the_page_for_ones_own_and_nothing_else(browser, client, mother, officer):
    client.force_login(officer)
    told = text(client.post(reverse("people:new-password", args=[mother.pk]), {"is_here": "on"}))
    given = re.search(r"<code>(.+?)</code>", told)[1]

    type_password(browser, mother, given)
    shut = browser.get("/visits/today/")
    page = browser.get(shut.url)
    new = {"old_password": given, "new_password1": WORDS, "new_password2": WORDS, "next": "/visits/today/"}
    done = browser.post(reverse("people:password"), new)

    assert urlsplit(shut.url).path == reverse("people:password")
    assert (page.status_code, done.url) == (200, "/visits/today/")
    assert browser.get("/visits/today/").status_code == 200


def test_a_given_password_expires_after_a_day(browser, mother):
    mother.set_password(WORDS)
    mother.must_change_password, mother.password_until = True, now() - timedelta(seconds=1)
    mother.save()

    assert type_password(browser, mother).status_code == 200


def test_a_lost_phone_is_reset_in_person_and_everything_ends(browser, client, world):
    supervisor = factories.make_supervisor()
    give_second_factor(supervisor)
    browser.force_login(supervisor)
    client.force_login(factories.make_county_officer())

    client.post(reverse("people:lost-second-step", args=[supervisor.pk]), {"is_here": "on"})

    assert not SecondFactor.objects.exists()
    assert browser.get("/children/").status_code == 302


@pytest.mark.parametrize(
    ("by", "of", "status"),
    [
        ("make_county_officer", "make_mother", 200),
        ("make_county_officer", "make_director", 200),
        ("make_county_officer", "make_supervisor", 200),
        ("make_county_officer", "the_department", 403),
        ("make_county_officer", "make_county_officer", 403),
        ("make_foundation_officer", "make_mother", 403),
        ("make_administrator", "make_county_officer", 200),
        ("make_administrator", "make_foundation_officer", 200),
        ("make_administrator", "herself", 403),
    ],
)
def test_who_opens_the_door_for_whom(client, education, by, of, status):
    superior = getattr(factories, by)()
    if of == "herself":
        person = superior
    elif of == "the_department":
        person = factories.make_department_officer(education)
    else:
        person = getattr(factories, of)()
    client.force_login(superior)

    assert client.post(reverse("people:new-password", args=[person.pk]), {"is_here": "on"}).status_code == status


# ------------------------------------------------------------------------------------------------------------ letters


def test_a_letter_goes_to_her_alone_and_says_no_name(browser, office, settings):
    settings.MAIL_FROM = "ccmp@example.org"
    office.email = "office@example.org"
    office.save()
    OpenSession.objects.all().delete()
    for name in ("nobody", office.username):
        send_letter(username=name, site="https://ccmp.example.org")

    (letter,) = mail.outbox
    link = re.search(r"https://ccmp\.example\.org(\S+)", letter.body)[1]
    new = {"new_password1": f"{WORDS}-nine", "new_password2": f"{WORDS}-nine"}
    first, second = browser.post(link, new), browser.post(link, new)

    assert (letter.subject, letter.to) == ("A new password", ["office@example.org"])
    assert office.full_name not in letter.subject + letter.body
    assert (first.status_code, "counts no more" in text(second)) == (302, True)
    office.refresh_from_db()
    assert office.check_password(f"{WORDS}-nine")


# ------------------------------------------------------------------------------------------------------------- tokens


def ask_token(browser, user, **more):
    sent = {"username": user.username, "password": WORDS} | more
    return browser.post("/api/v1/token/", sent, content_type="application/json")


def test_an_officials_token_asks_for_the_second_step(browser, office):
    not_set_up = ask_token(browser, office)
    give_second_factor(office)
    without = ask_token(browser, office)
    wrong = ask_token(browser, office, otp="000000")
    right = ask_token(browser, office, otp=code_now(office))

    assert [answer.status_code for answer in (not_set_up, without, wrong, right)] == [403, 401, 401, 201]
    assert without.json()["type"] == "urn:ccmp:problem:second-step-needed"
    assert ApiToken.objects.get().digest != right.json()["token"]


def test_a_token_that_reads_changes_nothing(browser, mother):
    token, _row = make_token(user=mother, at=now(), scope=TokenScope.READ)
    header = {"Authorization": f"Bearer {token}"}

    read = browser.get("/api/v1/children/", headers=header)
    found = browser.post(reverse("api:children-find"), {"words": "x"}, content_type="application/json", headers=header)
    write = browser.post("/api/v1/children/", {}, content_type="application/json", headers=header)

    assert (read.status_code, write.status_code) == (200, 403)
    assert found.status_code != 403


def test_a_token_made_without_a_second_step_opens_no_office(browser, officer):
    token, _row = make_token(user=officer, at=now())

    assert browser.get("/api/v1/me/", headers={"Authorization": f"Bearer {token}"}).status_code == 401
