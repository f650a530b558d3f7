"""Fields take what the contract says and nothing that only looks like it."""

import pytest
from django import forms
from rest_framework.exceptions import ValidationError

from ccmp.web.forms import DayField, MomentField
from ccmp.web.rest.fields import Choice, Day, Id, Moment, MonthField, PlaceCode, Whole, WholeAsked, Words, YesNo

AN_ID = "0190f2a1-7c3e-7abc-8def-0123456789ab"
TAKEN = [
    (Id(), AN_ID),
    (Id(), AN_ID.upper()),
    (YesNo(), True),
    (YesNo(), False),
    (YesNo(allow_null=True), None),
    (Whole(), 0),
    (Whole(), 2_147_483_647),
    (Whole(min_value=-5), -5),
    (WholeAsked(), "50"),
    (Words(), "陈雨欣"),
    (Words(max_length=3), "陈雨欣"),
    (Day(), "2026-03-12"),
    (Moment(), "2026-03-12T16:05:00+08:00"),
    (Moment(), "2026-03-12T08:05:00.123Z"),
    (MonthField(), "2026-03"),
    (PlaceCode(), "520323100201"),
]
REFUSED = [
    *((Id(), odd) for odd in (7, True, [], {}, "", "x", AN_ID.replace("-", ""), f"{{{AN_ID}}}", f"urn:uuid:{AN_ID}", f"{AN_ID}\n")),
    *((YesNo(), odd) for odd in (0, 1, 1.0, "true", "on", "", "null", [], {}, None)),
    *((YesNo(allow_null=True), odd) for odd in ("null", "", 0)),
    *((Whole(), odd) for odd in (True, False, 1.0, 1.5, "1", "", None, [], -1, 2**31, 2**63, 10**400)),
    *((WholeAsked(), odd) for odd in (1, "-1", "+1", "1.0", " 1", "٣", "1_0", "9" * 11, "9" * 5000, "1\n")),
    *((Words(), odd) for odd in (7, True, None, [], {}, "", "  ", "\u3000", "a\x00b", "\ud800", "x" * 201, "x" * 200 + " ")),
    *((Day(), odd) for odd in ("20260312", "2026-W11-4", "2026-3-12", "٢٠٢٦-٠٣-١٢", "1899-12-31", "2101-01-01", "0001-01-01", 7)),
    *((Day(), odd) for odd in ("2026-02-30", "2026-03-12T00:00:00Z", " 2026-03-12", "2026-03-12\n", "", None)),
    *((Moment(), odd) for odd in ("2026-03-12 16:05:00+08:00", "2026-03-12T16:05:00", "20260312T160500Z", "2026-03-12T16:05Z", 1)),
    *((Moment(), odd) for odd in ("2015-09-30T00:00:00Z", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-23:59", "", [])),
    *((MonthField(), odd) for odd in ("2026-3", "2026-13", "٢٠٢٦-٠٣", "2015-10", "9999-12", 202603, None)),
    *((PlaceCode(), odd) for odd in ("52032310020", " 520323100201", "520323100201\n", "٥٢٠٣٢٣١٠٠٢٠١", 520323100201)),
    *((Choice(["a", "b"]), odd) for odd in ("c", "", 1, True, None, [], {"a": 1}, "a ")),
]  # fmt: skip


@pytest.mark.parametrize(("field", "sent"), TAKEN, ids=lambda one: type(one).__name__)
def test_what_the_contract_says_is_taken(field, sent):
    field.run_validation(sent)


@pytest.mark.parametrize(("field", "sent"), REFUSED, ids=lambda one: repr(one)[:40])
def test_what_only_looks_like_it_is_refused_in_a_sentence(field, sent):
    with pytest.raises(ValidationError) as refused:
        field.run_validation(sent)

    assert all(sentence for sentence in refused.value.detail)


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_that_nobody_remembers_is_a_slip_on_a_page_too(typed):
    for field, value in ((DayField(), typed), (MomentField(), f"{typed}T10:00")):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean(value)

        assert refused.value.messages == ["这一天离项目的年代太远。请核对年份。"]
