"""The pages of referrals that open on her phone without a network."""

from ccmp.web.shells.shell import Shell
from referrals.forms.mine import ConfirmForm

SHELLS = (
    Shell("referrals:mine", "referrals/mine.html", forms=lambda: {"form": ConfirmForm(), "confirm": ConfirmForm()}),
    Shell("referrals:referral", "referrals/referral_phone.html"),
    Shell("referrals:confirm", posts=True),
)
