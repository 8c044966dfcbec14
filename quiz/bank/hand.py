"""Reads what is written by hand: texts with references, options, feedback, amounts, facts."""

import re
from decimal import Decimal, InvalidOperation

from quiz.engine.draft import DraftNumber, DraftOption, Wrong
from studyapp.guide.prose import REFERENCE, resolve, unknown_references

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LARGEST, FINEST = Decimal(10) ** 13, Decimal("0.000001")


class Hand:
    """Reads one question; it keeps which facts the question rests on. Raises Wrong with the place."""

    def __init__(self, shelf):
        self.shelf = shelf
        self.used = set()

    def text(self, text, place):
        """The text with its references to facts and figures put in."""
        text = "" if text is None else str(text)
        shown = self.shelf.knowledge.shown
        unknown = unknown_references(text, shown)
        if unknown:
            raise Wrong(f"{place} refers to [[{unknown[0]}]], which no file holds")
        self.used |= {slug for sort, slug in REFERENCE.findall(text) if sort == "fact"}
        return resolve(text, shown).strip()

    def options(self, row, known):
        """The options of a question, of which each may hold these keys."""
        given = row["options"]
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            raise Wrong("options must be a list of mappings")
        return tuple(self.option(each, n, known) for n, each in enumerate(given, start=1))

    def option(self, given, number, known):
        place = f"option {number}"
        wrong = [f"{place}: there is no key {key!r}" for key in given if key not in known]
        if wrong:
            raise Wrong(*wrong)
        feedback = given.get("feedback")
        if not isinstance(feedback, dict) or not set(feedback) <= {"picked", "left"}:
            raise Wrong(f"{place} has no feedback; it needs picked and left")
        key = given.get("key", f"option-{number}")
        if not isinstance(key, str) or not SLUG.fullmatch(key):
            raise Wrong(f"{place}: key must be small letters, digits and hyphens, not {key!r}")
        rank = given.get("rank")
        if "rank" in known and ("rank" not in given or not is_rank(rank)):
            raise Wrong(f"{place}: rank must be a number from 1, or null where it does not belong")
        return DraftOption(
            key=key,
            text=self.text(given.get("text"), f"{place}, text"),
            is_correct=given.get("correct", False) is True,
            stays_last=given.get("stays_last", False) is True,
            rank=rank,
            match=self.text(given.get("match"), f"{place}, match"),
            misconception=str(given.get("misconception") or ""),
            feedback_picked=self.text(feedback.get("picked"), f"{place}, feedback if picked"),
            feedback_left=self.text(feedback.get("left"), f"{place}, feedback if left"),
        )

    def feedback(self, row):
        """What is said of a question as a whole, when it was right and when it was wrong."""
        feedback = row["feedback"]
        if not isinstance(feedback, dict) or not set(feedback) <= {"right", "wrong"}:
            raise Wrong("feedback must have right and wrong")
        return {
            f"feedback_{name}": self.text(feedback.get(name), f"feedback if {name}")
            for name in ("right", "wrong")
        }

    def number(self, row):
        """The amount that is asked for: that of a fact, or one with the figure that shows it."""
        answer = row["answer"]
        if isinstance(answer, dict) and set(answer) == {"fact"}:
            amount, unit = self.amount_of_fact(answer["fact"])
        elif isinstance(answer, dict) and set(answer) == {"amount", "unit", "figure"}:
            amount, unit = read_decimal(answer["amount"], "the amount"), answer["unit"] or ""
            self.hold_against_figure(answer["figure"], amount, unit)
        elif self.shelf.author_vouches and isinstance(answer, dict) and "amount" in answer:
            amount, unit = read_decimal(answer["amount"], "the amount"), answer["unit"] or ""
        else:
            raise Wrong("the answer must name a fact, or an amount with its unit and figure")
        return DraftNumber(amount, unit, read_decimal(row.get("tolerance", 0), "tolerance"))

    def amount_of_fact(self, slug):
        fact = self.shelf.facts.get(slug) if isinstance(slug, str) else None
        if fact is None:
            raise Wrong(f"the answer names the fact {slug!r}, which no file holds")
        if isinstance(fact.value, bool) or not isinstance(fact.value, int | float):
            raise Wrong(f"the fact {slug} states no amount")
        self.used.add(slug)
        return read_decimal(fact.value, "the amount"), fact.unit or fact.trait.unit

    def hold_against_figure(self, slug, amount, unit):
        figure = self.shelf.figures.get(slug) if isinstance(slug, str) else None
        if figure is None:
            raise Wrong(f"the answer names the figure {slug!r}, which no file holds")
        # A count is asked for without a unit; what is counted stands in the figure only.
        if figure.amount != amount or (unit and figure.unit != unit):
            raise Wrong(
                f"the answer is given as {f'{amount} {unit}'.strip()}, "
                f"but the figure {slug} shows {figure.text}"
            )

    def claim(self, slug):
        if slug is None:
            return None
        if not isinstance(slug, str) or slug not in self.shelf.claims:
            raise Wrong(f"there is no claim {slug!r}")
        return self.shelf.claims[slug]

    def claim_of(self, facts):
        """What a question says it rests on that names facts and no claim; None without facts."""
        rows = [self.shelf.facts[slug] for slug, _ in facts]
        if not rows:
            return None
        shown = self.shelf.knowledge.facts
        sources = {each.pk: each for each in (row.source for row in rows)}.values()
        dates = [row.as_of for row in rows if row.as_of]
        told = [
            f"{row.subject.label}, {row.trait.noun}: {shown.get(row.slug) or row.relation}"
            for row in rows
        ]
        return {
            "slug": "",
            "title": "; ".join(told),
            "verdict": "",
            "sources": [{"title": each.title, "url": each.url} for each in sources],
            "place": "",
            "as_of": min(dates).isoformat() if dates else "",
        }

    def facts_with(self, slugs):
        """All facts that the question rests on, named or shown, each with its revision."""
        if not isinstance(slugs, list) or not all(isinstance(slug, str) for slug in slugs):
            raise Wrong("facts must be a list of slugs")
        wrong = [f"there is no fact {slug!r}" for slug in slugs if slug not in self.shelf.facts]
        if wrong:
            raise Wrong(*wrong)
        return tuple(
            (slug, self.shelf.facts[slug].revision) for slug in sorted({*slugs, *self.used})
        )


def is_rank(rank):
    return rank is None or (isinstance(rank, int) and not isinstance(rank, bool) and rank > 0)


def read_decimal(value, name):
    """An exact amount as a row can hold it."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise Wrong(f"{name} must be a number, not {value!r}") from None
    if isinstance(value, bool) or not amount.is_finite() or not 0 <= amount < LARGEST:
        raise Wrong(f"{name} must be a number from 0, not {value!r}")
    if amount != amount.quantize(FINEST):
        raise Wrong(f"{name} is too fine: {value!r}")
    return amount
