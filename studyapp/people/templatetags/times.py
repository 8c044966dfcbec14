"""Moments on a page: `time` elements in the zone of whoever reads, which a script tells in the browser's."""

from datetime import UTC

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from studyapp.moments import DAY_AND_TIME, TIME, TOLD, here, read

register = template.Library()


def told(at, form):
    in_utc = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return format_html('<time datetime="{}">{}</time>', in_utc, here(at, form))


@register.filter
def moment(at):
    """A day with a time: "26 November 2026, 14:05 CET"."""
    return told(at, DAY_AND_TIME)


@register.filter
def clock(at):
    """The time of a moment of today: "14:05:30 CET"."""
    return told(at, TIME)


@register.filter
def with_moments(words):
    """Plain words in which every moment that they tell in UTC is one of the page."""
    return mark_safe(TOLD.sub(as_moment, escape(words)))  # noqa: S308


def as_moment(found):
    try:
        return moment(read(found[1]))
    except ValueError:
        return found[0]  # somebody typed what only looks like one
