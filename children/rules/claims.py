"""Who may note how far a child is with a benefit, or a ground of difficulty, and who may see what it rests on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed, Refusal, permits
from children.enums import CONFIDENTIAL_GROUNDS, Ground
from children.models import Child
from children.rules.belonging import not_here
from children.rules.benefits import Benefit
from children.rules.entitlements import Entitlement


class BadStep(Refusal):
    """A step, or a ground, that cannot be true."""


def check_may_note_steps(by: User, child: Child) -> None:
    if not may(by, "children.add_application", at_place=child.village_code):
        raise not_here(by, child, _("How far a benefit is, is noted in the village or in its county's office."))


def check_may_note_step(by: User, child: Child, benefit: Benefit) -> None:
    check_may_note_steps(by, child)
    check_may_see_benefit(by, child, benefit)


def check_may_see_benefit(by: User, child: Child, benefit: Benefit) -> None:
    """A confidential benefit is not told of to anybody else, not even that there is one."""
    if benefit.is_confidential:
        check_keeps_confidential_grounds(by, child)


def check_may_see_grounds(by: User, child: Child) -> None:
    if not may(by, "children.view_childground", at_place=child.village_code):
        raise NotAllowed(_("Facts of a child's health are shown in the village and in its county's office only."))


def check_may_note_grounds(by: User, child: Child) -> None:
    if not may(by, "children.add_childground", at_place=child.village_code):
        raise not_here(by, child, _("Grounds of difficulty are noted in the village or in its county's office."))


def check_may_note_ground(by: User, child: Child, kind: str) -> None:
    check_may_note_grounds(by, child)
    if kind in CONFIDENTIAL_GROUNDS:
        check_keeps_confidential_grounds(by, child)


def check_keeps_confidential_grounds(by: User, child: Child) -> None:
    if not may(by, "children.keep_confidential_ground", at_place=child.village_code):
        raise NotAllowed(_("The county's office alone keeps this. Tell it there, not on the phone."))


def check_day(day: date, *, child: Child, on: date, after: date | None = None) -> None:
    """A step or a ground lies neither in the future, nor before the child was born, nor before the step it follows."""
    if day > on:
        raise BadStep(_("The day lies in the future. Note it once it has come."), field="on")
    if day < child.born_on:
        raise BadStep(_("The day lies before the child was born. Please check it."), field="on")
    if after and day < after:
        raise BadStep(_("The step before was on %(day)s. Choose that day or a later one.") % {"day": after}, field="on")


def shown_to(user: User, child: Child, entitlements: list[Entitlement]) -> list[Entitlement]:
    """Those that this reader may hear of."""
    return [one for one in entitlements if permits(check_may_see_benefit, user, child, one.benefit)]


def grounds_to_note(user: User, child: Child) -> list[Ground]:
    return [kind for kind in Ground if permits(check_may_note_ground, user, child, kind)]
