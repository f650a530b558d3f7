"""Where children belong on a day: to the village of their present stay, or to one that they have left since."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ccmp.people.reach import Somebody, VillageFactQuerySet, reach_of, writes_as_of
from children.enums import TransferState
from children.models.labelled import OF_AGE, years_before


class RegisterDaysQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def visible_to(self, user: Somebody) -> Self:
        """The children of her reach; for what she wrote before a child was handed over, that child too."""
        reach, moment = reach_of(user, self.view_permission), writes_as_of(user)
        if moment is None or not reach:
            return reach.rows(self)
        return reach.rows(self) | self.filter(Exists(reach.rows(_handed_over_after(moment))))

    def in_register(self, *, on: date) -> Self:
        """Children of a register on a day, of whichever village: registered, 0 to under 18, and not gone."""
        here = Q(here_since__lte=on) & (Q(gone_on__isnull=True) | Q(gone_on__gt=on))
        elsewhere = Q(here_since__gt=on) & Exists(_past_stays().filter(since__lte=on, until__gt=on))
        return self._of_that_day(on=on).filter(here | elsewhere)

    def no_more_in_register(self, *, on: date) -> Self:
        """Those whose file lies here still, though they left, died or came of age."""
        return self.filter(Q(gone_on__lte=on) | Q(born_on__lte=years_before(on, OF_AGE)))

    def staying(self, *, on: date) -> Self:
        """Those of a day's register who are in the same stay still; adds village_then. `stayed` has the others."""
        lasting = Q(gone_on__isnull=True) | Q(gone_on__gt=on)
        return self._of_that_day(on=on).filter(lasting, here_since__lte=on).annotate(village_then=F("village_code"))

    def stayed(self, *, on: date, village_codes: Sequence[str]) -> Self:
        """Those of these villages' registers of a day who have moved on since; adds village_then."""
        stays = {"past_stays__since__lte": on, "past_stays__until__gt": on}
        rows = self._of_that_day(on=on).filter(past_stays__village_code__in=village_codes, **stays)
        return rows.annotate(village_then=F("past_stays__village_code"))

    def _of_that_day(self, *, on: date) -> Self:
        return self.filter(born_on__gt=years_before(on, OF_AGE), registered_on__lte=on)


def _past_stays() -> "QuerySet[Any]":
    """By its name: the model stands on Child."""
    return apps.get_model("children", "PastStay")._default_manager.filter(child=OuterRef("pk"))


def _handed_over_after(moment: datetime) -> "QuerySet[Any]":
    done = {"moves__went_to": TransferState.DONE, "moves__at__gt": moment}
    return apps.get_model("children", "Transfer")._default_manager.filter(child=OuterRef("pk"), **done)
