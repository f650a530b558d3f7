"""The trail in words: what somebody did, and what it was about."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccmp.audit.models import AuditEntry

DID: dict[str, str | Promise] = {
    "read": pgettext_lazy("the trail", "opened"),
    "saw names": _("saw names on a page"),
    "was refused": _("was refused"),
    "printed": _("printed"),
    "downloaded": _("downloaded"),
    "exported": _("took a register out as a file"),
    "took down": _("brought a phone up to date"),
    "read the trail": _("read the trail"),
    "put a month away": _("put a month of the trail away"),
    "signed in": _("signed in"),
    "signed out": _("signed out"),
    "could not sign in": _("could not sign in"),
    "changed the password": _("changed the own password"),
    "gave a new password": _("gave a new password"),
    "made an account": _("made an account"),
    "filled in a staff file": _("filled in a staff file"),
    "noted a background check": _("noted a background check"),
    "posted": _("posted somebody"),
    "ended a posting": _("ended a posting"),
    "added a department": _("added a department"),
    "closed a department": _("closed a department"),
    "added a term": _("added a school term"),
    "removed a term": _("removed a school term"),
    "enrolled a village": _("took a village into the programme"),
    "set up": _("set a phone up"),
    "set up again": _("set a phone up again"),
    "revoked": _("took a phone out of use"),
    "registered": _("registered"),
    "changed": pgettext_lazy("the trail", "changed"),
    "differed": _("said something different"),
    "decided": _("decided between two values"),
    "confirmed": pgettext_lazy("the trail", "confirmed with the family"),
    "checked": pgettext_lazy("the trail", "checked"),
    "sent back": pgettext_lazy("the trail", "sent back"),
    "answered": pgettext_lazy("the trail", "put right"),
    "named": _("named a grown-up"),
    "noted": pgettext_lazy("the trail", "noted"),
    "noted as gone": _("noted as gone"),
    "noted as back": _("noted as back"),
    "agreed": _("took down an agreement"),
    "withdrew": _("took down that an agreement was taken back"),
    "named its ID number elsewhere": _("named its ID number elsewhere"),
    "came of age": _("came of age"),
    "brought a file": _("brought a register as a file"),
    "confirmed a file": _("confirmed a register that was brought"),
    "put a file away": _("put a register that was brought away"),
    "brought the register": _("took a register in"),
    "asked to take over": _("asked to take a child's file over"),
    "asked for a child's file": _("asked for a child's file"),
    "handed over": _("handed a child's file over"),
    "took back": _("took a request back"),
    "was over": _("ended by itself"),
    "recorded": pgettext_lazy("the trail", "recorded"),
    "entered": pgettext_lazy("the trail", "entered"),
    "closed": pgettext_lazy("the trail", "closed"),
    "called the roll": _("called the roll"),
    "founded": _("founded"),
    "told the hours": _("told the hours"),
    "asked for": _("asked for"),
    "approved": pgettext_lazy("the trail", "approved"),
    "declined": pgettext_lazy("the trail", "declined"),
    "raised": _("reported"),
    "acknowledged": _("took up"),
    "proposed to dismiss": _("proposed to dismiss"),
    "dismissed": pgettext_lazy("the trail", "dismissed"),
    "told the police": _("told the police"),
    "opened": pgettext_lazy("the trail", "began"),
    "sent": pgettext_lazy("the trail", "sent"),
    "sent again": _("sent again"),
    "accepted": pgettext_lazy("the trail", "accepted"),
    "returned": pgettext_lazy("the trail", "returned"),
    "completed": pgettext_lazy("the trail", "completed"),
    "withdrawn": pgettext_lazy("the trail", "withdrew"),
    "started": pgettext_lazy("the trail", "started"),
}

ABOUT: dict[str, str | Promise] = {
    "children.child": _("a child's file"),
    "children.registerfile": _("a register as a file"),
    "children.transfer": _("the handing over of a file"),
    "children.consent": _("an agreement"),
    "children": _("a child's file and register"),
    "visits.visit": _("a home visit"),
    "visits.flag": _("a report of a child in need"),
    "visits": _("home visits and reports"),
    "clubs": _("the Children's Club"),
    "referrals.task": _("a department's task"),
    "referrals": _("a referral"),
    "reports": _("a month's report"),
    "phone": _("a phone"),
    "phones": _("the mothers' phones"),
    "people": _("an account or post"),
    "places": _("places and school terms"),
    "audit": _("the trail"),
    "api": _("the interface for programs"),
    "month": _("the trail"),
}


def what_was_done(entry: AuditEntry) -> str:
    return str(DID.get(entry.did, entry.did))


def what_about(entry: AuditEntry) -> str:
    """The kind of thing, never which one it was."""
    kind = entry.on_id.replace(":", ".") if entry.on_kind == "page" else entry.on_kind
    return str(ABOUT.get(kind) or ABOUT.get(kind.partition(".")[0], ""))
