"""Setting up a phone, hearing from it, taking it out of use."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.people.models import User
from ccmp.people.services.accounts import token_digest
from ccmp.phone.models import Phone
from ccmp.phone.rules.phones import (
    AlreadyRevoked,
    check_is_in_use,
    check_may_revoke,
    check_may_set_up,
)
from ccmp.refusals import SameIdOtherContent
from ccmp.walls.asking import whole_reach

KEY_BYTES = 32
FARTHEST_SKEW = 10**9  # seconds: a clock that was reset says 1970


@dataclass(frozen=True)
class SetUp:
    """A phone, and its token in clear this one time."""

    phone: Phone
    token: str
    is_new: bool


@dataclass(frozen=True)
class Told:
    """What a phone says of itself at a contact; `clock` is empty when it cannot be read."""

    clock: datetime | None
    waiting: int = 0
    refused: int = 0
    oldest_waiting_at: datetime | None = None
    version: str = ""


@transaction.atomic
def set_up_phone(*, phone_id: UUID, label: str, by: User, at: datetime) -> SetUp:
    """Take a phone in; or give its key once more to her who set it up and forgot the PIN, with a new token.

    The key comes back after her post has ended too: entries that wait on the phone are behind it, and may still be sent.
    """
    with whole_reach("a phone's number is used once in the country"):
        phone = Phone.objects.select_for_update(of=("self",)).filter(pk=phone_id).first()
    token = secrets.token_urlsafe(32)
    if phone is None:
        phone = _new_phone(phone_id, label, token, by, at)
        record(by=by, at=at, did="set up", on=phone)
        return SetUp(phone, token, is_new=True)
    if phone.user_id != by.pk:
        raise SameIdOtherContent(_("This phone was set up by somebody else. Open the page again."))
    check_is_in_use(phone)
    phone.digest, phone.password_mark, phone.last_contact_at = (
        token_digest(token),
        by.get_session_auth_hash(),
        max(at, phone.last_contact_at),
    )
    phone.save(update_fields=["digest", "password_mark", "last_contact_at"])
    record(by=by, at=at, did="set up again", on=phone)
    return SetUp(phone, token, is_new=False)


def _new_phone(phone_id: UUID, label: str, token: str, by: User, at: datetime) -> Phone:
    check_may_set_up(by)
    assert by.post is not None  # whoever may set one up holds a post
    return Phone.objects.create(
        id=phone_id,
        user=by,
        village_code=by.post.place_code,
        label=label,
        made_at=at,
        digest=token_digest(token),
        password_mark=by.get_session_auth_hash(),
        data_key=base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
        last_contact_at=at,
    )


def note_contact(*, phone: Phone, told: Told, at: datetime) -> None:
    """Note what a phone says of itself, also of one that is out of use: the county sees when it heard of that."""
    skew = int((told.clock - at).total_seconds()) if told.clock else None
    phone.skew_seconds = max(-FARTHEST_SKEW, min(skew, FARTHEST_SKEW)) if skew is not None else None
    phone.last_contact_at = max(at, phone.last_contact_at)
    phone.waiting, phone.refused, phone.version = told.waiting, told.refused, told.version
    phone.oldest_waiting_at = told.oldest_waiting_at
    post = phone.user.post
    if post is not None and post.is_in_village:  # she moved on: the phone belongs to the village that she serves now
        phone.village_code = post.place_code
    phone.save(
        update_fields=[
            "skew_seconds", "last_contact_at", "waiting", "refused", "version", "oldest_waiting_at", "village_code",
        ]
    )  # fmt: skip


@transaction.atomic
def revoke_phone(*, phone_id: UUID, by: User, at: datetime) -> Phone:
    """Take a phone out of use: it empties itself at its next contact. What waits on it is still taken in."""
    phone = Phone.objects.select_for_update(of=("self",)).get(pk=phone_id)
    check_may_revoke(by, phone)
    if phone.is_revoked:
        raise AlreadyRevoked()
    phone.revoked_at, phone.revoked_by = at, by
    phone.save(update_fields=["revoked_at", "revoked_by"])
    phone.states.all().delete()
    record(by=by, at=at, did="revoked", on=phone)
    return phone
