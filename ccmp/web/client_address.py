"""From where a request comes. What a proxy wrote is believed only as far as proxies of ours are known to stand in front."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

NETWORK_BITS = 64  # of an IPv6 address: one household, one phone, one server has them all


def client_address(request: HttpRequest) -> str:
    """The address of the browser, or of the last machine that is not known; empty when there is none.

    `settings.PROXIES_IN_FRONT`: so many proxies of ours each add to X-Forwarded-For from whom they got the request. What
    stands further left the sender wrote herself.
    """
    told = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES_IN_FRONT:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.PROXIES_IN_FRONT:
            told = hops[-settings.PROXIES_IN_FRONT]
    return _network_of(told)


def _network_of(told: str) -> str:
    try:
        address = ip_address(told)
    except ValueError:
        return ""
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(address if address.version == 4 else ip_network((int(address), NETWORK_BITS), strict=False))
