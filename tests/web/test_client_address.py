"""From where a request comes, and on what: nothing is believed that a sender wrote herself."""

import pytest
from django.test import RequestFactory

from ccmp.web.client_address import client_address
from ccmp.web.device_words import device_words


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "127.0.0.1"),
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "8.8.8.8, 203.0.113.9", "203.0.113.9"),
        (2, "8.8.8.8, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "nonsense", ""),
    ],
)
def test_only_so_many_hops_are_believed_as_proxies_of_ours_stand_in_front(settings, proxies, forwarded, address):
    settings.PROXIES_IN_FRONT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert client_address(RequestFactory().get("/", headers=headers)) == address


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        ("Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107 MicroMessenger/8.0.40", "微信 · Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari · iPhone"),
        ("curl/8.5.0", "curl"),
        ("python-requests/2.31", "python-requests"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_two_words(agent, words):
    assert device_words(agent) == words
