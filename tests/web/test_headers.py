"""What stands in the head of every answer: walked over all addresses, as everybody who may see something there."""

import pytest
from django.urls import reverse

from ccmp.web.security_headers import SHUT_OFF
from tests.access.walking import address_of, patterns
from tests.access.world import make_world
from tests.signing_in import Client

KEPT = {"phone:worker": "no-cache", "phone:pack": "no-cache", "phone:manifest": "max-age=3600"}
POLICY = {
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "manifest-src 'self'",
    "require-trusted-types-for 'script'",
    "script-src 'self'",
    "style-src 'self'",
    "trusted-types ccmp-worker default",
    "worker-src 'self'",
}
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{one}=()" for one in SHUT_OFF),
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STRICTER = {"people:from-letter": {"Referrer-Policy": "no-referrer"}}  # its address opens the door once


def wrong_with(answer, name):
    headers = answer.headers
    always = ALWAYS | STRICTER.get(name, {})
    yield from (one for one, value in always.items() if headers.get(one) != value)
    if set(headers.get("Content-Security-Policy", "").split("; ")) != POLICY:
        yield "Content-Security-Policy"
    if answer.status_code == 200 and name in KEPT:
        if headers["Cache-Control"] != KEPT[name]:
            yield "Cache-Control"
    else:
        if "no-store" not in headers.get("Cache-Control", ""):
            yield "Cache-Control"
        if not {"Cookie", "Authorization"} <= {one.strip() for one in headers.get("Vary", "").split(",")}:
            yield "Vary"
    for cookie in answer.cookies.values():
        if cookie["samesite"] != "Lax":
            yield f"SameSite of {cookie.key}"


@pytest.mark.parametrize("role", ["M", "C", "-"])
def test_every_answer_says_what_a_browser_and_a_proxy_may_do_with_it(db, settings, role):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    world = make_world()
    client = Client()
    if user := world.people[role]:
        client.force_login(user, backend="ccmp.people.backends.PostingBackend")

    wrong = {
        name: found
        for name, pattern in patterns()
        if (found := [*wrong_with(client.get(address_of(name, pattern, world.facts["own"]), secure=True), name)])
    }

    assert wrong == {}


def test_an_unknown_address_and_a_strange_host_say_it_too(db, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True

    nowhere = Client().get("/nowhere/", secure=True)
    strange = Client().get(reverse("people:sign-in"), secure=True, headers={"host": "evil.example.org"})

    assert (nowhere.status_code, strange.status_code) == (404, 400)
    assert [[*wrong_with(nowhere, "")], [*wrong_with(strange, "")]] == [[], []]


def test_whoever_comes_without_tls_is_sent_to_it_but_for_the_machine_that_watches(db, settings):
    settings.SECURE_SSL_REDIRECT = True

    door, health = Client().get("/sign-in/"), Client().get("/health/live")

    assert (door.status_code, door["Location"]) == (301, "https://testserver/sign-in/")
    assert health.status_code == 200
