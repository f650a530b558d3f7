"""Lists page by page: every row once, in order, whatever is written meanwhile; a cursor tells nothing."""

import pytest

from tests.factories import CLOUD_FOOT, make_child, make_session

ON = "2026-03-12"


def read_all(caller, path, **query):
    rows, page = [], caller.get(path, **query).json()
    while True:
        rows += page["results"]
        if page["next"] is None:
            return rows
        page = caller.client.get(page["next"]).json()


def test_every_row_comes_once_and_in_order(mother, as_):
    names = ["安", "安", "安", "毕", "陈", "陈", "段"]
    for name in names:
        make_child(mother, name=name)

    rows = read_all(as_(mother), "children/", on=ON, limit=2)

    assert [row["name"] for row in rows] == names
    assert len({row["id"] for row in rows}) == 7


def test_newest_first_goes_on_backwards(mother, as_):
    days = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"]
    for day in days:
        make_session(mother, f"{day} 16:00", f"{day} 18:00")

    rows = read_all(as_(mother), "club-sessions/", limit=2)

    assert [row["opened_at"][:10] for row in rows] == days[::-1]


def test_what_comes_in_meanwhile_neither_repeats_nor_hides_a_row(mother, as_):
    for name in ("安", "毕", "陈", "段"):
        make_child(mother, name=name)
    first = as_(mother).get("children/", on=ON, limit=2).json()
    make_child(mother, name="艾")

    second = as_(mother).client.get(first["next"]).json()

    assert [row["name"] for row in first["results"] + second["results"]] == ["安", "毕", "陈", "段"]


def test_the_last_page_has_no_next(mother, child, as_):
    assert as_(mother).get("children/", on=ON, limit=1).json()["next"] is None


def test_a_cursor_does_not_tell_whom_it_stands_for(mother, as_):
    for name in ("张思", "张思雨"):
        make_child(mother, name=name)

    following = as_(mother).get("children/", on=ON, limit=1).json()["next"]

    assert "zhang" not in following
    assert "2014" not in following


def test_a_cursor_belongs_to_its_own_list(mother, as_):
    for name in ("安", "毕"):
        make_child(mother, name=name)
    cursor = (
        as_(mother).client.get(as_(mother).get("children/", on=ON, limit=1).json()["next"]).wsgi_request.GET["cursor"]
    )

    response = as_(mother).get("club-sessions/", cursor=cursor)

    assert response.status_code == 400
    assert response.json()["field"] == "cursor"


def test_another_ones_cursor_shows_no_more_than_ones_own_reach(mother, other_mother, as_):
    for name in ("安", "毕", "陈"):
        make_child(mother, name=name)
    following = as_(mother).get("children/", on=ON, limit=1).json()["next"]

    rows = as_(other_mother).client.get(following).json()["results"]

    assert rows == []


@pytest.mark.parametrize("limit", [1, 50, 200])
def test_a_page_has_no_more_rows_than_asked_for(mother, as_, limit):
    for number in range(3):
        make_child(mother, name=f"陈{number}")

    assert len(as_(mother).get("children/", on=ON, limit=limit, under=CLOUD_FOOT).json()["results"]) == min(limit, 3)
