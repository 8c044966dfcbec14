"""The endpoint selection logic as a ladder of questions, read from the rows of a concept box."""

from dataclasses import dataclass
from itertools import groupby

from studyapp.decision.words import condition_in_words

from .lanes import wide


@dataclass(frozen=True)
class Rung:
    """One question or action; `leads_to` are the subjects that a yes chooses, first choice first.

    A yes to a rung without subjects skips to the rung that `skips_to` numbers.
    """

    title: str
    detail: str = ""
    leads_to: tuple = ()
    outcome: str = ""
    skips_to: int | None = None
    is_question: bool = True


def ladder(table, traits):
    """The rungs from the workload down, in the order in which the engine asks."""
    rungs = [Rung("Look at the limits", "An option that breaks one is out.", is_question=False)]
    box = [row for row in table.box if row.basis == "concept-box"]
    for unless, rows in groupby(box, key=lambda row: row.unless):
        rows = tuple(rows)
        if unless:
            words = " and ".join(condition_in_words(condition, traits) for condition in unless)
            rungs.append(Rung(_capital(words), skips_to=len(rungs) + 1 + len(rows)))
        rungs += [rung_of(row, table, traits) for row in rows]
    rungs.append(
        Rung("Only one left", "Or one with fewer doubts than the rest.", outcome="That one")
    )
    rungs += [rung_of(row, table, traits) for row in table.box if row.basis != "concept-box"]
    return (*rungs, Rung("Undecided", "Ask for a trait that is not known yet.", is_question=False))


def rung_of(row, table, traits):
    return Rung(
        row.requirement,
        _capital(applies_in_words(row, traits)),
        tuple(table.subject(slug) for slug in row.chooses),
    )


def applies_in_words(row, traits):
    """When a row applies: "payload above 6 MB, or processing time above 60 s"."""
    return ", or ".join(
        " and ".join(condition_in_words(condition, traits) for condition in alternative)
        for alternative in row.applies
    )


def _capital(text):
    return text[:1].upper() + text[1:]


# The drawing: everything in units of the picture, which is narrow enough for a phone.

WIDTH, LEFT, BOX, OUT, PAD = 384, 34, 172, 247, 10
LINE, GAP, EDGE, CHOICE = 19, 30, 12, 34


@dataclass(frozen=True)
class Words:
    text: str
    y: int
    is_title: bool = False


@dataclass(frozen=True)
class Choice:
    """An option at the right, where a yes leads."""

    subject: object
    label: str
    y: int
    is_second: bool = False

    @property
    def middle(self):
        return self.y + CHOICE // 2 - 3

    @property
    def baseline(self):
        return self.middle + 5

    @property
    def mark_y(self):
        return self.middle - 6


@dataclass(frozen=True)
class Box:
    """One rung as drawn."""

    rung: Rung
    y: int
    height: int
    words: tuple[Words, ...]
    choices: tuple[Choice, ...]
    is_last: bool

    @property
    def bottom(self):
        return self.y + self.height

    @property
    def middle(self):
        return self.y + self.height // 2


@dataclass(frozen=True)
class Skip:
    """The way around some rungs, along the left edge."""

    start: int
    end: int


@dataclass(frozen=True)
class Drawing:
    boxes: tuple[Box, ...]
    skips: tuple[Skip, ...]
    height: int
    width: int = WIDTH
    left: int = LEFT
    box: int = BOX
    out: int = OUT

    @property
    def right(self):
        return self.left + self.box

    @property
    def centre(self):
        return self.left + self.box // 2

    @property
    def out_width(self):
        return self.width - self.out - 1


def draw_ladder(rungs):
    """Place the rungs below each other, their options at the right."""
    boxes, y = [], 1
    for number, rung in enumerate(rungs):
        boxes.append(_box(rung, y, is_last=number + 1 == len(rungs)))
        y = boxes[-1].bottom + GAP
    skips = [
        Skip(box.middle, boxes[box.rung.skips_to].middle)
        for box in boxes
        if box.rung.skips_to is not None
    ]
    return Drawing(tuple(boxes), tuple(skips), boxes[-1].bottom + 1)


def _box(rung, y, *, is_last):
    lines = [(line, True) for line in wrap(rung.title)]
    lines += [(line, False) for line in wrap(rung.detail)]
    labels = [(each, each.label.removesuffix(" inference")) for each in rung.leads_to]
    if rung.outcome:
        labels = [(None, rung.outcome)]
    height = max(2 * EDGE + LINE * len(lines) - 4, CHOICE * len(labels) + 2 * EDGE - 8)
    top = y + (height - LINE * len(lines)) // 2 + 14
    words = [Words(line, top + LINE * n, title) for n, (line, title) in enumerate(lines)]
    first = y + (height - CHOICE * len(labels)) // 2 + 3
    choices = [
        Choice(each, label, first + CHOICE * n, n > 0) for n, (each, label) in enumerate(labels)
    ]
    return Box(rung, y, height, tuple(words), tuple(choices), is_last)


def wrap(text, room=BOX - 2 * PAD):
    """Break words into lines that fit into a box."""
    lines = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and wide(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
