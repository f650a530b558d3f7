import re
from http import HTTPStatus

import pytest
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from ccmp.refusals import NotAllowed, Refusal
from ccmp.web.refusals import RefusalMiddleware, old_page

OWN = "http://testserver"


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def refused(exception, **headers):
    request = RequestFactory().post("/club/open/", headers=headers)
    return RefusalMiddleware(lambda request: None).process_exception(request, exception)


def main_of(response):
    return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group(0)


def test_a_refusal_that_no_view_caught_becomes_a_page_that_says_it():
    response = refused(Refusal("同一段时间已经开着<门>。"))

    assert response.status_code == 409
    assert "同一段时间已经开着&lt;门&gt;。" in main_of(response)


def test_what_somebody_may_not_do_is_forbidden():
    assert refused(NotAllowed("这不归您管。")).status_code == 403


def test_another_exception_is_left_to_break():
    assert refused(ValueError("bug")) is None


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"{OWN}/club/", f"{OWN}/club/"),
        (f"{OWN}/club/open/", "/"),
        ("https://elsewhere.example/club/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_is_a_page_of_ours(referer, back):
    response = refused(Refusal("不行。"), referer=referer)

    assert re.findall(r'<a [^>]*href="([^"]*)"', main_of(response)) == [back]


def test_a_refusal_asked_for_by_htmx_replaces_the_page_that_asked():
    response = refused(Refusal("不行。"), HX_Request="true")

    assert response.headers["HX-Retarget"] == "main"


def old(*, data, **headers):
    return old_page(RequestFactory().post("/visits/record/?from=today", data, headers=headers), "CSRF token missing.")


def test_what_was_typed_on_a_page_that_lay_open_too_long_can_be_sent_again():
    response = old(data={"seen": '左小臂"青紫"', "who": ["1", "2"], "csrfmiddlewaretoken": "old"}, origin=OWN)

    page = main_of(response)
    assert response.status_code == 403
    assert 'action="/visits/record/?from=today"' in page
    assert '<input type="hidden" name="seen" value="左小臂&quot;青紫&quot;">' in page
    assert re.findall(r'name="who" value="(\d)"', page) == ["1", "2"]
    assert "old" not in re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)


def test_the_page_of_a_resent_entry_carries_a_token_that_is_taken():
    request = RequestFactory().post("/visits/record/", {"seen": "x"}, headers={"origin": OWN})
    page = main_of(old_page(request))
    again = RequestFactory().post(
        "/visits/record/",
        {"seen": "x", "csrfmiddlewaretoken": re.search(r'csrfmiddlewaretoken" value="(\w+)"', page).group(1)},
        headers={"origin": OWN},
    )
    again.COOKIES["csrftoken"] = request.META["CSRF_COOKIE"]

    check = CsrfViewMiddleware(lambda request: None)
    check.process_request(again)

    assert check.process_view(again, lambda request: None, (), {}) is None


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
def test_nothing_that_another_site_sent_is_offered_for_sending(headers):
    page = main_of(old(data={"seen": "forged"}, **headers))

    assert "forged" not in page
    assert "<form" not in page


@pytest.mark.parametrize("field", ["password", "new_password1", "otp"])
def test_a_secret_is_never_written_into_a_page(field):
    page = main_of(old(data={"username": "luo", field: "secret-words"}, origin=OWN))

    assert "secret-words" not in page
    assert "<form" not in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("400", "没看懂这次请求"),
        ("403", "这一页不对您开放"),
        ("404", "这里什么也没有"),
        ("500", "我们这边出了错"),
    ],
)
def test_the_pages_of_trouble_ask_for_nobody_and_for_no_database(name, said):
    page = render_to_string(f"{name}.html")

    assert said in page
    assert 'href="/"' in page


def test_where_a_button_leads_says_so_to_whom_comes_by_its_address(client, mother):
    client.force_login(mother)

    answer = client.get(reverse("clubs:open"), headers={"Referer": "http://testserver/club/"})

    assert (answer.status_code, answer.headers["Allow"]) == (HTTPStatus.METHOD_NOT_ALLOWED, "POST")
    assert "这个地址不能这样打开" in answer.content.decode()
    assert 'href="http://testserver/club/"' in answer.content.decode()


def test_a_program_is_told_as_the_api_tells_it(client, mother):
    client.force_login(mother)

    answer = client.delete("/api/v1/children/")

    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert answer.headers["Content-Type"].startswith("application/problem+json")
