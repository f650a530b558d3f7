"""What is said when an ID number stands in a file already. Of a file in another village nothing is told, not even that it lives."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from ccmp.refusals import Refusal
from children.enums import GoneWhy
from children.models import OF_AGE, Child, years_before


class NumberTried(Refusal):
    """Somebody named an ID number; `tried` is whose it is elsewhere, for the trail alone."""

    tried: Child | None = None


class AlreadyRegistered(NumberTried):
    """The ID number stands in a file already; where, and whose it is, is not told."""

    field = "resident_id"
    sentence = _(
        "This ID number has a file in the programme already. Perhaps the child came from elsewhere: "
        "ask for its file to be handed over to you."
    )
    holder: Child | None = None  # for who may see whose file it is


class HeldHere(AlreadyRegistered):
    """It stands in a file of the same village: `holder` is who has it."""


class TooManyNumbers(Refusal):
    """Somebody named many numbers that stand in files elsewhere: nobody may look for children by trying."""

    field = "resident_id"
    sentence = _(
        "You named many ID numbers today that have a file elsewhere. Register the others tomorrow, or call the county office."
    )


def held_by(holder: Child, village_code: str, *, on: date) -> AlreadyRegistered:
    """The refusal for somebody who named the holder's number in a village."""
    if holder.village_code != village_code:
        return AlreadyRegistered()
    refusal = HeldHere(_here(holder, on=on))
    refusal.holder = holder
    return refusal


def held_in(village: str) -> AlreadyRegistered:
    """The refusal for somebody who keeps both villages' registers: she may know where."""
    return AlreadyRegistered(
        _("The child with this ID number has a file in %(village)s. Let it be handed over from there.")
        % {"village": village}
    )


def gone_before(child: Child) -> str:
    """Of a child of the same name and birth date who is in the register no more."""
    words = {"name": child.name}
    if child.gone_why == GoneWhy.DIED:
        said = _(
            "By your register %(name)s, born on this day, has died. Take the row out, or compare it with the hukou book."
        )
    else:
        said = _(
            "%(name)s, born on this day, left your register. If the child is back, note that in its file, and take the row out."
        )
    return str(said) % words


def _here(holder: Child, *, on: date) -> str:
    if holder.gone_why == GoneWhy.DIED:
        said = _("By your register, the child with this ID number has died. Compare the number with the hukou book.")
    elif holder.born_on <= years_before(on, OF_AGE):
        said = _("The child with this ID number has a file in your register and has come of age.")
    elif holder.gone_on is not None and holder.gone_on <= on:
        said = _(
            "A child who left your register has this ID number. If it is back, find its file and note there that it is back."
        )
    else:
        said = _("A child of your register has this ID number already. Open that file instead.")
    return str(said)
