"""The knowledge that is in force: read in one query, and kept while the edition stays the same."""

import re
from dataclasses import dataclass
from functools import cached_property

from studyapp.decision import profiles_from

from . import prose
from .compile import compile_document
from .models import Edition

DEFAULT_PROFILE = "guide"
PROFILE_KEY = "profile"


@dataclass
class Knowledge:
    """Everything compiled of one edition: the profiles of the engine, figures, terms, sections."""

    number: int
    digest: str
    document: dict

    def __post_init__(self):
        self.written = {}

    @cached_property
    def profiles(self):
        return profiles_from(self.document)

    @property
    def shown(self):
        return {"fact": self.facts, "figure": self.figures}

    @cached_property
    def facts(self):
        """What each fact says, as it is shown in prose, by slug."""
        tables = [table for p in self.profiles.values() for table in p.tables.values()]
        shown = {f.slug: f.shown for t in tables for facts in t.facts.values() for f in facts}
        stated = {
            f.slug: f.shown for t in tables for s in t.statements.values() for f in s.values()
        }
        return shown | stated

    @cached_property
    def figures(self):
        """What each figure says, as it is shown in prose, by slug."""
        return {row["slug"]: row["text"] for row in self.document["figures"]}

    @cached_property
    def term_of(self):
        """The slug of a term by each of its spellings, in lower case."""
        return {
            spelling.lower(): row["slug"]
            for row in reversed(self.document["terms"])
            for spelling in (*row["aliases"], row["name"])
        }

    @cached_property
    def term_pattern(self):
        spellings = sorted(self.term_of, key=len, reverse=True)
        alternatives = "|".join(re.escape(spelling) for spelling in spellings)
        return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)

    @property
    def sections(self):
        return self.document["sections"]

    def section(self, slug):
        return next(section for section in self.sections if section["slug"] == slug)

    def others(self, profile):
        """The profiles beside this one, which are asked where it is silent."""
        return tuple(other for other in self.profiles.values() if other.slug != profile.slug)

    def html(self, text, *, inline=False, skip=None):
        """Safe HTML of a text of the guide; each is made once for an edition."""
        key = (text, inline, skip)
        if key not in self.written:
            self.written[key] = prose.to_html(text, self, inline=inline, skip=skip)
        return self.written[key]


class ContentMissing(Exception):
    """The database holds no content yet."""


class Shelf:
    """Holds the knowledge of this process, so that an unchanged edition is read only once."""

    held = None


def current():
    """The knowledge in force: one small query while the edition has not changed."""
    row = Edition.objects.values_list("number", "files_digest").first()
    if row is None:
        return Knowledge(0, "", compile_document())
    held = Shelf.held
    if held is None or (held.number, held.digest) != row:
        edition = Edition.objects.get()
        held = Knowledge(edition.number, edition.files_digest, edition.document)
        Shelf.held = held
    return held


def of(request):
    """The knowledge in force, read once for a request; ContentMissing while nothing is loaded."""
    if not hasattr(request, "knowledge"):
        request.knowledge = current()
    if DEFAULT_PROFILE not in request.knowledge.profiles:
        raise ContentMissing
    return request.knowledge


def profile_of(request):
    """The profile by which this page speaks: `?profile=`, else the visitor's choice, else the guide."""
    profiles = of(request).profiles
    for slug in (request.GET.get("profile"), request.session.get(PROFILE_KEY)):
        if slug in profiles:
            return profiles[slug]
    return profiles[DEFAULT_PROFILE]
