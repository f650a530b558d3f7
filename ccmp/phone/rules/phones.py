"""Who may keep a village on a phone, who may take it away, and whether a phone may still be told anything."""

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from ccmp.people.models import User
from ccmp.people.reach import may, reach_of
from ccmp.phone.models import Phone
from ccmp.refusals import NotAllowed, Refusal


class PhoneRevoked(Refusal):
    """The county took this phone out of use: it is given nothing, and empties itself."""

    sentence = _("Your county has taken this phone out of use. What was written on it is still taken in.")
    particulars = {"wipe": True}


class AlreadyRevoked(Refusal):
    """A phone is taken out of use once."""

    sentence = _("This phone was taken out of use already. Nothing more is needed.")


class SignInAgain(Refusal):
    """The password is another one than when the phone was set up."""

    sentence = _("Your password was changed. Sign in once on this phone; what you wrote on it is kept.")


def check_may_set_up(by: User) -> None:
    if not may_read(by):
        raise NotAllowed(
            _("A phone keeps the village of a companion mother or a child director. Your post is another.")
        )


def check_may_see_phones(by: User) -> None:
    if not reach_of(by, "phone.view_phone"):
        raise NotAllowed(_("Your post does not include the phones of the villages."))


def check_may_revoke(by: User, phone: Phone) -> None:
    if not may(by, "phone.revoke_phone", at_place=phone.village_code):
        raise NotAllowed(_("The county takes phones out of use. Ask your county office."))


def check_is_in_use(phone: Phone) -> None:
    if phone.is_revoked:
        raise PhoneRevoked()


def check_same_password(phone: Phone) -> None:
    """A new password shuts every door that the old one opened. A revoked or closed account is another matter."""
    if not constant_time_compare(phone.password_mark, phone.user.get_session_auth_hash()):
        raise SignInAgain()


def may_read(user: User) -> bool:
    """Does anything go down to this person's phone now? An account that is closed reaches nothing."""
    return bool(reach_of(user, "phone.add_phone"))
