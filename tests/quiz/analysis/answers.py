"""Random questions of every graded kind, and random answers to them, some of them right."""

from decimal import Decimal

from quiz.engine.draft import DraftNumber, DraftOption
from tests.quiz.specimens import SPECIMENS

GRADED = [kind for kind in SPECIMENS if kind != "open"]
TEXTS = [f"Text {letter}" for letter in "ABCDEFGH"]


def random_parts(dice, kind):
    """The options of a question as a draft holds them, and its amount."""
    size = dice.randint(3, 6)
    texts = dice.sample(TEXTS, size)
    if kind == "number":
        return (), DraftNumber(Decimal(dice.randint(1, 60)), "MB", Decimal(dice.choice((0, 0, 2))))
    if kind == "true-false":
        right = dice.random() < 0.5
        said = (("true", "True", right), ("false", "False", not right))
        return tuple(DraftOption(key, text, is_correct) for key, text, is_correct in said), None
    if kind == "ordering":
        ranked = dice.randint(2, size)
        return tuple(
            DraftOption(f"o{n}", text, rank=n if n <= ranked else None)
            for n, text in enumerate(texts, start=1)
        ), None
    if kind == "matching":
        pairs = [
            DraftOption(f"o{n}", text, match=f"Goes with {text}") for n, text in enumerate(texts)
        ]
        return (*pairs, DraftOption("spare", "", match=f"Spare {dice.random()}")), None
    right = 1 if kind == "single-choice" else dice.randint(2, size - 1)
    return tuple(DraftOption(f"o{n}", text, n < right) for n, text in enumerate(texts)), None


def random_answer(dice, kind, key):
    """A response to a question, near its key as often as not; None for a blank."""
    if dice.random() < 0.1:
        return None
    ids = [option.id for option in key.options]
    if kind in ("single-choice", "true-false"):
        return dice.choice(ids)
    if kind == "multiple-response":
        right = [o.id for o in key.options if o.is_correct]
        few = dice.sample(ids, dice.randint(1, len(ids)))
        return sorted(set(dice.choice((right, few, [*right, ids[-1]], right[:1]))))
    if kind == "ordering":
        right = sorted((o for o in key.options if o.rank), key=lambda o: o.rank)
        placed = [o.id for o in right]
        few = dice.sample(ids, dice.randint(1, len(ids)))
        return dice.choice((placed, placed[::-1], placed[:-1], few))
    if kind == "matching":
        listed = sorted(o.match for o in key.options)
        prompts = [o for o in key.options if o.text]
        if dice.random() < 0.5:
            return {str(o.id): listed.index(o.match) + 1 for o in prompts}
        return {str(o.id): dice.randint(1, len(listed)) for o in prompts}
    near = Decimal(key.number.amount) + dice.choice(
        (0, 1, -2, 3, Decimal("0.001"), Decimal(-1) / 2)
    )
    return {"text": f"{near} MB", "amount": f"{near:f}"}
