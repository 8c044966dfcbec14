"""What replies say again and again, by the facts: a page holds it once, and they refer to it."""

import hashlib
from dataclasses import dataclass
from datetime import date

from quiz.engine.scenario import muddy_words
from studyapp.decision.profile import OPTIONS
from studyapp.guide import knowledge

HEADER = "In-Place"
MOST = 16
# By digest, as this process has read them.
HELD = {}


@dataclass(frozen=True)
class Ending:
    """How a sentence about a fact ends: with the fact's own note, and with its source and date."""

    note: str
    source: str
    url: str
    as_of: date | None

    def ends(self, said):
        """Whether a sentence that was frozen ends like this."""
        mine, its = (self.source, self.url, self.as_of), (said.source, said.url, said.as_of)
        return mine == its and said.text.endswith(self.note)


@dataclass(frozen=True, eq=False)
class Refrains:
    """All of them in the order of the page; the digest tells one page from another."""

    digest: str
    endings: tuple[Ending, ...]
    muddy: tuple[dict, ...]

    def split(self, said):
        """A sentence up to its ending, and the place of that in the page; None where it is not there."""
        places = [place for place, each in enumerate(self.endings) if each.ends(said)]
        place = max(places, key=lambda each: len(self.endings[each].note), default=None)
        text = said.text if place is None else said.text.removesuffix(self.endings[place].note)
        return text.rstrip(), place

    def place_of_muddy(self, point):
        """The place of a muddy point as it was frozen; None where the page does not hold it."""
        return len(self.endings) + self.muddy.index(point) if point in self.muddy else None


def refrains_of(held):
    """The refrains of all profiles, each once, by the knowledge that is held."""
    profiles = held.profiles.values()
    endings = dict.fromkeys(
        Ending(each.note, each.source, each.url, each.as_of and date.fromisoformat(each.as_of))
        for profile in profiles
        for facts in profile.tables[OPTIONS].facts.values()
        for each in facts
        if each.source
    )
    points = dict.fromkeys(point for profile in profiles for point in profile.muddy)
    muddy = [muddy_words(each) for each in points]
    digest = hashlib.sha256(repr([*endings, *muddy]).encode()).hexdigest()[:8]
    if digest not in HELD:
        while len(HELD) >= MOST:
            HELD.pop(next(iter(HELD)), None)
        HELD[digest] = Refrains(digest, tuple(endings), tuple(muddy))
    return HELD[digest]


def refrains_on_the_page(request):
    """What the page of a request holds, by its own word; None where that is nothing that is known."""
    digest = request.headers.get(HEADER, "")
    if digest and digest not in HELD:
        refrains_of(knowledge.of(request))
    return HELD.get(digest)
