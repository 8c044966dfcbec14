"""Multiple response: several options are right, and any number is picked."""

from fractions import Fraction
from itertools import combinations
from math import comb

from ..scoring import share
from .base import Unreadable
from .choice import Choice, with_right

FEWEST_RIGHT = 2


class MultipleResponse(Choice):
    slug = "multiple-response"
    label = "Multiple response"
    legend = "Pick every one that is right"
    counted = {
        "exam": "Counts only when every right option is picked and no other.",
        "practice": "Each wrong pick takes back a right one. Picking everything earns nothing.",
    }

    def problems(self, draft):
        right = sum(option.is_correct for option in draft.options)
        found = []
        if right < FEWEST_RIGHT:
            found.append(f"at least {FEWEST_RIGHT} options must be marked as correct")
        if right == len(draft.options):
            found.append("at least one option must be wrong")
        return found

    def read(self, post, key):
        picked = post.get("option", [])
        if not picked:
            raise Unreadable("Nothing is picked yet. Pick one option or more.")
        known = {str(option.id): option.id for option in key.options}
        if len(set(picked)) != len(picked) or not set(picked) <= set(known):
            raise Unreadable("That is none of the options shown. Pick among them.")
        return sorted(known[each] for each in picked)

    def correct_response(self, key):
        return sorted(option.id for option in key.options if option.is_correct)

    def grade(self, response, key, rule):
        picked, right = set(self.summarise(response)), set(self.correct_response(key))
        # Picking everything tells nothing, however many of the options are right.
        hits = len(picked & right) if len(picked) < len(key.options) else 0
        return share(rule, right=hits, wrong=len(picked - right), of=len(right))

    def guess(self, key, rule):
        of, right = len(key.options), len(self.correct_response(key))
        # Every answer but the empty one is as likely; the one that picks everything earns nothing.
        earned = sum(
            comb(right, hits) * comb(of - right, wrong) * rule.award(hits, wrong, right)
            for hits in range(right + 1)
            for wrong in range(of - right + 1)
            if 0 < hits + wrong < of
        )
        return Fraction(earned, 2**of - 1)

    def also_right(self, key, accepted):
        right = set(self.correct_response(key))
        more = sorted(set(accepted) & {option.id for option in key.options} - right)
        return tuple(
            with_right(key, right | set(some))
            for size in range(1, len(more) + 1)
            for some in combinations(more, size)
        )

    def summarise(self, response):
        return tuple(response or ())
