"""Ordering: items are put in the one order that the stem's measure gives; some may not belong."""

from collections import Counter
from fractions import Fraction
from math import comb, factorial

from ..scoring import share
from .base import Kind, Unreadable, Verdict, in_line, named

FEWEST = 2
OUT = "out"


class Ordering(Kind):
    slug = "ordering"
    label = "Ordering"
    legend = "Put these in order"
    says_by_pick = False
    sorts_review = True
    option_keys = {"key", "text", "rank", "misconception", "feedback"}
    counted = {
        "exam": "Counts only when every item is in its place.",
        "practice": "Counts the share of items in their place.",
    }

    def problems(self, draft):
        ranks = sorted(option.rank for option in draft.options if option.rank is not None)
        found = []
        if ranks != list(range(1, len(ranks) + 1)):
            found.append(f"the ranks must be 1, 2, 3 and so on, each once, not {ranks}")
        if len(ranks) < FEWEST:
            found.append(f"at least {FEWEST} items must have a rank")
        return found

    def read(self, post, key):
        places = named(post, "place", [option.id for option in key.options])
        allowed = {str(place): place for place in range(1, len(places) + 1)}
        if not all(places.values()):
            raise Unreadable("Some items have no place yet. Give each a place.")
        if any(place not in allowed and place != OUT for place in places.values()):
            raise Unreadable(f"A place is a number from 1 to {len(places)}. Set it.")
        placed = {each: allowed[place] for each, place in places.items() if place != OUT}
        if not placed:
            raise Unreadable("Every item is left out. Give some a place.")
        if len(set(placed.values())) != len(placed):
            raise Unreadable("Two items have the same place. Give each its own.")
        return sorted(placed, key=placed.get)

    def fields(self, response, key):
        places = {each: str(place) for place, each in enumerate(response or (), start=1)}
        unset = "" if response is None else OUT
        return {f"place-{o.id}": [places.get(o.id, unset)] for o in key.options}

    def chosen(self, post, option):
        return next(iter(post.get(f"place-{option.id}", ())), "")

    def correct_response(self, key):
        ranked = [option for option in key.options if option.rank is not None]
        return [option.id for option in sorted(ranked, key=lambda option: option.rank)]

    def grade(self, response, key, rule):
        found = self.verdicts(response, key).values()
        return share(rule, right=sum(each.is_right for each in found), wrong=0, of=len(found))

    def guess(self, key, rule):
        of = len(key.options)
        ranked = len(self.correct_response(key))
        counted = ways(of, ranked)
        earned = sum(number * rule.award(hits, 0, of) for hits, number in counted.items())
        return Fraction(earned, sum(counted.values()))

    def verdicts(self, response, key):
        placed = {each: place for place, each in enumerate(response or (), start=1)}
        ordered = sorted(key.options, key=lambda o: (o.rank is None, o.rank or 0, o.id))
        return {
            option.id: verdict(option.rank, placed.get(option.id), is_blank=response is None)
            for option in ordered
        }

    def summarise(self, response):
        return tuple(response or ())

    def in_words(self, response, key):
        texts = {option.id: option.text for option in key.options}
        placed = enumerate(self.summarise(response), start=1)
        return in_line([f"{place}. {texts[each]}" for place, each in placed])


def verdict(rank, place, *, is_blank):
    """What became of one item: where it belongs (None: nowhere) and where it was put."""
    if is_blank:
        words = f"Left blank: place {rank}" if rank else "Left blank: it does not belong here"
        return Verdict("missed", words, False, False)
    if place == rank:
        words = f"In place: {rank}" if rank else "Rightly left out"
        return Verdict("in-place", words, True, True)
    if rank is None:
        words = f"Out of place: you put it in place {place}, but it does not belong here"
        return Verdict("out-of-place", words, False, False)
    if place is None:
        return Verdict("missed", f"Missed: it belongs in place {rank}", False, False)
    words = f"Out of place: you put it in place {place}, it belongs in place {rank}"
    return Verdict("out-of-place", words, False, False)


def ways(of, ranked):
    """In how many answers so many items are right, of all that place at least one item.

    Counted by inclusion and exclusion, because a dozen items have more answers than can be tried.
    """
    spare, counted = of - ranked, Counter()
    for placed in range(1, of + 1):
        places = min(placed, ranked)
        for hits in range(places + 1):
            for left in range(spare + 1):
                number = comb(places, hits) * sum(
                    (-1) ** more
                    * comb(places - hits, more)
                    * filled(placed - hits - more, ranked - hits - more, spare, spare - left)
                    for more in range(places - hits + 1)
                )
                counted[hits + left] += number
    return counted


def filled(places, ranked, spare, spare_placed):
    """In how many orders these places can be filled with so many of the items to spare among them."""
    if places < spare_placed:
        return 0
    chosen = comb(ranked, places - spare_placed) * comb(spare, spare_placed)
    return chosen * factorial(places)
