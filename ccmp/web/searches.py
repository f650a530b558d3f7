"""What somebody looks for names people: it stands in no address, so in no history of a browser and in no log.

A search is posted. Its words are kept sealed in the session under a short sign, and the address of the page that is found has
the sign alone: going back, and turning pages, finds the same again. Other fields of the form are written into the address.
"""

import secrets
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ccmp.sealed import seal, unseal

WORDS, SIGN = "q", "search"
KEPT = "searches"  # in the session: [[sign, sealed words], …], the newest last
REMEMBERED, LONGEST = 12, 200  # searches, and characters of one: a session is read for every page


def is_search(request: HttpRequest) -> bool:
    return request.method == "POST" and WORDS in request.POST


def to_what_is_found(request: HttpRequest, *, fields: Iterable[str] = ()) -> HttpResponse:
    """The same page again, narrowed by what was posted. `fields` are the others of the form."""
    address = request.GET.copy()
    for name in ("page", SIGN, *fields):
        address.pop(name, None)
    for name in fields:
        if request.POST.get(name):
            address[name] = request.POST[name][:LONGEST]
    words = request.POST[WORDS].strip()[:LONGEST]
    if words:
        address[SIGN] = _keep(request, words)
    asked = address.urlencode()
    return redirect(f"{request.path}?{asked}" if asked else request.path)


def words_of(request: HttpRequest) -> str:
    """What the page is narrowed by; nothing when it was asked for too long ago, or by somebody else."""
    kept = dict(request.session.get(KEPT, []))
    sealed = kept.get(request.GET.get(SIGN, ""))
    return unseal(sealed) if sealed else ""


def _keep(request: HttpRequest, words: str) -> str:
    sign = secrets.token_hex(4)
    request.session[KEPT] = [*request.session.get(KEPT, []), [sign, seal(words)]][-REMEMBERED:]
    return sign
