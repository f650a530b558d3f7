"""The rules and amounts that hold in a county on a day, as the office and the foundation read them; and how far a working out is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.places.models import Enrolment, Place
from ccmp.places.models.place import county_code_of
from children.enums import SchoolStage
from children.models import TakeUpRun
from children.rules.benefits import Amount, Benefit, Rule, benefits


@dataclass(frozen=True)
class RuleShown:
    """One benefit in a county on a day: the rule that holds, the amounts, and what is decided already for later."""

    benefit: Benefit
    rule: Rule | None
    amounts: list[Amount]
    to_come: list[Rule]
    amounts_to_come: list[Amount]
    ends_on: date | None


def counties_of(user: User) -> Sequence[Place]:
    """Those of the reader's place in which villages take part. Two queries."""
    if user.post is None:
        return []
    codes = Enrolment.objects.under(user.post.place.prefix).order_by().values_list("village_code", flat=True)
    counties = {county_code_of(code) for code in codes.distinct()}
    return list(Place.objects.filter(code__in=counties).order_by("code"))


def rules_shown(user: User, county: Place, *, on: date) -> list[RuleShown]:
    """What is kept by the county's office alone is told to it alone."""
    keeps = may(user, "children.keep_confidential_ground", at_place=county.code)
    return [_shown(one, county.prefix, on) for one in benefits().values() if keeps or not one.is_confidential]


def _shown(benefit: Benefit, prefix: str, on: date) -> RuleShown:
    rule = benefit.rule(prefix, on=on)
    amounts: list[Amount] = []
    for stage in SchoolStage:
        amounts += [one for one in benefit.amounts_in(prefix, stage, on=on) if one not in amounts]
    return RuleShown(
        benefit,
        rule,
        amounts,
        [one for one in benefit.rules if one.since > on and prefix.startswith(one.area)],
        [one for one in benefit.amounts if one.since > on and prefix.startswith(one.area)],
        rule.until if rule else None,
    )


def newest_run() -> TakeUpRun | None:
    """The newest working out of the whole register: under way, or the last one. One query."""
    return TakeUpRun.objects.newest_first().first()
