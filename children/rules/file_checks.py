"""Who checks files, who answers what was sent back, and what a check must say."""

from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed, Refusal
from children.models import Child
from children.rules.belonging import not_here


class BadCheck(Refusal):
    """A check that says too little."""


class CheckedAnotherVersion(Refusal):
    sentence = _("Somebody changed this file after you opened it. Read it once more, and check it then.")


def check_may_check(by: User, child: Child) -> None:
    if not may(by, "children.check_file", at_place=child.village_code):
        raise NotAllowed(_("Files are checked by the township's supervisor and in the county's office."))


def check_may_answer(by: User, child: Child) -> None:
    if not may(by, "children.change_child", at_place=child.village_code):
        raise not_here(by, child, _("What was sent back is put right in its own village."))


def check_says_why(*, is_sent_back: bool, remark: str) -> None:
    if is_sent_back and not remark.strip():
        raise BadCheck(_("Write what is missing or wrong; the companion mother reads it."), field="remark")
