"""From which address a request comes."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw (`PROXIES_IN_FRONT` of them); what stands left of it is hearsay."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.PROXIES_IN_FRONT
    told = [one.strip() for one in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if one.strip()]
    return told[-proxies] if proxies and len(told) >= proxies else peer
