"""One label of a child on a day, and all of them: what holds, what does not, what the file does not tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from children.enums import ALERTS, SEALED_LABELS, Hukou, LabelKind, LeftBy
from children.models import STATUTORY_AGE
from children.rules.labels.concepts import CONCEPTS, OPEN_DIFFICULTIES, ChildOnDay
from children.rules.labels.words import missing_said, rule_said, why_said
from children.rules.not_known import Known, any_of
from children.rules.parents import ParentOnDay


@dataclass(frozen=True)
class Label:
    """`holds` is None where the file does not tell, or where this reader may not be told (`is_kept_back`)."""

    kind: LabelKind
    holds: Known
    day: ChildOnDay
    grounds: tuple[LabelKind, ...] = ()
    is_kept_back: bool = False

    @property
    def title(self) -> str:
        return str(self.kind.label)

    @property
    def is_open(self) -> bool:
        """On a page the reasons stand open for what comes first."""
        return self.is_alert or self.kind == LabelKind.LEFT_BEHIND

    @property
    def is_alert(self) -> bool:
        return self.kind in ALERTS

    @property
    def is_unknown(self) -> bool:
        return self.holds is None and not self.is_kept_back

    @property
    def why(self) -> list[str]:
        """The facts that decided, in plain sentences."""
        return [] if self.is_kept_back else why_said(self.kind, self.day, self.grounds)

    @property
    def rule(self) -> str:
        """By which document."""
        return rule_said(self.kind, self.day)

    @property
    def missing(self) -> list[str]:
        """What the file would have to tell."""
        return missing_said(self.kind, self.day) if self.is_unknown else []


@dataclass(frozen=True)
class Labels:
    """A child's labels on a day, for one who may see its health or may not."""

    day: ChildOnDay
    sees_health: bool = False

    def __iter__(self) -> Iterator[Label]:
        return (self.of(kind) for kind in LabelKind)

    def of(self, kind: LabelKind) -> Label:
        if kind == LabelKind.IN_DIFFICULTY:
            return self._in_difficulty()
        if kind in SEALED_LABELS and not self.sees_health:
            return Label(kind, None, self.day, is_kept_back=True)
        return Label(kind, CONCEPTS[kind](self.day), self.day)

    def _in_difficulty(self) -> Label:
        """By any ground. Whoever may not see the sealed ones is told of the open ones, and that there may be others:
        the same words whether there are or not."""
        kinds = (*OPEN_DIFFICULTIES, *(SEALED_LABELS if self.sees_health else ()))
        found = {kind: CONCEPTS[kind](self.day) for kind in kinds}
        holding = tuple(kind for kind in kinds if found[kind])
        is_kept_back = not holding and not self.sees_health
        holds = None if is_kept_back else any_of(*found.values())
        return Label(LabelKind.IN_DIFFICULTY, holds, self.day, holding, is_kept_back)

    @property
    def holding(self) -> list[Label]:
        """Hard alerts first."""
        return sorted((one for one in self if one.holds), key=lambda one: not one.is_alert)

    @property
    def unknown(self) -> list[Label]:
        return [one for one in self if one.is_unknown]

    @property
    def on(self) -> date:
        return self.day.on

    @property
    def father(self) -> ParentOnDay:
        return self.day.father

    @property
    def mother(self) -> ParentOnDay:
        return self.day.mother

    @property
    def rural(self) -> bool:
        return self.day.hukou.hukou == Hukou.RURAL

    @property
    def under_sixteen(self) -> bool:
        return self.day.under(STATUTORY_AGE)

    @cached_property
    def left_behind(self) -> bool:
        return bool(self.of(LabelKind.LEFT_BEHIND).holds)

    @property
    def left_by(self) -> LeftBy:
        return self.day.left_by
