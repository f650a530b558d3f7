"""A child's labels as the API answers them: each with what decided it, in facts and in sentences."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from ccmp.web.rest.bodies import Shape
from children.enums import LabelKind, Means
from children.models import OF_AGE, STATUTORY_AGE, Child
from children.rules.child_facts import CareFacts, GroundFacts
from children.rules.labels import ChildOnDay, Label, Labels, ParentOnDay
from children.rules.labels.concepts import GROUNDS

ALWAYS_SAID = (LabelKind.LEFT_BEHIND, LabelKind.LEFT_BY_BOTH, LabelKind.LEFT_BY_ONE)  # false where it is not known


class LabelShape(Shape):
    """`holds` is null where the file does not tell (see `missing`) or the reader may not know (`kept_back`)."""

    label = serializers.ChoiceField(LabelKind.values)  # type: ignore[assignment]
    holds = serializers.BooleanField(allow_null=True)
    facts = serializers.DictField()
    why = serializers.ListField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.CharField())
    kept_back = serializers.BooleanField()


class LabelsShape(Shape):
    child = serializers.UUIDField()
    on = serializers.DateField()
    labels = LabelShape(many=True)


def labels_shown(child: Child, labels: Labels) -> dict[str, Any]:
    """Each label, true, false or null, with the facts that decided it."""
    return {"child": str(child.id), "on": str(labels.on), "labels": [_label(one) for one in labels]}


def _label(one: Label) -> dict[str, Any]:
    return {
        "label": one.kind.value,
        "holds": bool(one.holds) if one.kind in ALWAYS_SAID else one.holds,
        "facts": {} if one.is_kept_back else _facts(one),
        "why": one.why,
        "missing": one.missing,
        "kept_back": one.is_kept_back,
    }


def _facts(one: Label) -> dict[str, Any]:
    day = one.day
    born_on = str(day.facts.born_on)
    if one.kind in (LabelKind.LEFT_BY_BOTH, LabelKind.LEFT_BY_ONE):
        return {"father": _parent(day.father), "mother": _parent(day.mother)}
    if one.kind == LabelKind.LEFT_BEHIND:
        said = {"hukou": day.hukou.hukou.value, "born_on": born_on, "under_sixteen": day.under(STATUTORY_AGE)}
        return said | {"father": _parent(day.father), "mother": _parent(day.mother)}
    if one.kind == LabelKind.IN_DIFFICULTY:
        return {"grounds": [ground.value for ground in one.grounds]}
    if one.kind in GROUNDS:
        return {"grounds": [_ground(ground) for ground in day.grounds(GROUNDS[one.kind])]}
    return _open_facts(one) | {"born_on": born_on, "under_eighteen": day.under(OF_AGE)}


def _open_facts(one: Label) -> dict[str, Any]:
    parents = {"father": _in_full(one.day.father), "mother": _in_full(one.day.mother)}
    further = FURTHER.get(one.kind, lambda _day: {})(one.day)
    return further if one.kind == LabelKind.POVERTY else parents | further


def _means(day: ChildOnDay) -> dict[str, Any]:
    return {"means": [{"kind": kind.value, "since": str(span.since)} for kind, span in day.means(tuple(Means))]}


def _hukou(day: ChildOnDay) -> dict[str, Any]:
    return {
        "hukou": day.hukou.hukou.value,
        "hukou_county": day.hukou.county,
        "county": day.facts.village_code[:6],
        "lives_here_since": _day(day.facts.lives_here_since),
    }


def _cared(day: ChildOnDay) -> dict[str, Any]:
    return {"care": [_care(care) for care in day.care]}


FURTHER: dict[LabelKind, Callable[[ChildOnDay], dict[str, Any]]] = {
    LabelKind.DESTITUTE: _means,
    LabelKind.POVERTY: _means,
    LabelKind.MIGRANT: _hukou,
    LabelKind.GUARDIANSHIP_MISSING: _cared,
    LabelKind.UNATTENDED: _cared,
    LabelKind.ALONE: _cared,
}


def _parent(parent: ParentOnDay) -> dict[str, Any]:
    away, unable = parent.away, parent.incapacity
    return {
        "known": parent.known,
        "dead": parent.dead,
        "missing": parent.missing,
        "away": away and {"since": str(away.since), "until": _day(away.until), "where": away.where},
        "incapacity": unable and {"reason": unable.reason, "since": str(unable.since), "until": _day(unable.until)},
    }


def _in_full(parent: ParentOnDay) -> dict[str, Any]:
    """With the days: only those that had come."""
    return _parent(parent) | {
        "died_on": _day(parent.facts.died_on) if parent.dead else None,
        "missing_since": _day(parent.facts.missing_since) if parent.missing else None,
        "declared_missing_on": _day(parent.facts.declared_missing_on) if parent.declared else None,
        "incapacities": [
            {"reason": one.reason.value, "since": str(one.since), "until": _day(one.until)}
            for one in parent.incapacities
        ],
    }


def _care(care: CareFacts) -> dict[str, Any]:
    return {"kind": care.kind.value, "since": str(care.span.since), "until": _day(care.span.until)}


def _ground(one: GroundFacts) -> dict[str, Any]:
    kind = one.disability.value if one.disability else None
    return {"kind": one.kind.value, "disability": kind, "level": one.level or None, "since": str(one.span.since)}


def _day(day: Any) -> str | None:
    return str(day) if day else None
