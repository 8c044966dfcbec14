"""What every kind of question can do, and what it answers with."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from ..draft import DraftOption, Wrong
from ..scoring import Grade


class Unreadable(ValueError):
    """A posted answer that cannot be read as a response; the words are fit to show."""


@dataclass(frozen=True)
class Key:
    """What a response is held against: the parts of the question, and its amount if it asks for one."""

    options: tuple
    number: object = None


@dataclass(frozen=True)
class Verdict:
    """What became of one part: a word for the page, words for people, and which feedback it takes."""

    slug: str
    words: str
    is_right: bool
    is_picked: bool


class Kind(ABC):
    """One kind of question, known by its slug.

    `key` is a Key, `post` a posted form as lists of texts by name. A response is plain data that
    JSON holds; None is a blank.
    """

    slug = ""
    label = ""
    legend = ""
    # The keys of its written form, beside those that every question has.
    wanted = {"options"}
    spared = frozenset()
    option_keys = {"key", "text", "correct", "misconception", "feedback", "stays_last"}
    # Whether every part has feedback of its own; otherwise the question has it for right and wrong.
    explains_each = True
    # What is said on a part depends on whether it was picked, or else on whether that was right.
    says_by_pick = True
    # Options are picked, and it is counted how often each one is.
    is_pick = False
    # One option can be taken for another.
    has_rivals = False
    # A review goes by the right order instead of the order shown.
    sorts_review = False
    # Graded by whoever answered, by a checklist, and so never part of a score.
    is_self_graded = False
    # The parts of a response that hold somebody's own words, which are erased with them.
    own_words = ()
    # How this kind is counted, by the rule; "" where there is nothing to say.
    counted = {"exam": "", "practice": ""}

    # How it is written

    def parts(self, row, hand):
        """The parts of a draft in the written form; `hand` reads texts, options and amounts."""
        return {"options": hand.options(row, self.option_keys)}

    @abstractmethod
    def problems(self, draft):
        """Why this draft may not be published, in words; [] where it may."""

    # How it is asked

    def asked(self, options):
        """The parts that are shown before an answer is checked."""
        return list(options)

    def counterparts(self, options):
        """What the parts can be matched with, as (value to post, text)."""
        return ()

    @abstractmethod
    def read(self, post, key):
        """The response in a posted form, or Unreadable in words."""

    @abstractmethod
    def fields(self, response, key):
        """The form that would be posted for a response, so that it can be shown as it was left."""

    def chosen(self, post, option):
        """What a posted form holds for one part: the value of its control, "" for none."""
        return "picked" if str(option.id) in post.get("option", ()) else ""

    # How it is held against the key

    @abstractmethod
    def correct_response(self, key):
        """The response that earns everything."""

    @abstractmethod
    def grade(self, response, key, rule):
        """The grade of a response by a rule of scoring; None while it has to be graded by oneself."""

    def guess(self, key, rule):
        """What blind guessing among all answers that can be given earns; None where that means nothing."""
        return None

    def also_right(self, key, accepted):
        """The keys that hold beside its own once these options (ids) are accepted too."""
        return ()

    @abstractmethod
    def verdicts(self, response, key):
        """The verdict on each part that a review shows, by its id, in the order of the review."""

    @abstractmethod
    def summarise(self, response):
        """What the response comes to, for statistics: a tuple of what was picked, placed or given."""

    def told(self, response, key):
        """The response in a few texts, where a few are enough to tell it."""
        return ()

    def without_words(self, response):
        """A response from which whatever somebody wrote in their own words is gone."""
        return response | dict.fromkeys(self.own_words, "") if self.own_words else response

    def in_words(self, response, key):
        """The whole response as one line of text; "" for a blank."""
        return in_line(self.told(response, key))


def in_line(texts):
    """Several texts as one line, in which only the last may end with a full stop."""
    *others, last = texts or ("",)
    return "; ".join([*(text.removesuffix(".") for text in others), last])


def one(post, name):
    """The one text posted under a name; "" where nothing was."""
    texts = post.get(name, ())
    if len(texts) > 1:
        raise Unreadable("One part of the form was sent twice. Answer once more.")
    return texts[0].strip() if texts else ""


def named(post, prefix, known):
    """What was posted by part, from fields such as place-7; refuses parts that are not shown."""
    ids = {f"{prefix}-{each}" for each in known}
    if any(name.startswith(f"{prefix}-") and name not in ids for name in post):
        raise Unreadable("That is not a part of this question. Answer once more.")
    return {each: one(post, f"{prefix}-{each}") for each in known}


__all__ = [
    "DraftOption",
    "Grade",
    "Key",
    "Kind",
    "Unreadable",
    "Verdict",
    "Wrong",
    "in_line",
    "named",
    "one",
]
