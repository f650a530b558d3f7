"""Changes and choices that waited on a phone, replayed: nothing is written over, nothing comes twice."""

from datetime import timedelta

import pytest

from children.forms.change import seen_text
from children.models import Child, Difference, FileChange
from children.rules.file_fields import texts_of
from tests import factories
from tests.factories import NOW, moment
from tests.factories.differences import say
from tests.phone.sending import MADE, of_page, take, take_one


@pytest.fixture
def director(mother):
    return factories.make_director(name="石大山", is_substitute=True)


def held(child):
    return texts_of(Child.objects.select_related("household").get(pk=child.pk))


def change_of(child, step="school", **said):
    """What her phone would post of a step of the file as it stands now."""
    seen = texts_of(Child.objects.select_related("household").get(pk=child.pk), step)
    fields = seen | said
    ticks = {"is_boarding": "on"} if fields.pop("is_boarding", "") == "yes" else {}
    return of_page("children:change", child.id, step, seen=seen_text(seen), **fields, **ticks)


def choice_of(difference, keep, **fields):
    return of_page("children:decide", difference.id, keep=keep, seen=difference.held, **fields)


def test_a_change_delivered_three_times_leaves_one_difference_with_the_phones_moment(mother, director, child):
    entry = change_of(child, school_stage="dropped_out", school_name="旺草镇中心小学")
    say(child, director, school_stage="junior")

    for hours in (0, 1, 2):
        assert take_one(mother, entry, at=NOW + timedelta(hours=hours)).is_kept

    [one] = Difference.objects.all()
    assert (one.held, one.brought, one.made_at) == ("junior", "dropped_out", moment(MADE))
    assert (held(child)["school_name"], held(child)["school_stage"]) == ("旺草镇中心小学", "junior")
    assert FileChange.objects.filter(recorded_by=mother).count() == 1


def test_two_changes_of_one_field_in_a_row_are_taken_in_their_order(mother, child):
    first = change_of(child, school_stage="junior")
    on_her_phone = held(child) | {"school_stage": "junior"}
    second = change_of(child, school_stage="senior")
    second["body"]["fields"]["seen"] = [seen_text(on_her_phone)]

    assert [answer.is_kept for answer in take(mother, first, second)] == [True, True]

    assert (held(child)["school_stage"], Difference.objects.count()) == ("senior", 0)


def test_a_change_that_cannot_be_true_comes_back_with_its_sentence_and_its_field(mother, child):
    answer = take_one(mother, change_of(child, "identity", born_on="2026-03-02"))

    assert (answer.is_kept, list(answer.fields)) == (False, ["born_on"])


def test_a_choice_is_kept_once_and_one_that_comes_too_late_is_told_so(mother, director, child):
    say(child, director, school_stage="junior")
    say(child, mother, seen={"school_stage": "primary"}, school_stage="senior")
    one = Difference.objects.get()
    brought, other = choice_of(one, "brought"), choice_of(one, "held")

    answers = [take_one(mother, brought), take_one(mother, brought), take_one(director, other)]

    assert [answer.is_kept for answer in answers] == [True, True, False]
    assert "罗小琴" in answers[2].reason
    one.refresh_from_db()
    assert (held(child)["school_stage"], one.kept, one.decided_at) == ("senior", "brought", moment(MADE))


def test_a_choice_between_values_of_which_one_went_on_comes_back(mother, director, child):
    say(child, director, school_stage="junior")
    say(child, mother, seen={"school_stage": "primary"}, school_stage="senior")
    choice = choice_of(Difference.objects.get(), "brought")
    say(child, director, school_stage="vocational")

    answer = take_one(mother, choice)

    assert (answer.is_kept, bool(answer.reason)) == (False, True)
    assert held(child)["school_stage"] == "vocational"
