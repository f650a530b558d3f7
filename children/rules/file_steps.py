"""What of a child's file is still empty, step by step: what the national form asks of everybody."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from children.enums import SchoolStage
from children.models import Child

AT_SCHOOL = (
    SchoolStage.KINDERGARTEN,
    SchoolStage.PRIMARY,
    SchoolStage.JUNIOR,
    SchoolStage.SENIOR,
    SchoolStage.VOCATIONAL,
)


@dataclass(frozen=True)
class LeftToFill:
    """For each step what is missing in it, in the reader's language; blank when nothing is. The home is asked for."""

    child: Child

    @cached_property
    def identity(self) -> str:
        return "" if self.child.resident_id_index else _("no ID number")

    @cached_property
    def hukou(self) -> str:
        return "" if self.child.hukou_county or self.child.hukou == "none" else _("county not filled in")

    @cached_property
    def school(self) -> str:
        is_named = self.child.school_name or self.child.school_stage not in AT_SCHOOL
        return "" if is_named else _("name not filled in")

    @cached_property
    def health(self) -> str:
        return "" if self.child.health_told_on else _("not asked yet")

    @cached_property
    def home(self) -> str:
        return "" if self.child.household.income else _("income not filled in")

    @property
    def number(self) -> int:
        return sum(bool(one) for one in (self.identity, self.hukou, self.school, self.health, self.home))
