"""Tells a drawn workload as a short story; the words are data, the numbers those of the workload."""

import re
from dataclasses import dataclass
from decimal import Decimal

from studyapp.decision import Refused
from studyapp.decision.draw import Dice

from .draft import Wrong
from .shuffle import seed_of, shuffled

PARTS = ("load", "traffic", "reply", "rest")
WORDS = ("item", "items", "one", "asker", "owner")
STORY = {"slug", "reply", "payload", "opening", "answered", *WORDS}
PHRASE = {"part", "tells", "says"}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
ONE, SOME = "one", None


class Untold(ValueError):
    """No story has words for a workload; the words say for what."""


@dataclass(frozen=True)
class Story:
    """Somebody somewhere who asks a model: who, what one item is called, how large it may be."""

    slug: str
    reply: str
    smallest: Decimal
    largest: Decimal
    is_streamed: bool
    opening: str
    answered: str
    words: dict[str, str]

    def suits(self, values):
        """Whether this could be the story of a workload."""
        payload = values.get("payload_mb")
        return (
            self.reply == values.get("reply")
            and self.is_streamed == bool(values.get("streaming"))
            and (payload is None or self.smallest <= payload <= self.largest)
        )


@dataclass(frozen=True)
class Phrase:
    """A sentence in several wordings that tells some traits; `among` narrows it to some replies.

    `tells` holds a value for a choice or flag, ONE for a count of one and SOME for any other number.
    """

    part: str
    tells: dict[str, str | None]
    says: tuple[str, ...]
    among: tuple[str, ...]

    def fits(self, told, untold, reply):
        if self.among and reply not in self.among:
            return False
        return all(key in untold and wanted == told[key] for key, wanted in self.tells.items())


@dataclass(frozen=True)
class Stories:
    """All words there are: the stories, the phrases in the order in which they are tried, the rest."""

    stories: tuple[Story, ...]
    phrases: tuple[Phrase, ...]
    asks: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Told:
    """A stem, and the slug of the story that it tells."""

    story: str
    stem: str


def tell(stories, sibling, profile, *, seed, without=""):
    """Tell a drawn workload; the story named `without` is not told again. Untold says why not."""
    values = sibling.certificate.workload.values
    fitting = [each for each in stories.stories if each.suits(values) and each.slug != without]
    if not fitting:
        raise Untold("No other story fits a workload of this size and way of replying.")
    dice = Dice(seed_of(f"story {seed}"))
    story = dice.pick(fitting)
    said = {part: [] for part in PARTS}
    said["reply"].append(story.answered)
    for phrase in phrases_for(stories, sibling.told, profile.traits):
        if phrase.says:
            said[phrase.part].append(dice.pick(phrase.says))
    parts = shuffled([" ".join(said[part]) for part in PARTS if said[part]], dice.roll(2**32))
    words = story.words | {
        key: amount_in_words(given, stories.units) for key, given in sibling.told.items()
    }
    texts = [story.opening, *parts, dice.pick(stories.asks[profile.slug])]
    return Told(story.slug, "\n".join(filled(text, words) for text in texts))


def phrases_for(stories, given, traits):
    """The phrases that tell every trait of a workload but the way of replying, each trait once."""
    told = {key: kind_of(value, traits[key]) for key, value in given.items() if key != "reply"}
    untold, chosen = set(told), []
    for phrase in stories.phrases:
        if phrase.fits(told, untold, given["reply"]):
            chosen.append(phrase)
            untold -= set(phrase.tells)
    if untold:
        nouns = ", ".join(traits[key].noun for key in traits if key in untold)
        raise Untold(f"No story has words for this: {nouns}.")
    return chosen


def kind_of(given, trait):
    """What a phrase has to tell for a value: itself, or only that there is one or some."""
    if not trait.is_number:
        return given
    return ONE if trait.kind == "count" and given == "1" else SOME


def amount_in_words(given, units):
    """A told value as it is written out in a sentence: "20 min" → "20 minutes"."""
    number, _, unit = given.partition(" ")
    if unit not in units:
        return given
    singular, plural = units[unit]
    return f"{number} {singular if number == '1' else plural}"


def filled(text, words):
    """The text with its words put in, and a capital at the start of every sentence."""
    text = PLACEHOLDER.sub(lambda found: words[found[1]], text)
    return re.sub(r"(^|[.?!] )([a-z])", lambda found: found[1] + found[2].upper(), text)


# From the file


def stories_from(document, profiles):
    """The stories of a document; Wrong names everything in it that cannot be told."""
    traits = next(iter(profiles.values())).traits
    reasons = faults_of(document, profiles, traits)
    if reasons:
        raise Wrong(*reasons)
    return Stories(
        stories=tuple(story_from(row, traits) for row in document["stories"]),
        phrases=tuple(
            Phrase(row["part"], row["tells"], tuple(row["says"]), tuple(row.get("among", ())))
            for row in document["phrases"]
        ),
        asks={slug: tuple(texts) for slug, texts in document["asks"].items()},
        units={unit: tuple(names) for unit, names in document["units"].items()},
    )


def story_from(row, traits):
    smallest, largest = (traits["payload_mb"].read(each) for each in row["payload"])
    return Story(
        slug=row["slug"],
        reply=row["reply"],
        smallest=smallest,
        largest=largest,
        is_streamed=row.get("streamed", False),
        opening=row["opening"],
        answered=row["answered"],
        words={name: row[name] for name in WORDS},
    )


def faults_of(document, profiles, traits):
    """Everything that is wrong with a document, one reason each."""
    if not isinstance(document, dict) or set(document) != {"stories", "phrases", "asks", "units"}:
        return ["it must hold stories, phrases, asks and units"]
    reasons = []
    for row in document["stories"]:
        reasons += [f"story {row.get('slug')}: {fault}" for fault in faults_of_story(row, traits)]
    for number, row in enumerate(document["phrases"], start=1):
        reasons += [f"phrase {number}: {fault}" for fault in faults_of_phrase(row, traits)]
    slugs = [row.get("slug") for row in document["stories"]]
    reasons += [f"story {each}: told twice" for each in sorted(set(slugs)) if slugs.count(each) > 1]
    reasons += [
        f"asks: nothing is asked by {slug}" for slug in profiles if slug not in document["asks"]
    ]
    for texts in document["asks"].values():
        reasons += [f"asks: {fault}" for text in texts for fault in strangers(text, WORDS)]
    return reasons


def faults_of_story(row, traits):
    if not STORY <= set(row) <= STORY | {"streamed"}:
        return [f"it must hold {', '.join(sorted(STORY))}"]
    faults = strangers(row["opening"], ()) + strangers(row["answered"], WORDS)
    if row["reply"] not in traits["reply"].values():
        faults.append(f"there is no reply {row['reply']!r}")
    try:
        for each in row["payload"]:
            traits["payload_mb"].read(each)
    except Refused as error:
        faults.append(str(error))
    return faults


def faults_of_phrase(row, traits):
    if not PHRASE <= set(row) <= PHRASE | {"among"}:
        return [f"it must hold {', '.join(sorted(PHRASE))}"]
    faults = [f"there is no trait {key!r}" for key in row["tells"] if key not in traits]
    if row["part"] not in PARTS:
        faults.append(f"there is no part {row['part']!r}")
    known = (*WORDS, *row["tells"])
    faults += [fault for text in row["says"] for fault in strangers(text, known)]
    numbers = [key for key, value in row["tells"].items() if value is SOME]
    faults += [
        f"{key} is not in {text!r}"
        for text in row["says"]
        for key in numbers
        if f"{{{key}}}" not in text
    ]
    return faults


def strangers(text, known):
    """What a text wants to have put in although nothing is known by that name."""
    return [f"{{{name}}} is unknown" for name in PLACEHOLDER.findall(text) if name not in known]
