"""The letter with a link for a new password. Whoever asks learns nothing of who has an account, or an address."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from ccmp.people.enums import TryKind
from ccmp.people.models import User
from ccmp.people.services.tries import count_try


def count_letter(*, username: str, address: str, at: datetime) -> None:
    """Before a worker is told to look for the name, whatever it is. Raises LockedOut."""
    count_try(TryKind.ADDRESS, address, at=at)
    count_try(TryKind.MAIL, username, at=at)


def send_letter(*, username: str, site: str) -> None:
    """To the address that she wrote down herself; to nobody else, and nothing when there is none."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.email or not user.has_usable_password():
        return
    uid, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    path = reverse("people:from-letter", args=[uid, token])
    with translation.override(user.language):
        body = render_to_string("people/letter.txt", {"link": f"{site}{path}"})
        send_mail(_("A new password"), body, settings.MAIL_FROM, [user.email])


def whose_link(uid: str, token: str) -> User | None:
    """Whose link this is, while it counts: an hour, and once."""
    try:
        user = User.objects.filter(pk=force_str(urlsafe_base64_decode(uid)), is_active=True).first()
    except (ValueError, TypeError, OverflowError):
        return None
    return user if user is not None and default_token_generator.check_token(user, token) else None
