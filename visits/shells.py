"""The pages of visits and flags that open without a network, as the phone gets them: see ccmp.web.shells."""

from typing import Any

from django.conf import settings

from ccmp.web.shells.opened import named
from ccmp.web.shells.shell import Shell
from visits.forms.due import DueFilter
from visits.forms.flag import FlagForm
from visits.forms.police import PoliceForm
from visits.forms.visit import VisitForm
from visits.rules.checklists import Item
from visits.services.due_homes import LEVEL_STATES
from visits.services.flag_parts import FlagPart


class VisitFormToFill(VisitForm):
    """What was answered last time only the phone knows."""

    def _last(self, item: Item) -> Any:
        return named(f"last.{item.id}")


def _parts() -> dict[str, Any]:
    """What higher floors show of a flag; the phone gives each its values, in the same order, or leaves it out."""
    templates = enumerate(settings.PARTS_OF_A_FLAG_ON_THE_PHONE)
    return {"parts": [FlagPart(template, named(f"parts_values.{number}")) for number, template in templates]}  # type: ignore[arg-type]


SHELLS = (
    Shell("visits:today", "visits/today.html", closed=lambda: {"levels": LEVEL_STATES}),
    Shell("visits:today", "visits/first_day.html"),
    Shell("visits:due", "visits/due_phone.html", forms=lambda: {"form": DueFilter()}),
    Shell("visits:record", "visits/record.html", forms=lambda: {"form": VisitFormToFill()}, posts=True),
    Shell("visits:visit", "visits/visit.html"),
    Shell(
        "visits:raise-flag", "visits/raise_flag.html", forms=lambda: {"form": FlagForm(names_child=False)}, posts=True
    ),
    Shell("visits:flag", "visits/flag.html", closed=_parts),
    Shell("visits:tell-police", "visits/police.html", forms=lambda: {"form": PoliceForm()}, posts=True),
)
