"""Who may note consent, and what a consent, its signature and its withdrawal must satisfy."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import Refusal
from children.consent_texts import ASKED_HERSELF, text_of
from children.enums import ConsentEvidence
from children.models import Child, years_before
from children.rules.belonging import not_here

# A signature is a drawing of straight strokes on a sheet of 600 by 240: M12 34L13 36L15 40M80 20L81 22
SIGNATURE = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})+)+")
WIDTH, HEIGHT, MOST = 600, 240, 8192


class BadConsent(Refusal):
    """A consent, or a withdrawal, that cannot be so."""


class AgreedAlready(Refusal):
    sentence = _("This was agreed to already, and it holds. If it was taken back, note that first.")


class NothingToTakeBack(Refusal):
    sentence = _("Nobody has agreed to this, so there is nothing to take back.")


def check_may_note_consent(by: User, child: Child) -> None:
    if not may(by, "children.add_consent", at_place=child.village_code):
        raise not_here(by, child, _("Consent is noted in the child's own village and in its county's office."))


def is_asked_herself(child: Child, *, on: date) -> bool:
    """Who is 14 or older is asked too (PIPL art. 31)."""
    return child.born_on <= years_before(on, ASKED_HERSELF)


def check_signature(path: str) -> None:
    """Raises BadConsent for anything that is not a drawing of strokes on the sheet."""
    if len(path) > MOST or not SIGNATURE.fullmatch(path):
        raise BadConsent(
            _("The signature did not come through. Please sign once more, or on paper."), field="signature"
        )
    for x, y in re.findall(r"(\d+) (\d+)", path):
        if int(x) > WIDTH or int(y) > HEIGHT:
            raise BadConsent(
                _("The signature did not come through. Please sign once more, or on paper."), field="signature"
            )


def check_consent(
    child: Child,
    *,
    purpose: str,
    version: int,
    on: date,
    evidence: str,
    signature: str,
    child_agrees: bool,
    today: date,
) -> None:
    if on > today:
        raise BadConsent(_("The day lies in the future. Note it once it has come."), field="on")
    if on < child.born_on:
        raise BadConsent(_("The day lies before the child was born. Please check it."), field="on")
    _check_text(purpose, version, on=on)
    if evidence == ConsentEvidence.SCREEN:
        check_signature(signature)
    if is_asked_herself(child, on=on) and not child_agrees:
        raise BadConsent(
            _("Who is 14 or older is asked too. Without the child's own word it is not agreed."), field="child_agrees"
        )


def _check_text(purpose: str, version: int, *, on: date) -> None:
    try:
        text = text_of(purpose, version)
    except LookupError:
        raise BadConsent(_("This text is not known. Open the page again, and read out what it says.")) from None
    if on < text.since:
        raise BadConsent(_("On that day this text was not used yet. Please check the day."), field="on")


def check_withdrawal(*, given_on: date, on: date, withdrawn_by: str, today: date) -> None:
    if not withdrawn_by.strip():
        raise BadConsent(_("Say who takes it back."), field="who")
    if on > today:
        raise BadConsent(_("The day lies in the future. Note it once it has come."), field="on")
    if on < given_on:
        raise BadConsent(
            _("It was agreed to on %(day)s only. Choose that day or a later one.") % {"day": given_on}, field="on"
        )
