"""Departments are told of a child with its guardian's consent. What the law wants reported waits for none: see ADR 0022."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from children.enums import ConsentPurpose
from children.models import Child, Consent
from referrals.entries import ReferralEntry
from referrals.rules.permission import BadReferral
from visits.models import Flag


def needs_a_reason(child: Child | None, flag: Flag | None, *, on: date) -> bool:
    """Whether the officer has to say why: nobody agreed, and it does not come from a report that the law asks for."""
    if child is None or (flag is not None and flag.is_mandatory):
        return False
    agreed = Consent.objects.filter(child=child).holding(on=on).to_purpose(ConsentPurpose.REFERRAL, on=on)
    return not agreed.exists()


def reason_without_consent(entry: ReferralEntry, child: Child, flag: Flag | None, *, on: date) -> str:
    """The reason to be kept, or nothing where none is needed. Raises BadReferral where it is missing."""
    if not needs_a_reason(child, flag, on=on):
        return ""
    if not entry.without_consent_because.strip():
        raise BadReferral(
            _(
                "Nobody has agreed that departments are told of this child. Ask the family first, or write why it cannot wait."
            ),
            field="without_consent_because",
        )
    return entry.without_consent_because.strip()
