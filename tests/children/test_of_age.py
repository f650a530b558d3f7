"""Who is 18 leaves the register by itself: each night, nights that were missed too, once."""

from datetime import date

import pytest
from django.conf import settings
from django.db import transaction

from ccmp.audit.models import AuditEntry
from children.enums import TransferState
from children.models import Child, Move
from children.models.stay import TransferHasMovedOn
from children.rules.transfers import BadTransfer, Home
from children.services import of_age
from children.services.of_age import close_stays_of_age
from children.services.transfers import take_over
from tests.factories import make_child, moment
from tests.factories.moves import offer
from visits.models import VisitDeadline

LATER = moment("2028-06-10 00:05")


@pytest.mark.parametrize(
    ("born_on", "gone_on"),
    [
        (date(2010, 6, 10), date(2028, 6, 10)),
        (date(2010, 2, 28), date(2028, 2, 28)),
        (date(2010, 3, 1), date(2028, 3, 1)),
        (date(2009, 12, 31), date(2027, 12, 31)),
    ],
)
def test_the_stay_ends_on_the_eighteenth_birthday(mother, born_on, gone_on):
    child = make_child(mother, born_on=born_on)

    assert close_stays_of_age(at=LATER) == 1

    child.refresh_from_db()
    assert (child.gone_on, child.gone_why) == (gone_on, "of_age")
    move = Move.objects.get()
    assert (move.kind, move.on, move.recorded_by) == ("of_age", gone_on, None)
    assert (AuditEntry.objects.get(did="came of age").by, AuditEntry.objects.get(did="came of age").on_id) == (
        None,
        str(child.id),
    )


def test_born_on_the_29th_of_february_one_is_eighteen_on_the_first_of_march(mother):
    child = make_child(mother, born_on=date(2012, 2, 29))
    assert child.is_in_register(on=date(2030, 2, 28))
    assert not child.is_in_register(on=date(2030, 3, 1))

    assert close_stays_of_age(at=moment("2030-02-28 23:00")) == 0
    assert close_stays_of_age(at=moment("2030-03-01 00:05")) == 1

    child.refresh_from_db()
    assert child.gone_on == date(2030, 3, 1)


def test_no_visit_is_due_any_more(mother):
    make_child(mother, born_on=date(2010, 6, 10))

    close_stays_of_age(at=LATER)

    assert not VisitDeadline.objects.running().exists()


def test_twice_is_once_and_who_is_gone_stays_gone(mother):
    make_child(mother, born_on=date(2010, 6, 10))
    make_child(mother, born_on=date(2010, 6, 11))

    assert [close_stays_of_age(at=LATER) for _night in range(2)] == [1, 0]
    assert Move.objects.count() == 1


def test_killed_half_way_the_next_run_does_the_rest(mother, monkeypatch):
    for day in (1, 2, 3):
        make_child(mother, born_on=date(2010, 6, day))
    monkeypatch.setattr(of_age, "AT_ONCE", 1)
    with transaction.atomic():
        of_age._close_some(at=LATER)
    assert Child.objects.filter(gone_why="of_age").count() == 1

    assert close_stays_of_age(at=LATER) == 2


def test_three_nights_missed_each_is_let_go_on_the_own_birthday(mother):
    for day in (7, 8, 9, 10, 11):
        make_child(mother, born_on=date(2010, 6, day))

    assert close_stays_of_age(at=LATER) == 4
    assert sorted(Move.objects.values_list("on", flat=True)) == [date(2028, 6, day) for day in (7, 8, 9, 10)]


def test_the_night_is_that_of_shanghai(mother):
    make_child(mother, born_on=date(2010, 6, 10))

    assert close_stays_of_age(at=moment("2028-06-09 23:59")) == 0
    assert close_stays_of_age(at=moment("2028-06-10 00:00")) == 1
    schedule = settings.CELERY_BEAT_SCHEDULE["let go of who came of age"]["schedule"]
    assert (settings.CELERY_TIMEZONE, schedule.hour, schedule.minute) == ("Asia/Shanghai", {0}, {5})


def test_who_came_of_age_is_handed_over_to_nobody(mother, other_mother):
    child = make_child(mother, born_on=date(2010, 6, 10))
    transfer = offer(mother, child)

    close_stays_of_age(at=LATER)

    transfer.refresh_from_db()
    assert transfer.state == TransferState.OVER
    assert list(transfer.moves.values_list("went_to", "by")) == [("over", None)]
    with pytest.raises(TransferHasMovedOn):
        take_over(transfer_id=transfer.id, home=Home(head_name="李国强"), by=other_mother, at=LATER)


def test_on_the_birthday_before_the_job_ran_nobody_takes_the_child_over(mother, other_mother):
    child = make_child(mother, born_on=date(2010, 6, 10))
    transfer = offer(mother, child)

    with pytest.raises(BadTransfer):
        take_over(transfer_id=transfer.id, home=Home(head_name="李国强"), by=other_mother, at=LATER)

    child.refresh_from_db()
    assert (child.gone_on, transfer.state) == (None, TransferState.WAITING)


def test_as_many_queries_for_three_as_for_one(mother, django_assert_max_num_queries):
    for day in (1, 2, 3):
        make_child(mother, born_on=date(2010, 6, day))

    with django_assert_max_num_queries(23):  # a transfer that waits
        close_stays_of_age(at=LATER)
