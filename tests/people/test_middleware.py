import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.phone.calling import signed_in


@pytest.mark.parametrize("name", ["visits:today", "children:list", "people:account", "phone:outbox"])
def test_a_page_for_somebody_who_is_signed_in_is_kept_by_no_browser(mother, name):
    factories.make_child(mother)

    assert signed_in(mother).get(reverse(name)).headers["Cache-Control"] == "no-store"


def test_a_page_that_is_refused_is_kept_by_no_browser_either(mother):
    assert signed_in(mother).get(reverse("phones:list")).headers["Cache-Control"] == "no-store"


def test_what_names_nobody_may_be_kept(mother):
    for client in (Client(), signed_in(mother)):
        assert client.get(reverse("phone:manifest")).headers["Cache-Control"] == "max-age=3600"
        assert client.get(reverse("phone:worker")).headers["Cache-Control"] == "no-cache"
