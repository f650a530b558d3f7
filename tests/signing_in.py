"""Signing people in as the program does it: an official's session has had its second step."""

from datetime import timedelta
from typing import Any

import pyotp
from django.test import Client as DjangoClient

from ccmp.moments import now
from ccmp.people.door import begin, prove
from ccmp.people.models import SecondFactor, User
from ccmp.people.reach import posts_held
from ccmp.people.rules.door import needs_second_step

BACKEND = "ccmp.people.backends.PostingBackend"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Client(DjangoClient):
    """Django's, whose `force_login` goes all the way in. `password_only` stops before the second step."""

    lasts = timedelta()  # so much longer than a session and its proof do, for a walk through every address

    def force_login(self, user: Any, backend: str | None = BACKEND) -> None:
        self.password_only(user, backend)
        session = self.session
        if needs_second_step(session["door"]["posts"]):
            prove(session, at=now() + self.lasts)
            session.save()
            self.cookies["sessionid"] = session.session_key or ""

    def password_only(self, user: Any, backend: str | None = BACKEND) -> None:
        super().force_login(user, backend)
        session = self.session
        begin(session, posts=posts_held(User.objects.get(pk=user.pk)), device="Chrome · Android", at=now() + self.lasts)
        session.save()


def give_second_factor(user: User) -> None:
    """As if she had set the app up long ago."""
    SecondFactor.objects.update_or_create(user=user, defaults={"secret": SECRET, "made_at": now(), "last_step": 0})


def code_now(user: User) -> str:
    """What the app on her phone shows."""
    return pyotp.TOTP(SecondFactor.objects.get(user=user).secret).at(now())


def makes_second_step(user: User) -> bool:
    return needs_second_step(posts_held(User.objects.get(pk=user.pk)))
