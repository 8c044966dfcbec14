"""The lanes picture: each option's lane ends at its limit, and the workload is a line across.

Across, places are per cent of the width, so that one drawing serves every width; down, they
are pixels. Words keep their size while the rule grows, so what does not touch at `NARROWEST`
pixels touches at no greater width.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from math import log10

NARROWEST = 272
SPACE = 8
MARK = 22
ROOM = Decimal("1.5")

HEAD, NAME, BAR, WORDS, BETWEEN, AXIS = 26, 20, 12, 20, 12, 24
SMALL_BETWEEN = 8

READABLE = {
    "MB": (
        ("0.0009765625", "1 KB"),
        ("0.009765625", "10 KB"),
        ("0.09765625", "100 KB"),
        ("1", "1 MB"),
        ("10", "10 MB"),
        ("100", "100 MB"),
        ("1024", "1 GB"),
        ("10240", "10 GB"),
        ("102400", "100 GB"),
        ("1048576", "1 TB"),
    ),
    "s": (
        ("0.001", "1 ms"),
        ("0.01", "10 ms"),
        ("0.1", "100 ms"),
        ("1", "1 s"),
        ("10", "10 s"),
        ("60", "1 min"),
        ("600", "10 min"),
        ("3600", "1 h"),
        ("36000", "10 h"),
        ("432000", "5 days"),
        ("2592000", "30 days"),
    ),
    "ms": (
        ("0.01", "10 µs"),
        ("0.1", "100 µs"),
        ("1", "1 ms"),
        ("10", "10 ms"),
        ("100", "100 ms"),
        ("1000", "1 s"),
        ("10000", "10 s"),
        ("60000", "1 min"),
        ("600000", "10 min"),
        ("3600000", "1 h"),
    ),
}


@dataclass(frozen=True)
class Lane:
    """One option's limit on an amount, its ruling, and the words where its lane ends."""

    option: str
    label: str
    limit: Decimal | None
    ruling: str = "standing"
    text: str = ""
    at_least: bool = False
    stated: bool = True

    def stops(self, value):
        """Whether the workload lies beyond this lane."""
        if self.limit is None or value is None:
            return False
        return value < self.limit if self.at_least else value > self.limit


@dataclass(frozen=True)
class Label:
    """Words at `x` per cent, moved by `dx` pixels, on the baseline `y`."""

    text: str
    x: Decimal
    y: int
    anchor: str = "start"
    dx: int = 0

    def span(self, width=NARROWEST):
        """From where to where the words reach on a picture of this many pixels."""
        at, long = self.x * width / 100 + self.dx, wide(self.text)
        start = at - {"start": 0, "middle": long / 2, "end": long}[self.anchor]
        return start, start + long

    def fits(self, start, end):
        """Whether the words stay between two places, in per cent, with `SPACE` around them."""
        left, right = self.span()
        return left >= (start * NARROWEST / 100 + SPACE if start else 0) and right <= (
            end * NARROWEST / 100 - SPACE if end < 100 else NARROWEST
        )


@dataclass(frozen=True)
class DrawnLane:
    """A lane's bar from `start` to `end`; the gap from a cut to the workload is the margin."""

    option: str
    name: Label
    ruling: str
    text: str
    y: int
    start: Decimal
    end: Decimal
    open_end: bool
    stated: bool
    cut: Decimal | None
    gap: tuple[Decimal, Decimal] | None
    label: Label | None
    bottom: int

    @property
    def width(self):
        return self.end - self.start

    @property
    def label_y(self):
        return self.label.y - self.y


@dataclass(frozen=True)
class Picture:
    """All coordinates; `broken` where the line would cross a name on a narrow picture."""

    height: int
    top: int
    axis: int
    lanes: tuple[DrawnLane, ...]
    ticks: tuple[Label, ...]
    majors: tuple[Decimal, ...]
    minors: tuple[Decimal, ...]
    line: Decimal | None
    asked: str
    line_label: Label | None
    broken: bool
    small: bool

    @property
    def line_height(self):
        return self.axis - self.top

    @property
    def marks(self):
        """Where the rule is marked, each with its words, where there is room for them."""
        words = {tick.x: tick.text for tick in self.ticks}
        return [(x, words.get(x, "")) for x in self.majors]


@lru_cache(maxsize=1024)
def wide(text):
    """Pixels across: a little more than the words take when drawn, even in bold."""
    return sum(map(_letter, text), Decimal(0))


def _letter(letter):
    if letter.isupper():
        return Decimal(10)
    if letter.isdigit():
        return Decimal("8.5")
    return Decimal(8) if letter.isalpha() else Decimal("4.5")


def lay_out(unit, lanes, value=None, value_text="", *, small=False):
    """Draw one amount: a lane for each option, and the workload's value as a line across them."""
    marks = _marks(unit, [lane.limit for lane in lanes] + [value])
    amounts = [amount for amount, _ in marks]
    place = _Rule(amounts[0], amounts[-1])
    line = None if value is None else place(value)
    top = HEAD if value_text and line is not None and not small else 6
    drawn, y = [], top
    for lane in lanes:
        drawn.append(_drawn(lane, y, value, line, place, small))
        y = drawn[-1].bottom
    placed = [(place(amount), text) for amount, text in marks]
    return Picture(
        height=y + (4 if small else AXIS),
        top=top - 4,
        axis=y,
        lanes=tuple(drawn),
        ticks=() if small else _tick_labels(placed, y + 18),
        majors=tuple(x for x, _ in placed),
        minors=() if small else tuple(map(place, _between(amounts))),
        line=line,
        asked=value_text if line is not None else "",
        line_label=_line_label(value_text, line) if top == HEAD else None,
        broken=not small and any(_meets(each.name, line) for each in drawn),
        small=small,
    )


@dataclass(frozen=True)
class _Rule:
    low: Decimal
    high: Decimal

    def __call__(self, amount):
        if amount <= self.low:
            return Decimal(0)
        across = log10(amount / self.low) / log10(self.high / self.low)
        return min(Decimal(f"{across * 100:.2f}".rstrip("0").rstrip(".")), Decimal(100))


def _marks(unit, amounts):
    """The readable values from below the least amount to above the greatest."""
    readable = [(Decimal(amount), text) for amount, text in READABLE.get(unit) or _powers(unit)]
    known = [amount for amount in amounts if amount] or [Decimal(10), Decimal(100)]
    low, high = min(known) / ROOM, max(known) * ROOM
    first = max((i for i, (amount, _) in enumerate(readable) if amount <= low), default=0)
    last = next((i for i, (amount, _) in enumerate(readable) if amount >= high), len(readable) - 1)
    return readable[min(first, len(readable) - 2) : max(last, first + 1) + 1]


def _powers(unit):
    return [(f"1e{power}", f"{Decimal(10) ** power:,f} {unit}".strip()) for power in range(-2, 8)]


def _between(amounts):
    steps = ((low * times, high) for low, high in pairwise(amounts) for times in range(2, 10))
    return [amount for amount, high in steps if amount < high]


def _tick_labels(marks, y):
    """As many tick labels as stand side by side; the first and the last are always there."""
    last = Label(marks[-1][1], marks[-1][0], y, "end")
    kept = [Label(marks[0][1], marks[0][0], y)]
    for x, text in marks[1:-1]:
        label = Label(text, x, y, "middle")
        left, right = label.span()
        if kept[-1].span()[1] + SPACE <= left and right + SPACE <= last.span()[0]:
            kept.append(label)
    return (*kept, last)


def _line_label(text, line):
    """Centred over the line, or beside its end, or at the nearer edge."""
    for anchor in ("middle", "start", "end"):
        label = Label(text, line, 14, anchor)
        if label.fits(0, 100):
            return label
    return Label(text, Decimal(0), 14) if line < 50 else Label(text, Decimal(100), 14, "end")


def _drawn(lane, y, value, line, place, small):
    bar = y if small else y + NAME
    start, end, cut = Decimal(0), Decimal(100), None
    if lane.limit is not None and lane.at_least:
        start = place(lane.limit)
    elif lane.limit is not None:
        end = place(lane.limit)
    if lane.stops(value):
        cut = start if lane.at_least else end
    name = Label(lane.label, Decimal(0), bar - 7, dx=MARK)
    label = None
    if lane.text and not small:
        label = _place_words(lane.text, name, bar, start, end, cut, line)
    below = label is not None and label.y > bar + BAR
    return DrawnLane(
        option=lane.option,
        name=name,
        ruling=lane.ruling,
        text=lane.text,
        y=bar,
        start=start,
        end=end,
        open_end=lane.limit is None or lane.at_least,
        stated=lane.stated,
        cut=cut,
        gap=None if cut is None else (min(cut, line), max(cut, line)),
        label=label,
        bottom=bar + BAR + (SMALL_BETWEEN if small else BETWEEN + (WORDS if below else 0)),
    )


def _place_words(text, name, bar, start, end, cut, line):
    """The first free place: beside the bar, above the end of the bar, or in a row of their own."""
    beside, own = bar + BAR - 1, bar + BAR + 16
    for left, right in sorted(_gaps(start, end, line), key=lambda gap: cut not in gap):
        label = Label(text, left, beside, dx=SPACE)
        if not left:
            label = Label(text, right, beside, "end", -SPACE)
        if label.fits(left, right):
            return label
    at_end = Label(text, start, name.y) if start else Label(text, end, name.y, "end")
    free_from = name.span()[1] + SPACE
    for label in (at_end, Label(text, Decimal(100), name.y, "end")):
        if label.fits(0, 100) and label.span()[0] >= free_from and not _meets(label, line):
            return label
    if line is not None:
        for label in (Label(text, line, own, dx=SPACE), Label(text, line, own, "end", -SPACE)):
            if label.fits(0, 100):
                return label
    return Label(text, Decimal(100), own, "end")


def _gaps(start, end, line):
    """The stretches of the bar's row that neither the bar nor the line takes."""
    edges = sorted({Decimal(0), start, end, Decimal(100)} | ({line} if line is not None else set()))
    return [(left, right) for left, right in pairwise(edges) if right <= start or left >= end]


def _meets(label, line):
    if line is None:
        return False
    left, right = label.span()
    return left - SPACE // 2 <= line * NARROWEST / 100 <= right + SPACE // 2
