"""The second step: the app's code, or one of the codes for the day on which the phone is lost."""

import secrets
from datetime import datetime

import pyotp
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.people.enums import TryKind
from ccmp.people.models import RecoveryCode, SecondFactor, User
from ccmp.people.services.tries import count_try, forget_tries
from ccmp.people.trail import note
from ccmp.refusals import Refusal
from ccmp.sealed import blind_index

STEP = 30  # seconds
EITHER_SIDE = 1  # step: a phone's clock may be half a minute off
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for each other: 49 bits in ten
CODES, BLOCK, BLOCKS = 10, 5, 2
ISSUER = "CCMP"


class WrongCode(Refusal):
    """A code that is not right, is old, or was used already."""

    sentence = _("This code is not right, or was used already. Wait for the next one on your phone, and type that.")
    field = "code"


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(secret: str, user: User) -> str:
    """What the QR code says to the app (otpauth://…). The account's name, never a person's."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


def has_second_factor(user: User) -> bool:
    return SecondFactor.objects.filter(pk=user.pk).exists()


@transaction.atomic
def set_up_second_factor(*, user: User, secret: str, code: str, at: datetime) -> list[str]:
    """Take the app in when it shows the right code; its recovery codes, in clear this one time. Another one is dropped."""
    step = _step_of(secret, code, at=at)
    if step is None:
        raise WrongCode(
            _("This code is not right. Scan the picture again, and type the six digits that the app shows now.")
        )
    SecondFactor.objects.filter(pk=user.pk).delete()
    factor = SecondFactor.objects.create(user=user, secret=secret, made_at=at, last_step=step)
    note(by=user, at=at, did="set a second step up", on=user)
    return _new_codes(factor)


@transaction.atomic
def renew_recovery_codes(*, user: User, at: datetime) -> list[str]:
    """Ten new ones; the old ones open nothing more."""
    factor = SecondFactor.objects.select_for_update(of=("self",)).get(pk=user.pk)
    factor.recovery_codes.all().delete()
    note(by=user, at=at, did="renewed recovery codes", on=user)
    return _new_codes(factor)


def make_second_step(*, user: User, code: str, at: datetime) -> None:
    """Raises WrongCode, or LockedOut after too many of them. Each code counts once."""
    count_try(TryKind.SECOND_STEP, user.pk, at=at)
    typed = "".join(code.split()).casefold()
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update(of=("self",)).filter(pk=user.pk).first()
        if factor is None or not (_takes_code(factor, typed, at=at) or _takes_recovery_code(factor, typed, at=at)):
            raise WrongCode()
        note(by=user, at=at, did="made the second step", on=user)
    forget_tries(TryKind.SECOND_STEP, user.pk)


def _takes_code(factor: SecondFactor, typed: str, *, at: datetime) -> bool:
    step = _step_of(factor.secret, typed, at=at, after=factor.last_step)
    if step is None:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def _step_of(secret: str, typed: str, *, at: datetime, after: int = 0) -> int | None:
    """The half minute of which this is the code, if it is later than the last one taken."""
    now_step = int(at.timestamp()) // STEP
    app = pyotp.TOTP(secret)
    for step in range(now_step - EITHER_SIDE, now_step + EITHER_SIDE + 1):
        if step > after and pyotp.utils.strings_equal(typed, app.generate_otp(step)):
            return step
    return None


def _takes_recovery_code(factor: SecondFactor, typed: str, *, at: datetime) -> bool:
    unused = factor.recovery_codes.filter(digest=_digest(typed), used_at__isnull=True)
    return bool(unused.update(used_at=at))


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = [
        "-".join("".join(secrets.choice(LETTERS) for _letter in range(BLOCK)) for _block in range(BLOCKS))
        for _code in range(CODES)
    ]
    RecoveryCode.objects.bulk_create([RecoveryCode(factor=factor, digest=_digest(code)) for code in codes])
    return codes


def _digest(code: str) -> str:
    return blind_index(f"recovery:{code.replace('-', '')}")
