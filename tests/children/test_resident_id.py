"""What is said of an ID number: why it cannot be one, what was probably mistyped, and what a person should look at."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from ccmp.places.models import Place
from children.rules.id_areas import Areas
from children.rules.id_slips import guesses, likeliest
from children.rules.resident_id import BadResidentId, check_character, check_number, clean_number, read_resident_id

ON = date(2026, 3, 12)
GUIZHOU = Areas({"520323": None, "520502": None, "522426": date(2012, 1, 1)})
RIGHT = "520323201406010027"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@st.composite
def numbers(draw) -> str:
    """A valid number of somebody born in the last forty years."""
    born_on = ON - timedelta(days=draw(st.integers(0, 15000)))
    seventeen = f"{draw(st.sampled_from(['520323', '511303', '110101']))}{born_on:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return seventeen + check_character(seventeen)


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_of_every_single_mistyped_character_the_true_number_is_among_the_guesses(number, place, typed):
    assume(typed != number[place] and (typed != "X" or place == 17))
    mistyped = number[:place] + typed + number[place + 1 :]

    found = guesses(mistyped, on=ON)

    assert (number, place + 1, typed, number[place]) in [(one.number, one.place, one.wrong, one.right) for one in found]


@given(numbers(), st.integers(0, 15))
def test_of_every_two_swapped_neighbours_the_true_number_is_among_the_guesses(number, place):
    assume(number[place] != number[place + 1])
    mistyped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    found = guesses(mistyped, on=ON)

    assert number in [one.number for one in found if one.is_swap and one.place == place + 1]


@given(numbers(), st.integers(6, 13), st.sampled_from("0123456789"))
def test_a_digit_of_the_birth_date_is_found_by_the_birth_date_that_is_written(number, place, typed):
    assume(typed != number[place])
    mistyped = number[:place] + typed + number[place + 1 :]
    true = read_resident_id(number, on=ON)

    found = likeliest(mistyped, on=ON, born_on=true.born_on, sex=true.sex, areas=())

    assert (found[0].number, found[0].place) == (number, place + 1)


@given(numbers(), st.integers(0, 5), st.sampled_from("0123456789"))
def test_a_digit_of_the_area_is_found_among_the_areas_that_there_are(number, place, typed):
    assume(typed != number[place])
    mistyped = number[:place] + typed + number[place + 1 :]
    true = read_resident_id(number, on=ON)

    found = likeliest(mistyped, on=ON, born_on=true.born_on, sex=true.sex, areas={number[:6]})

    assert number in [one.number for one in found]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "520323201406070027",
            "The last character does not fit the others. Perhaps digit 14 is 1, not 7. Please compare it with the hukou book.",
        ),
        (
            "520323201400610027",
            "The last character does not fit the others. Perhaps digits 12 and 13 are swapped: “60”, not “06”. "
            "Please compare it with the hukou book.",
        ),
        ("5203232014060100", "An ID number has 18 characters; this one has 16."),
        ("52032320140601002", "An ID number has 18 characters; this one has 17. If only the last is missing, it is 7."),
        (
            "520323680401001",
            "This is an old number of 15 digits, which no longer counts. Copy the one of 18 from the hukou book: "
            "it has 19 before the year of birth, and should end in 0.",
        ),
        (
            "H12345678",
            "This looks like a travel permit of Hong Kong or Macau. Write the 18 characters of the residence permit; "
            "if the child has none, leave this empty and choose why.",
        ),
        ("520323101206010024", "Digits 7 to 14 of an ID number are the birth date; these are no date."),
        ("5203232X1406010027", "Character 8 is an X, which stands only at the end of an ID number."),
        (
            "520323201406B10027",
            "Character 13 is the letter “B”. Is it the digit 8? Please compare it with the hukou book.",
        ),
        (
            "520323201406*10027",
            "Character 13, “*”, is no digit. An ID number is 17 digits and a last digit or X.",
        ),
        ("520323201402300027", "Digits 7 to 14 of an ID number are the birth date; these are no date."),
        ("520323202603130022", "The birth date in this ID number lies in the future."),
    ],
)
def test_a_number_that_cannot_be_one_is_refused_with_what_is_wrong(typed, sentence):
    with pytest.raises(BadResidentId) as refused:
        check_number(typed, born_on=date(2014, 6, 1), sex="2", on=ON, areas=GUIZHOU)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "typed",
    [
        "520323 20140601 0027",
        "520323-20140601-0027",
        "５２０３２３２０１４０６０１００２７",
        "52O3232Ol4O6Ol0O27",
        "\u200b520323\u00a0201406010027\u3000",
        "520323——20140601——0027",
    ],
)
def test_what_a_hurried_hand_writes_for_digits_is_read_as_digits(typed):
    assert clean_number(typed) == RIGHT


@pytest.mark.parametrize("last", ["x", "X", "Ｘ", "×", "ｘ", "Х"])
def test_every_x_is_an_x(last):
    assert clean_number(f"52032320140601003{last}") == "52032320140601003X"


def test_a_number_that_agrees_has_nothing_odd():
    checked = check_number(RIGHT, born_on=date(2014, 6, 1), sex="2", on=ON, areas=GUIZHOU)

    assert (checked.number, checked.warnings) == (RIGHT, ())


def test_a_birth_date_that_differs_is_said_with_both_dates_and_the_digits():
    [odd] = check_number(RIGHT, born_on=date(2014, 6, 10), sex="2", on=ON, areas=GUIZHOU).warnings

    assert (odd.of, odd.sentence) == (
        "born_on",
        "In the ID number the birth date is 2014-06-01, you wrote 2014-06-10: digits 13, 14 of the number differ.",
    )


def test_a_sex_that_differs_is_said():
    [odd] = check_number(RIGHT, born_on=date(2014, 6, 1), sex="1", on=ON, areas=GUIZHOU).warnings

    assert (odd.of, odd.sentence) == (
        "sex",
        "The 17th digit of the ID number is even, as girls have it; you wrote a boy.",
    )


def with_area(area: str, born: str = "20140601") -> str:
    return f"{area}{born}002{check_character(f'{area}{born}002')}"


@pytest.mark.parametrize(
    ("area", "born_on", "is_odd"),
    [
        ("520502", date(2009, 1, 5), False),  # a package refused this one
        ("522426", date(2011, 12, 31), False),  # 纳雍 had it until 2011
        ("522426", date(2012, 1, 1), True),
        ("520399", date(2014, 6, 1), True),
        ("440305", date(2014, 6, 1), False),  # of a province whose counties nobody brought in
        ("990305", date(2014, 6, 1), True),
        ("810000", date(2014, 6, 1), False),  # residence permits: Hong Kong, Macau, Taiwan
        ("820000", date(2014, 6, 1), False),
        ("830000", date(2014, 6, 1), False),
    ],
)
def test_an_area_is_odd_only_where_none_was_since_the_birth(area, born_on, is_odd):
    number = with_area(area, f"{born_on:%Y%m%d}")

    checked = check_number(number, born_on=born_on, sex="2", on=ON, areas=GUIZHOU)

    assert [one.of for one in checked.warnings] == ["area"] * is_odd


@pytest.mark.usefixtures("world")
def test_an_area_is_asked_of_the_places_in_one_query(django_assert_num_queries):
    known = Place.objects.filter(level="county").values_list("code", flat=True).first()

    with django_assert_num_queries(1):
        here = check_number(with_area(known[:6]), born_on=date(2014, 6, 1), sex="2", on=ON)
    nowhere = check_number(with_area(f"{known[:4]}99"), born_on=date(2014, 6, 1), sex="2", on=ON)

    assert (here.warnings, [one.of for one in nowhere.warnings]) == ((), ["area"])
