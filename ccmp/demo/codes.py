"""The second step of invented officials: their codes can be asked for, since there is no phone that shows them."""

from datetime import datetime

import pyotp
from django.utils.translation import gettext as _

from ccmp.people.models import SecondFactor, User
from ccmp.people.reach import posts_held
from ccmp.people.rules.door import needs_second_step
from ccmp.people.services.second_step import EITHER_SIDE, STEP, new_secret
from ccmp.refusals import Refusal


class NoCode(Refusal):
    """Nobody's code is told but an invented person's."""


def give_app(user: User, *, at: datetime) -> bool:
    """As if an invented official had set the app up; whether her post needs it."""
    if not user.is_demo or not needs_second_step(posts_held(user)):
        return False
    SecondFactor.objects.update_or_create(user=user, defaults={"secret": new_secret(), "made_at": at, "last_step": 0})
    return True


def code_of(username: str, *, at: datetime) -> str:
    """The code that opens now and was not used yet. Raises NoCode for whoever is real, or needs none."""
    factor = SecondFactor.objects.filter(user__username=username, user__is_demo=True).first()
    if factor is None:
        raise NoCode(_("No invented official with a second step has this name."))
    now_step = int(at.timestamp()) // STEP
    step = max(now_step, factor.last_step + 1)
    if step > now_step + EITHER_SIDE:
        raise NoCode(_("Both codes of this minute were used. Ask again in half a minute."))
    return pyotp.TOTP(factor.secret).generate_otp(step)
