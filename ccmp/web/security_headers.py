"""What a browser may do with our pages, and what a proxy may keep of them: nothing that is not said here."""

from collections.abc import Callable

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# Two policies make what a script may hand to the page: the worker's address (phone/worker_line.js), and what htmx fetched from our
# own server (trusted_html.js). Everything else that would turn a text into markup or a script breaks.
TRUSTED_TYPES = ["ccmp-worker", "default"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": TRUSTED_TYPES,
    }
}

# No page of ours asks for any of these; a script that was smuggled in cannot either.
SHUT_OFF = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{one}=()" for one in SHUT_OFF),
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
NOT_KEPT = "no-store"
BY_WHOM = ("Cookie", "Authorization")


class GuardMiddleware:
    """Behind the static files, which everybody may keep: what else is answered is kept by nobody unless its view says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", NOT_KEPT)
        if NOT_KEPT in response.headers["Cache-Control"]:
            patch_vary_headers(response, BY_WHOM)
        return response
