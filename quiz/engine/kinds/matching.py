"""Matching: each prompt has one counterpart, and at least one counterpart is to spare."""

from fractions import Fraction
from math import comb

from ..scoring import share
from .base import DraftOption, Kind, Unreadable, Verdict, Wrong, in_line, named

FEWEST = 2


class Matching(Kind):
    slug = "matching"
    label = "Matching"
    legend = "Match each with one of the list"
    wanted = {"options", "spare"}
    says_by_pick = False
    option_keys = {"key", "text", "match", "misconception", "feedback"}
    counted = {
        "exam": "Counts only when every pair is right.",
        "practice": "Counts the share of right pairs.",
    }

    def parts(self, row, hand):
        if not isinstance(row["spare"], list):
            raise Wrong("spare must be a list of texts")
        spare = tuple(
            DraftOption(key=f"spare-{number}", text="", match=hand.text(text, f"spare {number}"))
            for number, text in enumerate(row["spare"], start=1)
        )
        return {"options": hand.options(row, self.option_keys) + spare}

    def problems(self, draft):
        prompts = self.asked(draft.options)
        matches = [option.match.strip() for option in draft.options]
        found = []
        if len(prompts) < FEWEST:
            found.append(f"there must be at least {FEWEST} prompts")
        if len(prompts) == len(draft.options):
            found.append("at least one text on the right must be to spare")
        if not all(matches):
            found.append("every prompt and every spare needs its text on the right")
        if len({each.lower() for each in matches}) != len(matches):
            found.append("two texts on the right are the same")
        return found

    def asked(self, options):
        return [option for option in options if option.text]

    def counterparts(self, options):
        # Sorted, so that neither the order nor the value to post tells which belongs to which.
        return tuple((str(n), text) for n, text in enumerate(texts(options), start=1))

    def read(self, post, key):
        given = named(post, "match", [option.id for option in self.asked(key.options)])
        known = dict(self.counterparts(key.options))
        if not all(given.values()):
            raise Unreadable("Some have no match yet. Choose one for each.")
        if not set(given.values()) <= set(known):
            raise Unreadable("That is none of the list. Choose from it for each.")
        return {str(each): int(value) for each, value in given.items()}

    def fields(self, response, key):
        return {
            f"match-{option.id}": [str((response or {}).get(str(option.id), ""))]
            for option in self.asked(key.options)
        }

    def chosen(self, post, option):
        return next(iter(post.get(f"match-{option.id}", ())), "")

    def correct_response(self, key):
        places = {text: n for n, text in enumerate(texts(key.options), start=1)}
        return {str(option.id): places[option.match] for option in self.asked(key.options)}

    def grade(self, response, key, rule):
        found = self.verdicts(response, key).values()
        return share(rule, right=sum(each.is_right for each in found), wrong=0, of=len(found))

    def guess(self, key, rule):
        of, listed = len(self.asked(key.options)), len(key.options)
        # Each prompt is matched by itself, and a text may be chosen more than once.
        earned = sum(
            comb(of, hits) * (listed - 1) ** (of - hits) * rule.award(hits, 0, of)
            for hits in range(of + 1)
        )
        return Fraction(earned, listed**of)

    def verdicts(self, response, key):
        listed = dict(enumerate(texts(key.options), start=1))
        return {
            option.id: verdict(option, listed.get((response or {}).get(str(option.id))))
            for option in self.asked(key.options)
        }

    def summarise(self, response):
        return tuple(sorted((int(each), place) for each, place in (response or {}).items()))

    def in_words(self, response, key):
        listed = dict(enumerate(texts(key.options), start=1))
        given = {each: listed[place] for each, place in self.summarise(response)}
        asked = [option for option in self.asked(key.options) if option.id in given]
        return in_line([f"{option.text}: {given[option.id]}" for option in asked])


def texts(options):
    return sorted(option.match for option in options)


def verdict(option, given):
    """What became of one prompt: whether the counterpart that was chosen is its own."""
    if given == option.match:
        return Verdict("matched", f"Matched: {given}", True, True)
    if given is None:
        return Verdict("missed", f"Left blank: it goes with “{option.match}”", False, False)
    words = f"Not matched: you chose “{given}”, it goes with “{option.match}”"
    return Verdict("not-matched", words, False, False)
