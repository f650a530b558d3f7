"""A child's consents as its page tells them: each purpose with how it stands and what was agreed to before."""

from dataclasses import dataclass
from datetime import date

from children.consent_texts import text_of, text_on
from children.enums import ConsentPurpose
from children.models import Child, Consent

HOLDS, NOT_ASKED, TAKEN_BACK, ASK_AGAIN = "holds", "not_asked", "taken_back", "ask_again"


@dataclass(frozen=True)
class ShownConsent:
    """`state`: holds, not_asked, taken_back or ask_again. `last`: the newest consent; `before`: the earlier ones."""

    purpose: ConsentPurpose
    state: str
    last: Consent | None
    before: list[Consent]
    is_older_text: bool


def consents_of(child: Child, *, on: date) -> list[ShownConsent]:
    """All purposes. One query."""
    rows = list(child.consents.newest_first())
    return [_shown(purpose, [one for one in rows if one.purpose == purpose], on=on) for purpose in ConsentPurpose]


def _shown(purpose: ConsentPurpose, rows: list[Consent], *, on: date) -> ShownConsent:
    running = [one for one in rows if one.withdrawn_on is None or one.withdrawn_on > on]
    last = running[0] if running else rows[0] if rows else None
    older = last is not None and last.text_version < text_on(purpose, on=on).version
    return ShownConsent(purpose, _state(last, on=on), last, [one for one in rows if one is not last], older)


def _state(last: Consent | None, *, on: date) -> str:
    if last is None:
        return NOT_ASKED
    if last.holds(on=on):
        return HOLDS
    return ASK_AGAIN if last.withdrawn_on is None else TAKEN_BACK


def agreed_text(consent: Consent) -> object:
    """The words that were read out then."""
    return text_of(consent.purpose, consent.text_version)
