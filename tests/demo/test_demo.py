"""The command: the same numbers give the same rows, a killed run is taken up, nothing is mixed with other data."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from ccmp.demo import making
from ccmp.demo.counties import kinds_by_village, make_county
from ccmp.demo.models import DemoRun
from ccmp.moments import start_of
from ccmp.people.enums import Role
from ccmp.people.models import Department, Posting, User
from ccmp.places.models import Enrolment, Place
from children.enums import GoneWhy, MoveKind
from children.models import OF_AGE, Child, Household, Move, Relative, years_before
from clubs.models import Activity, Attendance, Club, ClubClosure, ClubSession
from referrals.models import Referral, Task, TaskMove
from tests import factories
from visits.models import Flag, FlagMove, Visit, VisitDeadline

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 20)
SMALL = {"villages": 4, "months": 1, "seed": 7, "children": 14, "today": TODAY}
KEYED = (
    User, Posting, Department, Club, Household, Relative, Child, ClubSession, Activity, ClubClosure, Visit, Flag, Referral,
    Task,
)  # fmt: skip
NOT_COMPARED = {"password", "resident_id", "phone", "group", "group_id"}  # sealed anew each time, or counted up


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.VAR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a dozen slow ones a run
    return tmp_path


def demo(**options: object) -> str:
    said = StringIO()
    call_command("demo", processes=1, stdout=said, **{**SMALL, **options})
    return said.getvalue()


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Every row with a key of its own; of the others what they say, by the key of what they belong to."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for model in KEYED:
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in NOT_COMPARED]
        found[model.__name__] = list(model._default_manager.order_by("pk").values_list(*names))
    found["attendance"] = list(Attendance.objects.order_by("session", "child").values_list("session", "child"))
    found["deadlines"] = list(
        VisitDeadline.objects.order_by("child", "set_on", "id").values_list(
            "child", "level", "due_on", "closed_on", "met_by"
        )
    )
    found["flag moves"] = list(
        FlagMove.objects.order_by("flag", "id").values_list("flag", "went_to", "by", "at", "why")
    )
    found["task moves"] = list(
        TaskMove.objects.order_by("task", "id").values_list("task", "went_to", "by", "at", "why")
    )
    return found


class _Undo(Exception):
    pass


def undone(act: Callable[[], object]) -> dict[str, list[tuple[object, ...]]]:
    """The rows that an act brings, and then the database as it was."""
    found: dict[str, list[tuple[object, ...]]] = {}
    try:
        with transaction.atomic():
            act()
            found = rows()
            raise _Undo
    except _Undo:
        return found


def test_the_same_numbers_give_the_same_rows_and_another_seed_others() -> None:
    first = undone(demo)
    again = undone(demo)
    other = undone(lambda: demo(seed=8))

    assert {name: len(found) for name, found in first.items() if not found} == {"ClubClosure": 0}
    assert again == first
    assert other["Child"] != first["Child"]


def test_every_fact_lies_before_today_and_nothing_is_recorded_before_it_happened() -> None:
    demo()

    end = start_of(TODAY)
    assert not ClubSession.objects.filter(closed_at__gte=end).exists()
    assert not Visit.objects.filter(recorded_at__gte=end).exists()
    assert not FlagMove.objects.filter(at__gte=end).exists()
    assert not TaskMove.objects.filter(at__gte=end).exists()
    assert Child.objects.order_by("made_at").first().made_at >= start_of(date(2026, 5, 1))


def test_who_is_18_on_the_last_day_has_been_let_go_as_by_the_nightly_job() -> None:
    demo(villages=1, children=150, months=4)

    grown_up = Child.objects.filter(born_on__lte=years_before(TODAY, OF_AGE))
    assert grown_up.filter(gone_on=None).count() == 0
    assert Move.objects.filter(kind=MoveKind.OF_AGE).count() == grown_up.filter(gone_why=GoneWhy.OF_AGE).count() > 0


def test_everything_is_marked_as_invented() -> None:
    demo()

    villages = Place.objects.filter(code__in=Enrolment.objects.values("village_code"))
    assert set(villages.values_list("is_demo", flat=True)) == {True}
    assert set(User.objects.values_list("is_demo", flat=True)) == {True}
    assert not Child.objects.exclude(village_code__in=villages.values("code")).exists()


def test_one_account_of_each_role_is_written_for_its_owner_alone(var: Path) -> None:
    said = demo()

    file = var / "accounts.txt"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "·" in line]
    opened = {line.split()[0]: line.split()[1] for line in lines}
    roles = Posting.objects.filter(user__username__in=opened).values_list("role", flat=True)
    assert file.stat().st_mode & 0o777 == 0o600
    assert set(roles) == set(Role)
    assert all(User.objects.get(username=name).check_password(password) for name, password in opened.items())
    assert all(line in said for line in lines)
    assert not any(user.has_usable_password() for user in User.objects.exclude(username__in=opened))


@pytest.fixture
def two_counties(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan of two counties without the thirty-one villages that two counties take."""
    whole = making.plan

    def plan(*, villages: int, seed: int, townships: list[str]) -> list[object]:
        found = whole(villages=62, seed=seed, townships=townships)
        return [type(one)(one.prefix, one.villages[:2], one.shelf) for one in (found[0], found[-1])]

    monkeypatch.setattr(making, "plan", plan)


def test_a_run_that_was_killed_half_way_is_taken_up_and_comes_to_the_same(two_counties: None) -> None:
    whole = undone(demo)

    def killed_and_taken_up() -> None:
        run = making.begin(**SMALL, at=factories.NOW)
        making._lay_the_ground(run, str)
        counties = making.counties_of(run)
        assert make_county(run, counties[1], kinds_by_village(run, counties))  # then the power went
        demo(if_empty=True, villages=20, seed=99, today=None)

    assert undone(killed_and_taken_up) == whole


def test_with_if_empty_nothing_is_added_to_children_that_are_there() -> None:
    factories.make_places()
    factories.make_child(factories.make_mother(name="罗小琴"))

    said = demo(if_empty=True)

    assert said == "There are children already: nothing was added.\n"
    assert Child.objects.count() == 1
    assert not DemoRun.objects.exists()


def test_invented_data_is_never_mixed_with_other_data() -> None:
    factories.make_places()
    factories.make_child(factories.make_mother(name="罗小琴"))

    with pytest.raises(CommandError, match="这个数据库里已有儿童"):
        demo()
    assert not DemoRun.objects.exists()


def test_the_same_demo_again_is_said_to_be_there_and_another_is_refused() -> None:
    demo(villages=1)

    assert demo(villages=1) == "This demo is here already: 1 villages × 1 months, seed 7, 2026-06-20.\n"
    with pytest.raises(CommandError, match="另一套演示数据"):
        demo(villages=2)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"today": date(2999, 1, 1)}, "lies in the future"), ({"villages": 0}, "1 or more"), ({"months": 0}, "1 or more")],
)
def test_what_cannot_be_is_refused(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        demo(**options)
