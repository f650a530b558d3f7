"""All that goes down to one person's phone, worked out anew at each contact from what she may see at that minute."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string

from ccmp.moments import CHINA, day_of
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from ccmp.phone.rules.phones import may_read
from ccmp.places.rules.standards import values_in_turn
from visits.enums import Severity
from visits.rules.flag_kinds import kind_rules

POLICE = "110"  # art. 11 of the Law on the Protection of Minors: whoever finds a child harmed tells at once
HASH_DIGITS = 16


@dataclass(frozen=True)
class Sheet:
    """A doc with the hash of its body: what it takes to know whether the phone has it already."""

    doc: Doc
    hash: str


def sheets_for(user: User, *, at: datetime) -> list[Sheet]:
    """What this person's phone should hold now, herself first. A closed account's holds nothing; without a post, only her."""
    if not user.is_active:
        return []
    with translation.override(user.language):
        docs = [me(user)]
        if may_read(user):
            docs += [doc for name in settings.PHONE_DOCS for doc in import_string(name)(user, at=at)]
    return [Sheet(doc, hash_of(doc.body)) for doc in side_by_side(docs)]


def side_by_side(docs: Sequence[Doc]) -> list[Doc]:
    """Sheets of one child together: its number, which cannot be compressed, goes over the line once."""
    first: dict[str, int] = {}
    for place, doc in enumerate(docs):
        first.setdefault(doc.id.rpartition(":")[2], place)
    return sorted(docs, key=lambda doc: first[doc.id.rpartition(":")[2]])


def me(user: User) -> Doc:
    """Who she is and where she serves; and what the phone itself goes by."""
    post = user.post if may_read(user) else None
    body: dict[str, Any] = {
        "user": {
            "id": str(user.pk),
            "full_name": user.full_name,
            "username": user.username,
            "language": user.language,
            "large_type": user.large_type,
            "office": user.office,
        },
        "post": post
        and {
            "role": post.role,
            "role_display": post.get_role_display(),
            "place": post.place.name,
            "village_code": post.place_code,
            "since": day_of(post.starts_at).isoformat(),
        },
        "zone": CHINA.key,
        "standards": values_in_turn(("phone.",)),
        "urgent_kinds": {
            kind: [POLICE] for kind, rule in sorted(kind_rules().items()) if rule.severity == Severity.MANDATORY
        },
    }
    return Doc("me", body)


def hash_of(body: Mapping[str, Any]) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of its canonical JSON. The phone works it out in the same way, so a
    body holds no broken numbers: two languages write them differently."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def hash_of_all(holds: Mapping[str, str]) -> str:
    """The hash of all that a phone holds: SHA-256 of the sorted lines `id hash`."""
    lines = "".join(f"{doc_id} {mark}\n" for doc_id, mark in sorted(holds.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
