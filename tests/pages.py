"""Every page that the resolver knows: tests ask here, so that no page can be forgotten."""

from dataclasses import dataclass

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Route:
    """One route by its full name and its path as the resolver writes it."""

    name: str
    path: str
    pattern: URLPattern

    @property
    def has_parameters(self):
        return "<" in self.path


def routes():
    """All named routes of the project's own rooms; the admin is Django's and checked by Django."""
    return [route for route in walk(get_resolver()) if not route.name.startswith("admin:")]


def walk(resolver, path="", names=()):
    for each in resolver.url_patterns:
        here = path + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Route(":".join((*names, each.name or "")), f"/{here}", each)
        else:
            inner = (*names, each.namespace) if each.namespace else names
            yield from walk(each, here, inner)
