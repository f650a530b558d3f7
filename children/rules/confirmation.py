"""When a file is to be confirmed with the family, and what a confirmation must satisfy."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.places.rules.standards import value
from ccmp.refusals import Refusal
from ccmp.web.spoken import short_day
from children.models import Child
from children.rules.belonging import not_here


class BadConfirmation(Refusal):
    """A confirmation that cannot be true."""


def check_may_confirm(by: User, child: Child) -> None:
    if not may(by, "children.change_child", at_place=child.village_code):
        raise not_here(
            by, child, _("A file is confirmed with the family by whoever keeps the register of its village.")
        )


def check_confirmation(child: Child, *, on: date, with_whom: str, today: date) -> None:
    if not with_whom.strip():
        raise BadConfirmation(_("Say with whom you went through the file."), field="with_whom")
    if on > today:
        raise BadConfirmation(_("The day lies in the future. Note it once it has come."), field="on")
    if on < child.registered_on:
        raise BadConfirmation(
            _("The child was registered on %(day)s only. Choose that day or a later one.")
            % {"day": short_day(child.registered_on, on=today)},
            field="on",
        )
    if on < child.here_since and not child.past_stays.filter(village_code=child.village_code).holding(on=on).exists():
        raise BadConfirmation(
            _("The child belongs to this register since %(day)s. Choose that day or a later one.")
            % {"day": short_day(child.here_since, on=today)},
            field="on",
        )
    if child.gone_on is not None and on >= child.gone_on:
        raise BadConfirmation(
            _("By the file the child left on %(day)s. If that is wrong, note first that the child is back.")
            % {"day": short_day(child.gone_on, on=today)},
            field="on",
        )


def due_on(child: Child, *, on: date) -> date:
    """The day by which a file is to be confirmed again; one that never was: counted from its registration."""
    return (child.confirmed_on or child.registered_on) + timedelta(days=confirm_days(on=on))


def confirm_days(*, on: date) -> int:
    """How long the family's word on a file holds."""
    return value("register.confirm_days", on=on)
