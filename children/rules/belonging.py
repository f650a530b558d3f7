"""To which village a child belongs for somebody who wrote before it was handed over, and sends it only now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import writes_as_of
from ccmp.refusals import NotAllowed
from children.enums import TransferState
from children.models import Child, Transfer


def village_as_written(child: Child, by: User) -> str:
    """The village of the present stay; for what was written before a transfer, the village that it was then.

    One query for what comes through an outbox, none else.
    """
    moment = writes_as_of(by)
    if moment is None:
        return child.village_code
    later = Transfer.objects.filter(child=child, moves__went_to=TransferState.DONE, moves__at__gt=moment)
    code = later.order_by("moves__at").values_list("village_code", flat=True).first()
    return code or child.village_code


def not_here(by: User, child: Child, sentence: str | Promise) -> NotAllowed:
    """The refusal for who may not write in a child's file: that it was handed over meanwhile, when that is why."""
    if village_as_written(child, by) != child.village_code:
        sentence = _(
            "This child was handed over to another village meanwhile. Tell its companion mother or the county."
        )
    return NotAllowed(sentence)
