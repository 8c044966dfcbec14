"""Single choice: exactly one option is right, and one is picked."""

from fractions import Fraction

from ..scoring import share
from .base import Unreadable
from .choice import Choice, with_right

FEWEST = 2


class SingleChoice(Choice):
    slug = "single-choice"
    label = "Single choice"
    legend = "Pick one"

    def problems(self, draft):
        found = []
        if sum(option.is_correct for option in draft.options) != 1:
            found.append("exactly one option must be marked as correct")
        if len(draft.options) < FEWEST:
            found.append(f"there must be at least {FEWEST} options")
        return found

    def read(self, post, key):
        picked = post.get("option", [])
        if not picked:
            raise Unreadable("Nothing is picked yet. Pick one of the options.")
        known = {str(option.id): option.id for option in key.options}
        if len(picked) != 1 or picked[0] not in known:
            raise Unreadable("That is none of the options shown. Pick one of them.")
        return known[picked[0]]

    def correct_response(self, key):
        return next(option.id for option in key.options if option.is_correct)

    def grade(self, response, key, rule):
        right = response == self.correct_response(key)
        return share(rule, right=int(right), wrong=int(response is not None and not right), of=1)

    def guess(self, key, rule):
        return Fraction(1, len(key.options))

    def also_right(self, key, accepted):
        return tuple(
            with_right(key, {option.id}) for option in key.options if option.id in accepted
        )

    def summarise(self, response):
        return () if response is None else (response,)
