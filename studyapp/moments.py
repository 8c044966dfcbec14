"""Moments as people read them: with the name of the zone, which is UTC unless somebody chose another."""

import re
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.utils import timezone

DAY_AND_TIME = "%-d %B %Y, %H:%M"
TIME = "%H:%M:%S"
# As `in_utc` writes it, so that a page can tell it in another zone.
TOLD = re.compile(r"(\d{1,2} [A-Z][a-z]+ \d{4}, \d{2}:\d{2}) UTC")


def in_utc(moment):
    """A moment for words that are kept, or read by people in several zones."""
    return f"{moment.astimezone(UTC):{DAY_AND_TIME}} UTC"


def read(told):
    """The moment that the words of `in_utc` tell, without its zone's name."""
    return datetime.strptime(told, DAY_AND_TIME.replace("%-d", "%d")).replace(tzinfo=UTC)


def here(moment, form=DAY_AND_TIME):
    """A moment in the zone of whoever reads the page, with the name of that zone."""
    local = timezone.localtime(moment)
    name = local.tzname()
    # Zones without a name of their own are called by their offset alone.
    return f"{local:{form}} {f'UTC{name}' if name[0] in '+-' else name}"


def zone_named(name):
    """The zone of this name; UTC where there is none, or this machine does not know it any more."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


@cache
def zones():
    """The zones that can be chosen, by their part of the world."""
    areas = {}
    for name in sorted(available_timezones()):
        area, slash, _ = name.partition("/")
        if slash and area not in ("Etc", "SystemV", "US"):
            areas.setdefault(area, []).append(name)
    return areas
