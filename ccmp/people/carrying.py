"""What somebody typed when the door closed before her, carried to the other side of it: explained, and sent again by her.

It lies in her session, encrypted, for the few minutes that signing in or the second step takes. A file is not carried.
"""

import json
from typing import Any

from django.http import HttpRequest

from ccmp.people.signed_in import signed_in
from ccmp.sealed import seal, unseal

CARRIED = "carried"
MOST = 200_000  # characters
NEVER = ("csrfmiddlewaretoken",)
SECRET = ("otp", "pin", "again")


def packed(request: HttpRequest) -> str:
    """What was sent, and where to, sealed. Of a page that asked for a secret, or with a file, only where to."""
    typed = [(name, value) for name, values in request.POST.lists() if name not in NEVER for value in values]
    if request.FILES or any(name in SECRET or "password" in name for name, _value in typed):
        typed = []
    told = {"to": request.get_full_path(), "typed": typed, "by": str(signed_in(request).pk)}
    return seal(json.dumps(told if len(str(typed)) <= MOST else told | {"typed": []}))


def carry(request: HttpRequest) -> None:
    request.session[CARRIED] = packed(request)


def is_carried(request: HttpRequest) -> bool:
    return CARRIED in request.session


def carried(request: HttpRequest) -> dict[str, Any] | None:
    """What was carried here, this one time, if it is hers."""
    sealed = request.session.pop(CARRIED, None)
    told: dict[str, Any] | None = json.loads(unseal(sealed)) if sealed else None
    return told if told and told["by"] == str(signed_in(request).pk) else None
