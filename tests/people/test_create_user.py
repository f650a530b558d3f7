import io

import pytest
from django.core.management import CommandError, call_command

from ccmp.people.models import Posting, User
from tests.factories import CLOUD_FOOT, SUIYANG

PASSWORD = "tie-dye-plum-31"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = PASSWORD) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("create_user", *arguments, stdout=io.StringIO())


def test_an_account_is_made_and_posted(world, monkeypatch):
    run(monkeypatch, "zhou", "--role", "county_officer", "--place", SUIYANG, "--full-name", "周令仪")

    user = User.objects.get(username="zhou")
    assert user.check_password(PASSWORD)
    assert list(Posting.objects.values_list("user__full_name", "role", "place_code")) == [
        ("周令仪", "county_officer", SUIYANG)
    ]


@pytest.mark.parametrize(
    ("arguments", "password"),
    [
        (("zhou", "--role", "county_officer", "--place", "999999999999"), PASSWORD),  # an unknown place
        (("zhou", "--role", "county_officer", "--place", CLOUD_FOOT), PASSWORD),  # a county officer of a village
        (("zhou", "--role", "county_officer", "--place", SUIYANG), "12345"),  # a password that anybody guesses
        (("zhou", "--role", "companion_mother", "--place", CLOUD_FOOT), PASSWORD),  # no file, no background check
    ],
)
def test_what_cannot_be_posted_leaves_no_account_behind(world, monkeypatch, arguments, password):
    with pytest.raises(CommandError):
        run(monkeypatch, *arguments, password=password)

    assert not User.objects.exists()
