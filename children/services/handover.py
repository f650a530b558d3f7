"""What the old village hands over with a child: its labels, risk, what is under way, carers, benefits, consent, words.

It is a paper, written once, in Chinese, as things stood when it was written; neither side's later changes touch it. What
lies sealed of a child's health is not in it: that goes with the child's own rows.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from children.enums import RUNNING_APPLICATIONS
from children.models import Application, Child, Consent
from children.rules.benefits import Benefit, benefits
from children.rules.labels import labels_of


@dataclass(frozen=True)
class HandoverPart:
    """A heading of the paper, and its lines."""

    title: str
    lines: tuple[str, ...]


def write_handover(child: Child, *, words: str, on: date) -> str:
    """The paper as JSON: who the child is, the parts, the words."""
    with translation.override("zh-hans"):
        further = [part for more in settings.PARTS_OF_A_HANDOVER for part in import_string(more)(child, on=on)]
        told = [*_of_the_register(child, on=on), *further]
        paper = {
            "name": child.name,
            "sex": child.sex,
            "born_on": child.born_on.isoformat(),
            "on": on.isoformat(),
            "parts": [asdict(part) for part in told if part.lines],
            "words": words,
        }
    return json.dumps(paper, ensure_ascii=False, sort_keys=True)


def read_handover(text: str) -> dict[str, Any]:
    """What `write_handover` wrote; {} where nothing was written yet."""
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def _of_the_register(child: Child, *, on: date) -> Iterable[HandoverPart]:
    labels = labels_of(child, on=on)
    yield HandoverPart(_("Labels"), tuple(str(one.kind.label) for one in labels.holding))
    yield HandoverPart(_("Who looks after the child"), tuple(_carers(child, on=on)))
    yield HandoverPart(_("Benefits"), tuple(_benefits(child)))
    given = Consent.objects.filter(child=child).holding(on=on).order_by("on", "id")
    yield HandoverPart(_("Consent"), tuple(f"{one.get_purpose_display()} {one.on.isoformat()}" for one in given))
    if child.confirmed_on:
        yield HandoverPart(_("Last confirmed with the family"), (child.confirmed_on.isoformat(),))


def _carers(child: Child, *, on: date) -> Iterable[str]:
    relations = {one.relative_id: one.get_relation_display() for one in child.family}
    for care in child.guardianships.current(on=on).select_related("carer").order_by("since", "id"):
        if care.carer is None:
            yield str(care.get_kind_display())
            continue
        who = f"{relations.get(care.carer.id, '')} {care.carer.name} {care.carer.phone}"
        yield f"{' '.join(who.split())}：{care.get_kind_display()}"


def _benefits(child: Child) -> Iterable[str]:
    """Applied for or received, without those that are nobody's business or tell of the child's health."""
    rows = Application.objects.filter(child=child, state__in=RUNNING_APPLICATIONS).order_by("applied_on", "id")
    for one in rows:
        benefit = benefits().get(one.benefit)
        if benefit and not _is_kept_back(benefit):
            yield f"{benefit.name}：{one.get_state_display()} {one.since.isoformat()}"


def _is_kept_back(benefit: Benefit) -> bool:
    of_health = any(condition.of_health for rule in benefit.rules for _word, condition in rule.needs)
    return benefit.is_confidential or of_health
