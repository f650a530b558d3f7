"""When the database, the broker or the disk is away: a page that says so and asks none of them, and what was typed stays in hand."""

import errno
import json
import logging
import sys
from typing import Any

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.defaults import server_error
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import RedisError

from ccmp.web.refusals import typed_again

log = logging.getLogger(__name__)

SECONDS_TO_WAIT = 30
AWAY = (OperationalError, InterfaceError, BrokerAway, RedisError)
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})

# A full disk is an OperationalError; where a quota is at its end PostgreSQL has this hint alone.
NO_ROOM_FOR_THE_DATABASE = "Check free disk space."


def is_outage(error: BaseException | None) -> bool:
    """Whether something that we stand on is away for a while, rather than something of ours wrong."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    if isinstance(error, InternalError):
        return getattr(getattr(error.__cause__, "diag", None), "message_hint", None) == NO_ROOM_FOR_THE_DATABASE
    return isinstance(error, AWAY)


def answer_to_trouble(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: whatever nobody foresaw comes here, from views and from middleware alike."""
    error = sys.exc_info()[1]
    if not is_outage(error):
        return server_error(request)
    with translation.override(_language_of(request)):
        is_programs = request.path.startswith("/api/")
        answer = _as_problem() if is_programs else HttpResponse(_as_page(request), status=503)
    answer.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _as_page(request: HttpRequest) -> str:
    """Without the request's context: that would ask who is there, and who is there stands in the database."""
    sent = request.method == "POST"
    typed = typed_again(request) if sent else []
    facts = {"typed": typed, "sent": sent, "action": request.get_full_path()}
    return render_to_string("503.html", {**facts, "csrf_token": get_token(request) if typed else ""})


def _as_problem() -> HttpResponse:
    body: dict[str, Any] = {
        "type": "urn:ccmp:problem:away",
        "title": _("Not to be reached"),
        "status": 503,
        "detail": _(
            "Something that the server stands on is away for the moment. Send the same again in half a minute."
        ),
    }
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=503, content_type="application/problem+json")


def _language_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
