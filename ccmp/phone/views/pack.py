import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from ccmp.phone.services.pack import pack as pack_in

BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(\.0+)?\b(?!\.))")


@login_not_required
@require_safe
def pack(request: HttpRequest, language: str) -> HttpResponse:
    """Public by name: her pages' shells and words. It names nobody, and is the same for everybody.

    A browser asks for Brotli on a line that nobody else reads, and a worker runs on no other; whoever does not gets gzip.
    """
    if language not in dict(settings.LANGUAGES):
        raise Http404
    found = pack_in(language)
    tag = f'"{found.version}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if not BROTLI.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(found.body, content_type="application/json", headers=headers)
    return HttpResponse(found.squeezed, content_type="application/json", headers=headers | {"Content-Encoding": "br"})
