"""Visits and flags as they are sent, and the county's moves."""

from typing import Any

from rest_framework import serializers

from ccmp.places.api.subtree import Subtree
from ccmp.web.rest.bodies import Body, PageQuery
from ccmp.web.rest.fields import A_TEXT, Choice, Id, Moment, PlaceCode, ProgrammeDay, Whole, Words, YesNo
from visits.entries import FlagEntry, VisitEntry
from visits.enums import FlagKind, FlagState, Outcome, OverrideReason, Severity
from visits.rules.checklists import CURRENT, DANGER, FINE

MOST_ITEMS = 100
ITEM_ID = r"\A[a-z_]{1,40}\Z"


class ByItem(serializers.DictField):
    """Values by item of the checklist; the keys are item ids."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict) and len(data) > MOST_ITEMS:
            raise serializers.ValidationError("A checklist has no more than 100 items.")
        values = super().to_internal_value(data)
        for item in values:
            serializers.RegexField(ITEM_ID).run_validation(item)
        return values


class VisitBody(Body):
    """A visit to one child, or the attempt at one. Items that are missing from `answers` were not asked."""

    id = Id()
    child = Id()
    made_at = Moment()
    outcome = Choice(Outcome.choices)
    checklist = Whole(default=CURRENT, min_value=1, max_value=1000)
    answers = ByItem(
        child=Whole(min_value=FINE, max_value=DANGER),
        default=dict,
        help_text="Item id → 0 fine, 1 worry, 2 danger.",
    )
    notes = ByItem(child=Words(max_length=A_TEXT), default=dict, help_text="Item id → what was seen.")
    note = Words(max_length=A_TEXT, default="")
    seen_alone = YesNo(default=None, allow_null=True)
    not_alone_because = Words(default="")
    override = Choice(OverrideReason.choices, default="", allow_blank=True)


class FlagBody(Body):
    """Something is wrong with a child. Without `child`, `child_words` say who it is."""

    id = Id()
    village_code = PlaceCode()
    made_at = Moment()
    kind = Choice(FlagKind.choices)
    seen = Words(max_length=A_TEXT)
    child = Id(default=None, allow_null=True)
    child_words = Words(max_length=120, default="")
    visit = Id(default=None, allow_null=True)
    severity = Choice(
        Severity.choices, default="", allow_blank=True, help_text="Left out: the one that the kind has by itself."
    )
    situation = Words(max_length=A_TEXT, default="")
    police_told_at = Moment(default=None, allow_null=True)
    police_told_whom = Words(max_length=80, default="")


class AcknowledgeBody(Body):
    answer = Words(max_length=A_TEXT, default="", help_text="A word to the reporter.")


class DismissBody(Body):
    reason = Words(max_length=A_TEXT, default="")


class CloseFlagBody(Body):
    answer = Words(max_length=A_TEXT, default="")


class VisitsQuery(PageQuery):
    under = Subtree()
    child = Id(required=False)


class DueQuery(PageQuery):
    on = ProgrammeDay(required=False, help_text="Due until this day, and late by it; today when left out.")
    under = Subtree()


class FlagsQuery(PageQuery):
    under = Subtree()
    state = Choice(FlagState.choices, required=False)


def visit_entry(values: dict[str, Any]) -> VisitEntry:
    return VisitEntry(**values)


def flag_entry(values: dict[str, Any]) -> FlagEntry:
    return FlagEntry(**values)
