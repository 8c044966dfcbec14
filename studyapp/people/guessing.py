"""Slows down whoever guesses: wrong tries are counted by address, and right ones are free.

An address is shared by a whole class, so much is allowed; no other address is ever held up.
"""

from contextlib import suppress
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache

MOST, SECONDS = 100, 600
WORDS = "Too many wrong links were tried from your network. Wait ten minutes, then try again."


def is_guessing(request, what):
    """Whether so much was guessed from this address lately that nothing more is looked at."""
    return cache.get(key(request, what), 0) >= MOST


def count_wrong(request, what):
    """Note one wrong try; the count ends some minutes after the first."""
    name = key(request, what)
    cache.add(name, 0, SECONDS)
    # The minutes may be over just now, and with them the count.
    with suppress(ValueError):
        cache.incr(name)


def key(request, what):
    return f"guessing:{what}:{network_of(request)}"


def network_of(request):
    """The address of whoever asks, as the proxy in front of a public site names it.

    Of a version 6 address the first half counts: everybody has all of the other half.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PUBLIC:
        # What stands before the last comma came with the request and may say anything.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
